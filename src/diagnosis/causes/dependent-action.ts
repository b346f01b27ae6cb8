import { formatArn, parseArn, type Arn } from '../../iam/arn.ts'
import type { ConditionBlock } from '../../iam/policy-document.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity, allowInResource, allowTo, namedPrincipal } from '../fixes.ts'
import { coveringArn } from './arn-form.ts'
import { allowsOf, namesCaller, type Situation } from '../situation.ts'
import { attachmentOf } from './attachments.ts'
import { resourcesFor } from './resources-for.ts'

/** Actions that only an option of another request asks for. */
const byOption: Readonly<Record<string, string>> = {
  's3:putobjectacl': 'acl',
  's3:putobjectversionacl': 'acl',
  's3:putobjecttagging': 'tagging',
  's3:getobjecttagging': 'copy-tags',
  's3:getobjectversiontagging': 'copy-tags',
  's3:abortmultipartupload': 'multipart',
  's3:listmultipartuploadparts': 'multipart',
  's3:listbucketmultipartuploads': 'multipart',
  's3:putobjectretention': 'object-lock',
  's3:putobjectlegalhold': 'object-lock',
  's3:bypassgovernanceretention': 'object-lock',
  'ecr:getrepositorypolicy': 'ecr-image-policy',
  'ecr:setrepositorypolicy': 'ecr-image-policy',
  'sts:setsourceidentity': 'source-identity',
}

/** Calls whose own name is the action ask for it directly. */
const calledDirectly = (s: Situation, action: string): boolean =>
  s.operation !== null && action.split(':')[1]?.toLowerCase() === s.operation.replaceAll('-', '').toLowerCase()

/** The option of the request that asked for this action; `null` where the action is the call itself. */
export const dependentOption = (s: Situation, action: string): string | null => {
  const option = byOption[action.toLowerCase()] ?? null
  if (option === null) return null
  // Copies and resumed uploads make these calls by themselves.
  const byCopy = option === 'copy-tags' ? s.has('copy-told', 's3-uri') : option === 'tagging' && s.has('copy-told')
  const implied = byCopy || option === 'multipart'
  return calledDirectly(s, action) && !implied ? null : option
}

/**
 * A call that another one makes by itself was refused: the tags of a copy's source, the parts of an upload. Where the
 * resource's policy is what lets the caller in, the action belongs beside the one that it has.
 */
export function optionOfCall(s: Situation): readonly Finding[] {
  const { action } = s
  if (action === null || namesCaller(s) || s.denial.effect === 'explicit') return none
  const option = dependentOption(s, action)
  if (option === null || s.wasRead('identity-based')) return none
  const main = action.replace(/Tagging$|Acl$/u, '').replace(/^s3:(?:Abort|List).*/u, 's3:PutObject')
  const open = allowsOf(s, 'resource-based', main).find(({ resources }) => resources.length > 0)
  const resources = resourcesFor(s, action, s.resource)
  const add =
    open === undefined
      ? addToIdentity(s, [action], resources)
      : allowInResource(
          attachmentOf(s, open.resources[0] ?? null),
          allowTo(namedPrincipal(open.source.Principal, s.principalArn), [action], open.resources),
        )
  return [
    finding(
      'dependent-action-needed',
      open === undefined ? 'possible' : 'evaluated',
      [
        add,
        act(
          'other',
          'drop-option',
          { option: option === 'copy-tags' ? '--copy-props none' : option },
          { alternative: true },
        ),
      ],
      { option, mainAction: main },
    ),
  ]
}

/** Services that check the tagging action when a create call carries tags, and the key that says so. */
const createActionKey: Readonly<Record<string, string>> = {
  ec2: 'ec2:CreateAction',
  elasticloadbalancing: 'elasticloadbalancing:CreateAction',
}

/** The calls that create each kind; a launch creates disks and network interfaces as well, under its own name. */
const createCalls: Readonly<Record<string, readonly [string, ...string[]]>> = {
  targetgroup: ['CreateTargetGroup'],
  loadbalancer: ['CreateLoadBalancer'],
  listener: ['CreateListener'],
  'listener-rule': ['CreateRule'],
  instance: ['RunInstances', 'CreateFleet'],
  volume: ['CreateVolume', 'RunInstances', 'CreateFleet'],
  'network-interface': ['CreateNetworkInterface', 'RunInstances', 'CreateFleet'],
  'spot-instances-request': ['RunInstances', 'RequestSpotInstances', 'CreateFleet'],
  fleet: ['CreateFleet'],
  snapshot: ['CreateSnapshot', 'CreateSnapshots', 'CopySnapshot'],
  image: ['CreateImage', 'CopyImage'],
  'security-group': ['CreateSecurityGroup'],
  'launch-template': ['CreateLaunchTemplate'],
  vpc: ['CreateVpc'],
  subnet: ['CreateSubnet'],
}

