import type { PolicyType } from '../iam/policy-type.ts'
import type { Words } from '../words/words.ts'
import { type Block, heading, json, listOf, prose, section, shell } from './block.ts'
import { commandsToSee } from './commands-to-see.ts'
import { nextLines } from './next-lines.ts'
import { commandBlocks, fixBlocks } from './outline-fix.ts'
import { whoAndWhat } from './outline-facts.ts'
import { outsideLines, planIntro } from './outside-plan.ts'
import { blamed, isNoPolicyMatter } from './policy-matter.ts'
import type { Reply, ReplyCause, ReplyDiagnosis, ReplyPlanStep } from './schema.ts'

/** What an expert's answer has, in the order in which it is read; both renderings follow it. */
export function outline(reply: Reply, words: Words): readonly Block[] {
  const { labels } = words
  const count = reply.diagnoses.length
  return [
    ...reply.diagnoses.flatMap((diagnosis, index) => [
      ...(count > 1
        ? [heading(`${labels.denialNumber(index + 1, count)}: ${titleOf(diagnosis, words)}`, 2)]
        : [heading(titleOf(diagnosis, words), 2)]),
      ...diagnosisBlocks(diagnosis, words),
    ]),
    ...planBlocks(reply, words),
    ...section(labels.notes, listOf(reply.notes)),
    ...(reply.redactedText === undefined
      ? []
      : section(labels.redacted, [{ kind: 'code', language: 'text', text: reply.redactedText }])),
  ]
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const titleOf = ({ causes }: ReplyDiagnosis, { labels }: Words): string =>
  capital(causes[0]?.title ?? labels.nothingFound)

function diagnosisBlocks(diagnosis: ReplyDiagnosis, words: Words): readonly Block[] {
  const { labels } = words
  const [first, ...others] = diagnosis.causes
  const further = others.filter(({ confidence }) => confidence !== 'possible')
  const candidates = others.filter(({ confidence }) => confidence === 'possible')
  return [
    prose(diagnosis.summary),
    ...diagnosis.evidence.notes.map((text): Block => ({ kind: 'note', text })),
    ...whoAndWhat(diagnosis, words),
    ...(first === undefined ? [] : [heading(labels.cause), prose(first.rule), ...checkBlocks(first, words)]),
    ...(first === undefined ? [] : section(labels.fix, fixBlocks(first, words))),
    ...section(
      labels.alsoBlocking,
      further.flatMap((cause) => [prose(cause.explanation), ...fixBlocks(cause, words)]),
    ),
    ...section(
      labels.alternatives,
      candidates.flatMap((cause): readonly Block[] => [
        {
          kind: 'prose',
          lead: capital(cause.title),
          text: `${cause.rule} ${cause.remedies[0]?.instruction ?? ''}`.trim(),
        },
        ...(isFirstWith(cause, diagnosis) ? checkBlocks({ check: cause.check, remedies: [] }, words) : []),
      ]),
    ),
    ...section(labels.next, listOf(nextLines(diagnosis.next))),
    ...section(labels.notSeen, isNoPolicyMatter(diagnosis) ? [] : notSeen(diagnosis, words)),
    ...section(labels.remarks, listOf(diagnosis.hints.map(({ sentence }) => sentence))),
    ...section(
      labels.references,
      diagnosis.references.length === 0 ? [] : [{ kind: 'links', items: diagnosis.references }],
    ),
  ]
}

/** A change that is tried to see whether it helps stands further down. */
const checkBlocks = (
  { check, remedies }: Pick<ReplyCause, 'check' | 'remedies'>,
  { labels }: Words,
): readonly Block[] =>
  check === null || remedies.some(({ commands }) => commands?.awsCli === check)
    ? []
    : [prose(`${labels.check}:`), shell(check)]

/** One command may settle several candidates; it stands with the first. */
const isFirstWith = (cause: ReplyCause, { causes }: ReplyDiagnosis): boolean =>
  causes.find(({ check }) => check === cause.check) === cause

/** The policy type that the answer is about: it is not taken not to deny. */
const isBlamed = (type: PolicyType, { verdict, causes }: ReplyDiagnosis): boolean =>
  verdict?.policyTypes.some((one) => one.type === type && one.blocking) === true ||
  causes[0]?.remedies.some(({ target }) => target?.policyType === type) === true

/** Nobody read the policy that AWS names: it is the first to look at. */
const unreadOfBlamed = (diagnosis: ReplyDiagnosis): readonly PolicyType[] =>
  blamed(diagnosis).filter((type) =>
    diagnosis.verdict?.policyTypes.some((one) => one.type === type && one.policies.length === 0),
  )

/** Gaps, open questions and what was taken for granted: what the answer does not rest on, and how to see it. */
function notSeen(diagnosis: ReplyDiagnosis, words: Words): readonly Block[] {
  const { evidence, verdict } = diagnosis
  const { labels } = words
  const unknowns = (verdict?.policyTypes ?? [])
    .flatMap((type) => type.unknowns)
    .flatMap(({ sentence }) => sentence ?? [])
  const needed = evidence.gaps.flatMap(({ statement }) => (statement === null ? [] : [statement]))
  const assumptions = verdict?.assumptions ?? []
  const unread = assumptions.flatMap(({ code, policyType }) =>
    code === 'not-read-does-not-deny' && policyType !== null && !isBlamed(policyType, diagnosis) ? [policyType] : [],
  )
  const others = assumptions.filter(({ code }) => code !== 'not-read-does-not-deny').map(({ sentence }) => sentence)
  const checks = diagnosis.causes.map(({ check }) => check)
  const commands = commandsToSee([...new Set([...unreadOfBlamed(diagnosis), ...unread])], diagnosis).filter(
    (command) => !checks.includes(command),
  )
  return [
    ...listOf([...new Set([...evidence.gaps.map(({ sentence }) => sentence), ...unknowns])]),
    ...(others.length === 0 ? [] : [prose(`${labels.assuming}:`), ...listOf([...new Set(others)])]),
    ...(unread.length === 0 ? [] : [prose(words.notRead(unread.map((type) => words.policyTypes[type])))]),
    ...(commands.length === 0 ? [] : [prose(`${labels.seeFor}:`), shell(commands.join('\n'))]),
    ...(commands.some((command) => command.includes('list-policies-for-target')) ? [prose(labels.onlyOfTarget)] : []),
    ...(needed.length === 0 ? [] : [prose(`${labels.neededToRead}:`), json(needed.length === 1 ? needed[0] : needed)]),
  ]
}

function planBlocks(reply: Reply, words: Words): readonly Block[] {
  const { plan, diagnoses } = reply
  if (diagnoses.length < 2 || plan.length === 0) return []
  const { labels } = words
  return [
    heading(labels.plan, 2),
    prose(planIntro(plan, labels)),
    ...plan.flatMap((step) => planStep(step, words)),
    ...section(labels.planLeavesOut, listOf(outsideLines(reply, labels))),
  ]
}

const planStep = ({ target, policyDocument, diff, commands }: ReplyPlanStep, words: Words): readonly Block[] => [
  heading(capital(words.home(target))),
  ...(policyDocument === null ? [] : [json(policyDocument)]),
  ...(diff === null ? [] : [{ kind: 'code', language: 'diff', text: diff } as const]),
  ...commandBlocks(commands?.awsCli ?? null, words),
]
