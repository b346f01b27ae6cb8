import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import type { Evidence, ManagedBy } from '../evidence/evidence.ts'
import { holdsText } from '../iam/holds-text.ts'
import { list, type Statement } from '../iam/policy-document.ts'
import { isLevelled } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { DenialReason } from '../verdict/clause.ts'
import { alsoAllowedBy } from './also-allowed.ts'
import { applyRemedies } from './apply.ts'
import { asAdded, changedDocument, diffOf, type Changed } from './change.ts'
import type { Decision } from '../verdict/verdict.ts'
import { commandsFor } from './commands/all.ts'
import { policiesAtFailingLevels } from './failing-levels.ts'
import type { Fix } from './fix.ts'
import { arnToldOf, isElsewhere, requestAbout } from './about-home.ts'
import { changedWithPlaces } from './hidden-places.ts'
import { takesStatements } from './home.ts'
import { commandsUnder, managerOf, withoutCli } from './managed-principal.ts'
import { placeholdersShown, placeholdersWithin } from './placeholders.ts'
import { finished, withLiterals } from './finished.ts'
import type { Readiness, Remedy, RemedyCommands } from './remedy.ts'
import { exceededQuota } from './room.ts'
import { sidFor } from './sid.ts'
import { knownPolicies, resolveTarget, type Resolved } from './target.ts'
import { decisionAfter } from './verify.ts'

interface RemedyContext {
  /** What the message said, for what could not be read. */
  readonly denial: DenialReason
  /** All that the denied call asks; the first is the one that was denied. */
  readonly requests: readonly DeniedRequest[]
  readonly evidence: Evidence
  readonly catalogue: ActionCatalogue
  /** What else stands in the way and is put right as well: the fixes of the other causes that block for certain. */
  readonly alongside?: readonly Fix[]
}

interface Setting extends RemedyContext {
  /** The evidence with the changes that are made beside this one. */
  readonly sofar: Evidence
}

const rank: readonly Readiness[] = ['ready', 'has-placeholders', 'needs-review', 'none']
const lower = (a: Readiness, b: Readiness): Readiness => (rank.indexOf(a) > rank.indexOf(b) ? a : b)

const readinessOf = (
  fix: Fix,
  resolved: Resolved,
  changed: Changed | null,
  isManaged: boolean,
  marks: boolean,
  quota: number | null,
): Readiness => {
  // Lambda's AddPermission only ever adds; every other write replaces a document that has to have been read.
  const isUnread = changed === null || resolved.change.isTold === true
  const replacesUnread = isUnread && !takesStatements(resolved.change.home)
  // Others may have a customer managed policy too, and what is edited there changes for them as well.
  const isShared = resolved.change.home.kind === 'managed-policy' && resolved.change.edit !== null
  const reviewed = isManaged || quota !== null || replacesUnread || isShared || resolved.obstacle !== null
  return lower(fix.readiness, reviewed ? 'needs-review' : marks ? 'has-placeholders' : 'ready')
}

const quotaValues = (resolved: Resolved, quota: number | null): Readonly<Record<string, string>> => {
  return {
    ...(quota === null ? {} : { quota: String(quota) }),
    ...(resolved.obstacle === null ? {} : { obstacle: resolved.obstacle }),
    ...(resolved.change.home.kind === 'managed-policy' ? { managedPolicy: resolved.change.home.name } : {}),
  }
}

const exceededIn = ({ change, target }: Resolved, changed: Changed | null, evidence: Evidence): number | null =>
  changed === null
    ? null
    : exceededQuota(change.home, target, changed.after, knownPolicies(evidence, target.policyType))

const withoutPolicy = (fix: Fix): Remedy => ({
  kind: fix.kind,
  step: fix.step,
  values: fix.values,
  alternative: fix.alternative,
  readiness: fix.target === null && fix.statement === null ? 'none' : fix.readiness,
  owner: fix.owner,
  target: null,
  statement: fix.statement,
  editedStatement: null,
  keptStatements: [],
  policyDocument: null,
  diff: null,
  command: fix.command,
  change: null,
  commands: null,
  verification: null,
  placeholders: fix.placeholders.length > 0 ? fix.placeholders : placeholdersWithin(fix.command),
})