/** By the call that was made, where the text has it; another service's call leaves open which it made of EC2. */
function creating(s: Situation, kind: string): string | readonly string[] | null {
  const [first, ...more] = createCalls[kind] ?? []
  if (first === undefined) return null
  const made = [first, ...more].find((call) => call === s.operation)
  return made ?? (more.length === 0 ? first : [first, ...more])
}

/** A tagging action that nobody called: a create call carried tags. */
export function tagOnCreate(
  s: Situation,
  action: string,
  resource: string | null,
  confidence: Confidence,
): Finding | null {
  const facts = s.catalogue.find(action)
  const adds = /:(?:Add|Create|Tag)(?:Tags?|Resource|[A-Z])/u.test(action)
  if (facts?.accessLevels.includes('Tagging') !== true || !adds || byOption[action.toLowerCase()] !== undefined)
    return null
  if (calledDirectly(s, action) || action.toLowerCase().startsWith('sts:')) return null
  if (isThere(s, resource ?? s.denial.resource)) return null
  const service = action.split(':')[0] ?? ''
  const printed = parseArn(resource ?? s.denial.resource ?? '')
  const created = resource === null ? createdBy(s, service, printed) : null
  const targets = created === null ? resourcesFor(s, action, resource).map(generatedIds) : [created]
  return finding(
    'dependent-action-needed',
    confidence,
    [
      addToIdentity(s, [action], targets, {
        condition: printed === null ? null : onlyOnCreate(s, service, targets[0] ?? ''),
      }),
    ],
    {
      option: 'tags-on-create',
      mainAction: s.operation,
    },
  )
}

/**
 * What is being created has no id yet: AWS prints `targetgroup/web/*` and `volume/*`. An id says that the tags were for
 * something that is there, and `CreateAction` is in no such request.
 */
function isThere(s: Situation, resource: string | null): boolean {
  const { service = '', resource: named = '' } = parseArn(resource ?? '') ?? {}
  const isOwnCreation = createCalls[named.split('/')[0] ?? '']?.includes(s.operation ?? '') === true
  return !isOwnCreation && createdIds[service]?.test(named) === true
}

const createdIds: Readonly<Record<string, RegExp>> = {
  elasticloadbalancing:
    /^(?:loadbalancer\/(?:app|net|gwy)|targetgroup|listener|listener-rule)\/.{1,200}\/[0-9a-f]{16}$/u,
  ec2: /^[a-z-]{1,40}\/[a-z]{1,16}-(?:[0-9a-f]{8}|[0-9a-f]{17})$/u,
}

function onlyOnCreate(s: Situation, service: string, target: string): ConditionBlock | null {
  const key = createActionKey[service]
  const call = creating(s, parseArn(target)?.resource.split('/')[0] ?? '')
  return key === undefined || call === null ? null : { StringEquals: { [key]: call } }
}

/** Of an ARN that is cut off the kind is left, or else the call tells what it creates. */
function createdBy(s: Situation, service: string, printed: Arn | null): string | null {
  if (createActionKey[service] === undefined) return null
  const [named = '', family = ''] = printed?.resource.split('/') ?? []
  // A launch tags disks and network interfaces too.
  const byCall =
    service === 'ec2' || s.operation === null
      ? undefined
      : Object.keys(createCalls).find((one) => createCalls[one]?.includes(s.operation ?? ''))
  const kind = createCalls[named] === undefined ? byCall : named
  if (kind === undefined) return null
  return formatArn({
    partition: s.partition,
    service,
    region: s.region ?? '<Region>',
    account: s.resourceAccount ?? s.callerAccount ?? '<AccountId>',
    resource: ['app', 'net', 'gwy'].includes(family) ? `${kind}/${family}/*` : `${kind}/*`,
  })
}

/** What is being created has an id that is not known before: the type's pattern stands for it. */
function generatedIds(resource: string): string {
  const arn = parseArn(resource)
  if (arn === null) return resource
  const names = arn.resource.split('/')
  if (arn.service === 'ec2') return resource.slice(0, resource.indexOf('/') + 1) + '*'
  if (arn.service !== 'elasticloadbalancing') return coveringArn(resource).replace(/<\w{1,60}Id>$/u, '*')
  const fixed = ['app', 'net', 'gwy'].includes(names[1] ?? '') ? 2 : 1
  const pattern = names.map((name, index) => (index < fixed ? name : '*')).join('/')
  return resource.slice(0, resource.length - arn.resource.length) + pattern
}
