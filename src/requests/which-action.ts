import type { ActionCatalogue, OperationAction } from '../action-catalogue/action-catalogue.ts'
import { serviceOfOperation } from '../action-catalogue/operations.ts'
import type { CallSeen, Denial } from '../denial/denial.ts'
import { questionOf } from './decoded-message.ts'
import type { ActionOrigin } from './denied-request.ts'
import type { Hints } from './hints.ts'
import { parameterOf } from './parameters.ts'

export interface AskedAction {
  readonly action: string
  readonly origin: ActionOrigin
  readonly call: CallSeen | null
  /** `always`, or the circumstance of the call that asked for it. */
  readonly when: string
  /** What the call may have asked for in its place, by what was sent; the text does not tell. */
  readonly alternatives?: readonly string[]
}

/** A transaction, or a statement of PartiQL: every action is for something that may be in it, and nothing tells what is. */
const alternativesIn = (listed: readonly OperationAction[], call: CallSeen | null): readonly string[] =>
  listed.some((entry) => isProven(entry, call)) ? [] : listed.slice(1).map(({ action }) => action)

/**
 * Canonical spelling of a printed action: letter case, signing names (`monitoring:`) and API names in place of
 * actions. An action that nobody lists is kept as printed: AWS knows actions that its own tables do not.
 */
const canonicalAction = (printed: string, catalogue: ActionCatalogue): string => {
  const known = catalogue.find(printed)
  if (known !== null) return known.action
  const [service = '', name = ''] = printed.split(':')
  // An action of its own wherever AWS prints it, also where the tables know tagging by its HTTP verb.
  if (/^(?:un)?tagresource$/iu.test(name)) return printed
  const renamed = catalogue.find(`${catalogue.prefixFor(service) ?? service}:${name}`)
  return (
    renamed?.action ??
    catalogue.actionsForOperation(service, name)[0]?.action ??
    byMethod(service, name, catalogue) ??
    printed
  )
}

/**
 * CloudFormation prints the methods of Java's first SDK: `s3:setBucketAccelerateConfiguration` is what AWS calls
 * PutBucketAccelerateConfiguration, `s3:setBucketTaggingConfiguration` PutBucketTagging.
 */
const byMethod = (service: string, method: string, catalogue: ActionCatalogue): string | undefined => {
  const own = method.replace(/^set(?=[A-Z])/iu, 'Put').replace('CrossOriginConfiguration', 'Cors')
  for (const name of [own, own.replace(/Configuration$/u, ''), `${own}Configuration`]) {
    const action = catalogue.actionsForOperation(service, name)[0]?.action
    if (action !== undefined) return action
  }
  return undefined
}

/**
 * A pattern, which no call asks for and nobody should be given; or spelt like a method that no service has: nothing that
 * a policy could grant.
 */
export const isNoAction = (action: string, catalogue: ActionCatalogue): boolean => {
  const [service = '', name = ''] = action.split(':')
  if (/[*?]/u.test(action)) return true
  return /^[a-z]/u.test(name) && catalogue.serviceExists(service) && catalogue.find(action) === null
}

/** `get-object`, `getObject` and `GetObject` are the same operation. */
const sameOperation = (a: string, b: string): boolean =>
  a.replaceAll('-', '').toLowerCase() === b.replaceAll('-', '').toLowerCase()

/** Parameters whose presence in a call proves the circumstance named in the operation table. */
const proofs: Readonly<Record<string, readonly string[]>> = {
  acl: ['acl'],
  version: ['versionId'],
  tagging: ['tagging', 'tags', 'tagSpecifications'],
  'copy-source': ['copySource', 'source'],
  role: ['role', 'roleArn', 'executionRoleArn', 'taskRoleArn', 'iamInstanceProfile'],
  'object-lock': ['objectLockMode'],
  'legal-hold': ['objectLockLegalHoldStatus'],
  'source-identity': ['sourceIdentity'],
  filters: ['filters'],
}

const isProven = ({ when }: OperationAction, call: CallSeen | null): boolean => {
  if (when === 'always') return true
  if (call === null) return false
  if (proofs[when]?.some((name) => parameterOf(call, name) !== null) === true) return true
  const verb = parameterOf(call, 'statement')?.trim().split(/\s/u)[0]?.toLowerCase()
  return verb === when
}

/** The actions that one call needs for certain; the first alone where the text does not tell them apart. */
const neededActions = (listed: readonly OperationAction[], call: CallSeen | null): readonly OperationAction[] => {
  const versioned = listed.find((entry) => entry.when === 'version' && isProven(entry, call))
  // A version id asks for the version's action in place of the plain one.
  if (versioned !== undefined) return [versioned]
  const proven = listed.filter((entry) => isProven(entry, call))
  return proven.length > 0 ? proven : listed.slice(0, 1)
}

const actionsOfOperation = (
  service: string | null,
  operation: string,
  catalogue: ActionCatalogue,
): readonly OperationAction[] => {
  const stated = service === null ? [] : catalogue.actionsForOperation(service, operation)
  if (stated.length > 0) return stated
  // The error text may name another service than the one called: KMS behind SSM, for one.
  const guessed = serviceOfOperation(operation)
  return guessed === null ? [] : catalogue.actionsForOperation(guessed, operation)
}