/** An Allow in SCPs is needed at every level that lacks it. */
const remediesOf = (fix: Fix, context: Setting): readonly Remedy[] => {
  const type = fix.target?.policyType
  const [request] = context.requests
  if (type === undefined || !isLevelled(type) || fix.edit !== null || fix.statement === null || request === undefined)
    return [remedyOf(fix, context)]
  const failing = policiesAtFailingLevels(type, context.evidence, request)
  if (failing === null || failing.length === 0) return [remedyOf(fix, context)]
  return [...new Set(failing)].map((into) => remedyOf(fix, context, into))
}

/**
 * From the document as it was read to the one that holds the earlier changes too: whichever of several changes of one
 * document is written last, none is lost.
 */
const addedUp = (resolved: Resolved, later: Resolved | null): Changed | null => {
  const own = changedDocument(resolved.change)
  const after = own === null || later === null || later === resolved ? null : changedDocument(later.change)
  return own === null ? null : changedWithPlaces(after === null ? own : { before: own.before, after: after.after })
}

type Edit = NonNullable<Fix['edit']>

const furtherOf = ({ version, beside }: Edit): Pick<Edit, 'version' | 'beside'> => ({
  ...(version === undefined ? {} : { version }),
  ...(beside === undefined ? {} : { beside: beside.map(({ before, after }) => ({ before, after: named(after) })) }),
})

/** A part of a Deny has no name yet. */
const named = (statement: Statement): Statement => ({ ...statement, Sid: sidFor(statement) })

const remedyOf = (fix: Fix, setting: Setting, into?: string | null): Remedy => {
  const { requests, evidence, sofar } = setting
  const add = fix.edit === null && fix.statement !== null ? finished(fix.statement, setting) : null
  if (fix.target === null || (add === null && fix.edit === null)) {
    return withoutPolicy({ ...fix, statement: add ?? fix.statement })
  }
  const statement = add ?? (fix.statement === null ? null : finished(fix.statement, setting))
  const edit =
    fix.edit === null
      ? null
      : { ...fix.edit.at, ...furtherOf(fix.edit), before: fix.edit.before, after: withLiterals(fix.edit, requests) }
  const request = requestAbout(fix, requests)
  const wanted = {
    ...fix.target,
    add: statement,
    edit,
    isElsewhere: isElsewhere(fix, requests),
    arn: arnToldOf(fix),
    ...(into === undefined ? {} : { into }),
  }
  const resolved = resolveTarget(wanted, evidence, request)
  if (resolved === null) return { ...withoutPolicy(fix), readiness: 'needs-review' }
  const kept = keptByAws(fix, resolved, managerOf(fix.target.attachTo, evidence))
  if (kept !== null) return withoutPolicy(kept)
  const same = { ...wanted, ...(resolved.change.policy === null ? {} : { into: resolved.change.policy }) }
  const changed = addedUp(resolved, sofar === evidence ? resolved : resolveTarget(same, sofar, request))
  const manager = managerOf(fix.target.attachTo, evidence)
  const commands = commandsFor({
    home: resolved.change.home,
    target: resolved.target,
    before: changed?.before ?? null,
    after: changed?.after ?? null,
    add: asAdded(resolved.change.add, changed),
  })
  const quota = exceededIn(resolved, changed, evidence)
  // What AWS would refuse is not handed out as a command; as a template it can be made to fit.
  const isFull = quota !== null || resolved.obstacle === 'quota'
  const offered: RemedyCommands | null =
    resolved.obstacle === 'aws-managed' || resolved.change.isTold === true
      ? null
      : isFull
        ? withoutCli(commands)
        : commands
  const shown = offered === null || manager === null ? offered : commandsUnder(manager, offered)
  const splitOff = (resolved.change.edit?.beside ?? []).map(({ after }) => after)
  const marked = placeholdersShown(
    [statement, resolved.change.edit?.after, ...splitOff, resolved.target],
    resolved.change.home,
    shown,
  )
  const told = fix.placeholders.filter(
    ({ name }) => marked.every((mark) => mark.name !== name) && holdsText(fix.values, `<${name}>`),
  )
  const isMarked = marked.length > 0 || /[<>*]/u.test(resolved.target.attachTo)
  const [beside, ...unchanged] = splitOff.map((part) => withSidOf(part, changed) ?? part).toReversed()
  const isNewStatement = resolved.change.edit === null && fix.edit !== null
  return {
    ...withoutPolicy(fix),
    kind: isNewStatement && fix.kind === 'edit-statement' ? 'add-identity-statement' : fix.kind,
    step: isNewStatement && fix.step === 'edit-statement' ? 'add-statement' : fix.step,
    values: {
      ...fix.values,
      ...quotaValues(resolved, quota),
      ...(manager === null ? {} : { managedBy: manager.kind }),
    },
    readiness: readinessOf(fix, resolved, changed, manager !== null, isMarked, quota),
    target: resolved.target,
    statement: beside ?? statement,
    editedStatement: resolved.change.edit?.after ?? null,
    keptStatements: unchanged.toReversed(),
    policyDocument: changed?.after ?? null,
    diff: changed === null ? null : diffOf(changed, resolved.target.policyName ?? resolved.target.attachTo),
    change: resolved.change,
    commands: shown,
    placeholders: [...marked, ...told],
  }
}

