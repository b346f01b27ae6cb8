import { h, type Child } from './dom.ts'
import { gateOf, isDeniedAsTold, toldOf, type Gate } from './gate.ts'
import { icon, type IconName } from './icons.ts'
import { codeBlock, disclosure, paragraph, prose, proseList } from './parts.ts'
import type { Decision, NearMiss, PolicyTypeVerdict, StatementRef, UnknownFact } from './reply-types.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

const gateIcons: Readonly<Record<Gate, IconName>> = {
  blocks: 'cross',
  allows: 'check',
  unknown: 'question',
  unread: 'eye',
  aside: 'minus',
}

/** The policy types as the gates that a request passes, one below the other. */
export function renderEvaluation(view: View): HTMLElement {
  const { words, diagnosis } = view
  const { verdict, requests } = diagnosis
  return h(
    'section',
    { class: 'card evaluation', 'aria-labelledby': 'evaluation-title' },
    h('h2', { id: 'evaluation-title' }, words.evaluation.heading),
    ...(verdict === null
      ? [h('p', { class: 'muted' }, words.evaluation.nothing)]
      : [
          h('p', { class: 'muted small' }, words.evaluation.lead),
          h(
            'ol',
            { class: 'path' },
            h(
              'li',
              { class: 'end' },
              h('span', { class: 'end-label' }, words.evaluation.request),
              h('code', {}, requests[0]?.action ?? ''),
            ),
            ...verdict.policyTypes.map((verdictOfType) => renderGate(verdictOfType, view)),
            renderOutcome(verdict.decision, view),
          ),
          ...renderAssuming(verdict.assuming, words),
        ]),
  )
}

function renderOutcome(decision: Decision, { words, diagnosis }: View): HTMLElement {
  const told = isDeniedAsTold(decision, diagnosis.denial)
  const gate: Gate = decision === 'allowed' ? 'allows' : decision === 'unknown' && !told ? 'unknown' : 'blocks'
  return h(
    'li',
    { class: `end outcome ${gate}` },
    h('span', { class: 'end-label' }, words.evaluation.outcome),
    h('strong', {}, told ? words.evaluation.deniedAsTold : words.decisions[decision]),
  )
}

function renderAssuming(assuming: readonly string[], words: Words): readonly Child[] {
  return assuming.length === 0
    ? []
    : [disclosure('assuming', 'plain-disclosure', [words.evaluation.assuming], proseList(assuming, 'small'))]
}

function renderGate(verdictOfType: PolicyTypeVerdict, view: View): HTMLElement {
  const { words, diagnosis } = view
  const { type, result, blocking } = verdictOfType
  const gate = gateOf(verdictOfType)
  const summary = [
    h('span', { class: 'gate-mark' }, icon(gateIcons[gate])),
    h('span', { class: 'gate-name' }, words.policyTypes[type].name),
    h('span', { class: 'gate-result' }, resultText(verdictOfType, view)),
    icon('chevron'),
  ]
  return h(
    'li',
    { class: `gate ${gate}`, 'data-type': type, 'data-result': result, 'data-blocking': String(blocking) },
    disclosure(`gate-${diagnosis.id}-${type}`, 'gate-disclosure', summary, ...renderGateContent(verdictOfType, view)),
  )
}

function resultText(verdictOfType: PolicyTypeVerdict, { words, diagnosis }: View): string {
  const { result, blocking, determining } = verdictOfType
  if (result === 'implicitDeny' && !blocking) return words.evaluation.doesNotGrant
  if (!blocking) {
    const told = toldOf(verdictOfType, diagnosis.denial)
    return told === null ? words.results[result] : `${words.results[result]} · ${words.evaluation.told(told)}`
  }
  const sid = determining[0]?.sid ?? null
  const how = result === 'implicitDeny' || result === 'explicitDeny' ? `: ${words.results[result]}` : ''
  return `${words.evaluation.blocking}${how}${sid === null ? '' : ` (${sid})`}`
}