const pascalCase = (operation: string): string => operation.replaceAll('-', '')

/** Of several calls of the operation that failed, the one that stands right before the error. */
const callOf = ({ calls, span }: Denial, operation: string): CallSeen | null => {
  const same = calls.filter((call) => sameOperation(call.operation, operation))
  return same.findLast((call) => call.span[0] < span[0]) ?? same[0] ?? null
}

/** Calls for which CloudFormation fetches a template with the caller's permissions, and passes on what S3 says. */
const ofTemplate =
  /^(?:Create|Update)(?:Stack|StackSet|ChangeSet)$|^(?:ValidateTemplate|GetTemplateSummary|EstimateTemplateCost)$/u

const fetchingTemplate = ({ clues, span }: Denial): CallSeen => {
  const [place] = clues.filter(({ kind }) => kind === 's3-url' || kind === 's3-uri')
  const { bucket, key } = place?.values ?? {}
  const parameters = { ...(bucket === undefined ? {} : { bucket }), ...(key === undefined ? {} : { key }) }
  return { service: 's3', operation: 'GetObject', parameters, span: place?.span ?? span }
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html */
const ofGroup = /^(?:Create|Update)(?:AutoScalingGroup|ComputeEnvironment|Nodegroup)$|^UpdateNodegroupVersion$/u

const fromOperation = (denial: Denial, catalogue: ActionCatalogue): readonly AskedAction[] => {
  const call = denial.operation === null ? (denial.calls[0] ?? null) : callOf(denial, denial.operation)
  const operation = denial.operation ?? call?.operation ?? null
  if (operation === null) return []
  // A group of instances is tried with a launch of the caller's before it is stored.
  if (denial.format === 'launch-template' && ofGroup.test(operation))
    return [{ action: 'ec2:RunInstances', origin: 'operation', call: null, when: 'always' }]
  if (denial.service === 's3' && ofTemplate.test(operation))
    return [{ action: 's3:GetObject', origin: 'operation', call: fetchingTemplate(denial), when: 'always' }]
  const service =
    denial.operation === null ? (call?.service ?? denial.service) : (denial.service ?? call?.service ?? null)
  const origin: ActionOrigin =
    denial.operation === null ? 'command-line' : denial.format.includes('cloudtrail') ? 'cloudtrail' : 'operation'
  const listed = actionsOfOperation(service, pascalCase(operation), catalogue)
  const alternatives = alternativesIn(listed, call)
  return neededActions(listed, call).map(({ action, when }) => ({
    action,
    origin,
    call,
    when,
    ...(alternatives.length === 0 ? {} : { alternatives }),
  }))
}

/** The call in the paste that made the service ask for this action: the one call there is, or the one that fits. */
const callFor = (denial: Denial, action: string, catalogue: ActionCatalogue): CallSeen | null => {
  const fitting = denial.calls.find((call) =>
    catalogue
      .actionsForOperation(call.service, pascalCase(call.operation))
      .some((entry) => entry.action.toLowerCase() === action.toLowerCase()),
  )
  return fitting ?? null
}

/**
 * A call may ask for a permission that has no operation: AWS then names the operation's action in the sentence and the
 * permission in the clause. Only where both exist: AWS's own clauses have had typos.
 */
const ofReason = (denial: Denial, printed: string, catalogue: ActionCatalogue): readonly AskedAction[] => {
  const action = denial.reasonAction === null ? null : (catalogue.find(denial.reasonAction)?.action ?? null)
  if (action === null || denial.effect !== 'implicit' || action === canonicalAction(printed, catalogue)) return []
  return [{ action, origin: 'message', call: null, when: 'always' }]
}

/** Where the name of an operation was printed for its first action, the others. */
const ofPrinted = (
  printed: string,
  action: string,
  call: CallSeen | null,
  catalogue: ActionCatalogue,
): readonly string[] => {
  const [service = '', operation = ''] = printed.split(':')
  const listed = catalogue.actionsForOperation(service, operation)
  return listed[0]?.action === action ? alternativesIn(listed, call) : []
}

/** Which actions were asked for, with where that is known from: message, decoded message, operation, call, hint. */
export const askedActions = (denial: Denial, catalogue: ActionCatalogue, hints: Hints): readonly AskedAction[] => {
  const single = (printed: string, origin: ActionOrigin): readonly AskedAction[] => {
    const action = canonicalAction(printed, catalogue)
    if (isNoAction(action, catalogue)) return []
    const call = callFor(denial, action, catalogue)
    const alternatives = catalogue.find(printed) === null ? ofPrinted(printed, action, call, catalogue) : []
    return [{ action, origin, call, when: 'always', ...(alternatives.length === 0 ? {} : { alternatives }) }]
  }
  if (denial.action?.includes(':') === true)
    return [...single(denial.action, 'message'), ...ofReason(denial, denial.action, catalogue)]
  const decoded = questionOf(denial.decodedMessage)
  if (decoded.action !== null) return single(decoded.action, 'decoded-message')
  const asked = fromOperation(denial, catalogue)
  if (asked.length > 0) return asked
  return hints.action === undefined ? [] : single(hints.action, 'hint')
}