/** The statement as it stands in the document: its Sid may have been taken. */
const withSidOf = (statement: Statement, changed: Changed | null): Statement | undefined =>
  list(changed?.after.Statement).find(
    (one) => JSON.stringify({ ...one, Sid: null }) === JSON.stringify({ ...statement, Sid: null }),
  )

/** What stands in the place of a change that AWS lets nobody make. */
const keptByAws = (fix: Fix, { target, obstacle, change }: Resolved, manager: ManagedBy | null): Fix | null => {
  const instead = {
    ...fix,
    kind: 'other',
    target: null,
    edit: null,
    readiness: 'none',
    command: null,
    placeholders: [],
  } as const
  if (obstacle === 'aws-managed')
    return {
      ...instead,
      step: 'replace-managed-policy',
      statement: change.add,
      values: {
        ...fix.values,
        policy: target.policyName ?? '',
        policyType: target.policyType,
        attachTo: target.attachTo,
      },
    }
  const isLinked = manager?.kind === 'service-linked' || manager?.kind === 'aws-reserved'
  if (target.policyType !== 'identity-based' || !isLinked) return null
  return { ...instead, step: 'leave-role-of-aws', statement: null, values: { ...fix.values, role: target.attachTo } }
}

/** The remedies that are carried out when this one is chosen: an alternative stands in for the one before it. */
const carriedOutWith = (remedies: readonly Remedy[], index: number): readonly Remedy[] => {
  const chosen = remedies[index]
  const main = remedies.filter(({ alternative }) => !alternative)
  if (chosen === undefined || !chosen.alternative) return main
  const replaced = remedies.slice(0, index).findLast(({ alternative }) => !alternative)
  return [...main.filter((remedy) => remedy !== replaced), chosen]
}

/**
 * Makes of each fix the whole change: the policy it goes into, the document afterwards, a diff, commands, and the
 * engine's answer with all fixes applied. All that are not alternatives belong together.
 */
export const buildRemedies = (fixes: readonly Fix[], context: RemedyContext): readonly Remedy[] => {
  const main = (context.alongside ?? []).filter(({ alternative }) => !alternative)
  const alongside = oneAfterAnother(main, context, context.evidence)
  const remedies = oneAfterAnother(fixes, context, withApplied(context.evidence, alongside))
  return remedies.map((remedy, index) => {
    if (remedy.change === null || context.requests.length === 0) return remedy
    const after = decisionAfter(context, [...alongside, ...carriedOutWith(remedies, index)])
    if (after === null) return remedy
    return {
      ...remedy,
      readiness: isUnproven(remedy, after) ? lower(remedy.readiness, 'needs-review') : remedy.readiness,
      verification: { ...after, alsoAllowed: alsoAllowedBy(remedy, context.requests, context.catalogue) },
    }
  })
}

/** What is not enough, or may not be, is not to be carried out unseen. */
const isUnproven = ({ target }: Remedy, { decision }: { readonly decision: Decision }): boolean =>
  target?.policyType === 'identity-based' ? decision !== 'allowed' : /Deny$/u.test(decision)

const withApplied = (evidence: Evidence, remedies: readonly Remedy[]): Evidence =>
  remedies.length === 0 ? evidence : { ...evidence, policies: applyRemedies(evidence, remedies).policies }

/** Each remedy is built on those before it, but for alternatives, which replace one of them. */
const oneAfterAnother = (fixes: readonly Fix[], context: RemedyContext, start: Evidence): readonly Remedy[] => {
  const remedies: Remedy[] = []
  for (const fix of fixes) {
    const earlier = fix.alternative ? [] : remedies.filter(({ alternative }) => !alternative)
    remedies.push(...remediesOf(fix, { ...context, sofar: withApplied(start, earlier) }))
  }
  return remedies
}