function renderGateContent(verdictOfType: PolicyTypeVerdict, view: View): readonly Child[] {
  const { words, diagnosis } = view
  const { type, result, policies, determining, nearMisses, unknowns, invalid } = verdictOfType
  const gaps = diagnosis.evidence.gaps.filter(({ policyType }) => policyType === type)
  return [
    h('p', { class: 'muted small' }, words.policyTypes[type].owner),
    result === 'notCollected' ? h('p', {}, words.evaluation.unread) : null,
    result === 'notApplicable' ? h('p', {}, words.evaluation.notApplicable) : null,
    ...gaps.map(({ sentence }) => paragraph(sentence)),
    ...titled(result === 'allowed' ? words.evaluation.matching : words.evaluation.deciding, determining, (statement) =>
      renderStatement(statement, words),
    ),
    ...titled(words.evaluation.nearMisses, nearMisses ?? [], (miss) => renderNearMiss(miss, words)),
    ...unknowns.map((fact) =>
      h('p', { class: 'unknown-fact' }, icon('question'), h('span', {}, ...prose(factText(fact, words)))),
    ),
    ...titled(words.evaluation.invalid, invalid, ({ policy, problem }) => [h('code', {}, policy), ` ${problem}`]),
    ...renderPolicies(verdictOfType, words),
    policies.length === 0 && isEmptySet(verdictOfType)
      ? h('p', { class: 'muted small' }, words.evaluation.noPolicies)
      : null,
    result === 'notApplicable'
      ? null
      : h(
          'button',
          { type: 'button', class: 'quiet', id: `give-${type}`, click: () => view.actions.givePolicy(type) },
          words.evaluation.addThis,
        ),
  ]
}

const isEmptySet = ({ result }: PolicyTypeVerdict): boolean => result !== 'notCollected' && result !== 'notApplicable'

function titled<Item>(
  title: string,
  items: readonly Item[],
  render: (item: Item) => readonly Child[],
): readonly Child[] {
  if (items.length === 0) return []
  return [h('h3', {}, title), h('ul', { class: 'statements' }, ...items.map((item) => h('li', {}, ...render(item))))]
}

function renderStatement(statement: StatementRef, words: Words): readonly Child[] {
  const name = statementName(statement, words)
  const { quoted } = statement
  return [name, quoted === null ? null : codeBlock(JSON.stringify(quoted, null, 2), 'json', name, words)]
}

const statementName = ({ policy, statement, sid }: NearMiss | StatementRef, words: Words): string =>
  words.evaluation.statement(policy, statement + 1, sid)

function factText({ sentence, effect, key, kind }: UnknownFact, words: Words): string {
  return sentence ?? words.evaluation.unknownFact(effect, key ?? kind)
}

function renderNearMiss(miss: NearMiss, words: Words): readonly Child[] {
  return [
    statementName(miss, words),
    ...miss.because.map(({ element, key, wanted, found }) =>
      h(
        'div',
        { class: 'mismatch' },
        h('p', { class: 'mismatch-title' }, words.evaluation.differs(key ?? element)),
        h(
          'dl',
          {},
          h('div', {}, h('dt', {}, words.evaluation.wanted), h('dd', {}, wanted.join(', '))),
          h(
            'div',
            {},
            h('dt', {}, words.evaluation.found),
            h('dd', {}, found?.join(', ') ?? words.evaluation.notKnown),
          ),
        ),
      ),
    ),
  ]
}

function renderPolicies({ policies }: PolicyTypeVerdict, words: Words): readonly Child[] {
  return titled(words.evaluation.policies, policies, ({ name, arn, kind, group, level }) => [
    h('code', { title: arn }, name),
    ...[
      kind === null ? null : words.evaluation.kinds[kind],
      group === null ? null : words.evaluation.group(group),
      level === null ? null : words.evaluation.level(level),
    ].map((part) => (part === null ? null : ` · ${part}`)),
  ])
}
