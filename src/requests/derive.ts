import { isAnothers } from './arn-gaps.ts'
import type { ActionCatalogue, ActionFacts } from '../action-catalogue/action-catalogue.ts'
import { serviceOfOperation } from '../action-catalogue/operations.ts'
import { prefixFor } from '../action-catalogue/service-names.ts'
import type { Denial } from '../denial/denial.ts'
import { isAccountId, parseArn, regionOfArn } from '../iam/arn.ts'
import { allOfType } from './all-of-type.ts'
import { belowDomain } from './below-domain.ts'
import { callerOf, surroundingsOf, type Surroundings } from './caller.ts'
import { contextOf } from './context.ts'
import { questionOf } from './decoded-message.ts'
import type { DeniedRequest, ResourceOrigin } from './denied-request.ts'
import type { Hints } from './hints.ts'
import { resourceAccountOf } from './resource-account.ts'
import { resourceOfCall } from './resource-of-call.ts'
import { resourceOfText, type NamedResource } from './resource-text.ts'
import { typesOfOperation } from './usual-types.ts'
import { askedActions, type AskedAction } from './which-action.ts'

/** Services that stand behind others often enough to be known whatever the text names. */
const alwaysLoaded = ['iam', 'kms', 'sts', 's3']

/** IAM prefixes whose actions have to be loaded before `deriveRequests` can be asked about this denial. */
export const prefixesOf = (denial: Denial, hints: Hints = {}): readonly string[] => {
  const prefixes = new Set<string>()
  const add = (service: string | null | undefined): void => {
    if (typeof service !== 'string' || service === '') return
    prefixes.add(service.toLowerCase())
    const prefix = prefixFor(service)
    if (prefix !== null) prefixes.add(prefix)
  }
  for (const action of [denial.action, denial.reasonAction, questionOf(denial.decodedMessage).action, hints.action])
    add(action?.split(':')[0])
  add(denial.service)
  for (const { service } of denial.calls) add(service)
  for (const { operation } of denial.calls) add(serviceOfOperation(operation.replaceAll('-', '')))
  if (denial.operation !== null) add(serviceOfOperation(denial.operation))
  if (denial.resource?.startsWith('arn:') === true) add(denial.resource.split(':')[2])
  // Which of the calls that the text names takes a role stands in their service's table.
  if (denial.action?.toLowerCase() === 'iam:passrole')
    for (const { kind, values } of denial.clues) if (kind === 'passing-call') add(values['service'])
  for (const prefix of alwaysLoaded) prefixes.add(prefix)
  return [...prefixes]
}

interface Found extends NamedResource {
  readonly origin: ResourceOrigin
}

/** What the text itself calls the resource: message, decoded message, and the hint where both are silent. */
const textualResource = (denial: Denial, hints: Hints): readonly [string, ResourceOrigin] | null => {
  if (denial.resource !== null)
    return [denial.resource, denial.format.includes('cloudtrail') ? 'cloudtrail' : 'message']
  const decoded = questionOf(denial.decodedMessage).resource
  if (decoded !== null) return [decoded, 'decoded-message']
  return hints.resource === undefined ? null : [hints.resource, 'hint']
}

/** Metrics and speech belong to the account; the one resource type that these have is for a special kind of call. */
const accountWide = new Set([
  'cloudwatch:PutMetricData',
  'cloudwatch:GetMetricData',
  'cloudwatch:GetMetricStatistics',
  'polly:SynthesizeSpeech',
])

/** Lists are asked about the whole account where nothing is named: AWS leaves `on resource:` out for these. */
const asksWholeAccount = ({ action, accessLevels, resourceTypes }: ActionFacts): boolean =>
  accountWide.has(action) ||
  // Cost Explorer: few calls name a billing view beside the account.
  resourceTypes.every(({ name }) => name === 'billingview') ||
  (accessLevels.includes('List') && resourceTypes.every(({ required }) => !required) && !ofBucket.test(action))

/** What is listed of S3 is always a bucket's. */
const ofBucket = /^s3:List(?:Bucket|Multipart)/u

/** A launch from a template is checked on the template too. */
const launchTemplateOf = (denial: Denial, around: Surroundings): string | null => {
  if (denial.format !== 'launch-template') return null
  const id = denial.clues.find(({ kind }) => kind === 'launch-template-named')?.values['id'] ?? '<LaunchTemplateId>'
  const { partition, region, account } = around
  return `arn:${partition}:ec2:${region ?? '<Region>'}:${account ?? '<AccountId>'}:launch-template/${id}`
}

const findResource = (
  denial: Denial,
  asked: AskedAction,
  isNamed: boolean,
  around: Surroundings,
  catalogue: ActionCatalogue,
  hints: Hints,
): Found => {
  const facts = catalogue.find(asked.action)
  const text = isNamed ? textualResource(denial, hints) : null
  if (text !== null) {
    const named = resourceOfText(text[0], facts, around)
    if (named.resource !== null || named.patterns.length > 0) return { ...named, origin: text[1] }
  }
  if (facts === null) return { resource: null, patterns: [], origin: 'not-known' }
  if (facts.resourceTypes.length === 0) return { resource: '*', patterns: [], origin: 'action-has-no-resource-types' }
  const operation = denial.operation ?? asked.call?.operation ?? null
  const called = resourceOfCall(typesOfOperation(facts, operation), asked.call, asked.when, around)
  if (asksWholeAccount(facts) && !called.named) return { resource: '*', patterns: [], origin: 'pattern' }
  const all = called.named ? null : allOfType(facts, asked.call, around)
  if (all !== null)
    return all.includes('<')
      ? { resource: null, patterns: [all], origin: 'pattern' }
      : { resource: all, patterns: [], origin: 'pattern' }
  const { resource, patterns } = called
  const template = facts.action === 'ec2:RunInstances' ? launchTemplateOf(denial, around) : null
  if (template !== null && resource === null)
    return { resource, patterns: [...patterns, template], origin: called.named ? 'command-line' : 'pattern' }
  return { resource, patterns, origin: called.named ? 'command-line' : 'pattern' }
}

/** Something that is no account stood in the ARN where the caller's stands now. */
const isAccountFilled = (printed: string | undefined, resource: string | null, around: Surroundings): boolean => {
  const [shown, filled] = [parseArn(printed ?? ''), parseArn(resource ?? '')]
  return (
    shown !== null &&
    filled !== null &&
    shown.account !== '' &&
    shown.account !== filled.account &&
    filled.account === around.account &&
    shown.resource === filled.resource
  )
}

/** Nobody knows the account, but it is not the caller's. */
const isAccountElsewhere = (printed: string | undefined, owner: string | null, around: Surroundings): boolean =>
  owner === null && around.account !== null && isAnothers(parseArn(printed ?? '')?.account ?? '', around.account)

/** Of several buckets nothing tells which is meant. */
function bucketAccountTold({ clues }: Denial): string | null {
  const told = clues.flatMap(({ kind, values }) => (kind === 'bucket-account-told' ? (values['account'] ?? []) : []))
  const [account, ...others] = new Set(told)
  return account === undefined || others.length > 0 ? null : account
}

const requestFor = (
  denial: Denial,
  asked: AskedAction,
  isNamed: boolean,
  catalogue: ActionCatalogue,
  hints: Hints,
): DeniedRequest => {
  const around = surroundingsOf(denial, hints)
  const found = findResource(denial, asked, isNamed, around, catalogue, hints)
  const { resource, patterns, hidden, shown, origin } = belowDomain(asked.action, found)
  const account = resourceAccountOf(resource, patterns, around.account)
  const owner = denial.context['aws:ResourceAccount']
  const hinted =
    [hints.resourceAccount, owner, bucketAccountTold(denial)].find(
      (one) => typeof one === 'string' && isAccountId(one),
    ) ?? null
  const s3Owner = resource?.includes(':s3:::') === true || account === null
  return {
    principal: callerOf(denial, hints),
    action: asked.action,
    resource,
    ...(hidden === undefined ? {} : { hiddenResource: hidden }),
    ...(shown === undefined ? {} : { shownResource: shown }),
    resourceAccount: s3Owner ? (account ?? hinted) : account,
    ...(isAccountFilled(textualResource(denial, hints)?.[0], resource, around) ? { isAccountAssumed: true } : {}),
    ...(isAccountElsewhere(textualResource(denial, hints)?.[0], account, around) ? { isAccountAnothers: true } : {}),
    context: contextOf(denial, asked, around.region ?? regionOfArn(resource), catalogue, resource),
    contextComplete: false,
    from: { action: asked.origin, resource: origin },
    resourcePatterns: patterns,
    ...(asked.alternatives === undefined ? {} : { alternativeActions: asked.alternatives }),
    ...(asked.action === 'iam:PassRole' && denial.context['iam:PassedToService'] === undefined
      ? { isReceiverAssumed: true as const }
      : {}),
  }
}

/**
 * The authorization questions behind a denial, the one that was denied (or is asked first) in front; several
 * where the text proves that one call asks several. Hints fill what the text does not say. Empty: no action is known.
 */
export const deriveRequests = (
  denial: Denial,
  catalogue: ActionCatalogue,
  hints: Hints = {},
): readonly DeniedRequest[] =>
  askedActions(denial, catalogue, hints).map((asked, index) =>
    requestFor(denial, asked, index === 0 || asked.origin === 'message', catalogue, hints),
  )
