import { finding, none, type Finding } from '../finding.ts'
import { aboutResource, aboutRole } from '../about.ts'
import { act, addToIdentity } from '../fixes.ts'
import { roleLabel } from '../known-facts.ts'
import type { Situation } from '../situation.ts'
import { serviceCannotAssume } from './service-trust.ts'
import { onCondition } from './role-condition.ts'
import { roleNeed, type RoleNeed } from './role-needs.ts'
import {
  addNeeded,
  guardrailOn,
  hasNeeded,
  isGrantedAll,
  limitedTo,
  onOtherArn,
  onPrinted,
  perhapsOnAnother,
} from './role-shortfall.ts'
import { roleOfBackup } from './backup-role.ts'
import { resourcesFor } from './resources-for.ts'
import { tooEarly } from './too-early.ts'
import { wrongNameOfRole } from './wrong-name.ts'

/** A service blames a role that it uses and names no principal, or Lambda's own networking was denied. */
export function serviceRole(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit') return none
  if (s.told('service-role-lacks', 'of').includes('bedrock-agent') && s.denial.principal === null) return agentRole(s)
  const told = s.told('service-role-lacks', 'operation')[0]
  const byLambda =
    isLambdaRole(s) &&
    /^ec2:(?:Create|Describe|Delete)NetworkInterfaces?$/u.test(s.action ?? s.denial.action ?? ec2Action(s))
  const saysItself = s.told('service-role-lacks', 'action').some((one) => one.toLowerCase() === s.action?.toLowerCase())
  // A call that was understood and rejected got past its own permission.
  const isRolesOwn =
    s.action === null ||
    s.denial.class === 'other-aws' ||
    (saysItself && (s.denial.principal === null || isNamedRole(s, s.denial.principal))) ||
    isOfAnotherService(s)
  const listed = isRolesOwn ? listedNeed(s) : null
  const backedUp = roleOfBackup(s)
  if (backedUp !== null) return [backedUp]
  if (told === undefined && s.action === null && s.has('service-role-lacks') && listed === null)
    return s.has('flow-logs-at-work') ? flowLogRole(s) : [unnamedNeed(s)]
  if (told === undefined && listed === null && !byLambda) return none
  const operation = (told ?? s.operation ?? s.action?.split(':')[1] ?? '').toLowerCase()
  const need = onPrinted(s, listed ?? roleNeed(toldService(s), operation) ?? otherNeed(s, told ?? s.operation))
  const isCaller = s.denial.roleOrUserName !== null && told === undefined
  const behind = isCaller ? null : (s.known.lambdaRole ?? null)
  const about = behind === null ? s : aboutRole(s, behind, need.actions)
  const attachTo = isCaller
    ? s.principalLabel
    : behind === null
      ? `role/${s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1) ?? `<${s.told('service-role-lacks', 'placeholder')[0] ?? 'ExecutionRoleName'}>`}`
      : roleLabel(behind)
  const tried = isCaller || behind !== null ? null : onTried(s, need)
  const lacking: Finding = {
    ...finding(
      'service-role-missing-allow',
      about.wasRead('identity-based') ? 'evaluated' : 'stated',
      addNeeded(s, need, attachTo),
      {
        role: attachTo.includes('<') ? null : attachTo,
        actions: need.actions.join(', '),
      },
    ),
    ...(behind === null ? (tried === null ? {} : { about: tried }) : { about }),
  }
  if (isOneOfSeveral(s) && hasNeeded(about, need)) return [dataNotThere(s), ...otherReasons(s), guardrailOn(s, need)]
  if (hasNeeded(about, need)) {
    const limited = limitedTo(about, need)
    const perhaps = limited === null ? none : [perhapsOnAnother(about, need, limited, attachTo)]
    return [...perhaps, guardrailOn(s, need), tooEarly()]
  }
  const misnamed = wrongNameOfRole(about, need.actions, need.resource, attachTo)
  if (misnamed !== null) return [{ ...misnamed, ...(lacking.about === undefined ? {} : { about: lacking.about }) }]
  const held = onCondition(about, need, attachTo)
  if (held !== null)
    return [
      { ...held, ...(lacking.about === undefined ? {} : { about: lacking.about }) },
      ...(held.confidence === 'possible' ? [guardrailOn(s, need), tooEarly()] : none),
    ]
  const elsewhere = isCaller ? null : onOtherArn(about, need, attachTo)
  if (elsewhere !== null) return [{ ...elsewhere, ...(behind === null ? {} : { about }) }]
  if (isOneOfSeveral(s))
    return [{ ...lacking, confidence: 'possible' }, ...(namesPrefix(s) ? [dataNotThere(s)] : none), ...otherReasons(s)]
  // Lambda tries the role while it is attached: one of the same deployment may be complete, and not everywhere yet.
  if (s.denial.format !== 'role-check' || about.wasRead('identity-based')) return [lacking]
  return s.has('propagation-told') ? [tooEarly(), { ...lacking, confidence: 'possible' }] : [lacking, tooEarly()]
}

/** The only ARN of the sentence is that of the role of which it speaks. */
const isNamedRole = (s: Situation, principal: string): boolean =>
  s.told('service-role-lacks', 'role').includes(principal)

/** The call is the caller's, and the sentence means what the role that it hands over needs of another service. */
const isOfAnotherService = (s: Situation): boolean =>
  s.denial.action === null &&
  s.told('service-role-lacks', 'actions').some((listed) => !listed.startsWith(`${s.action?.split(':')[0] ?? ''}:`))

/** IAM's prefix of the service that the sentence ends with: `on KINESIS`, `on Secrets Manager`. */
function toldService(s: Situation): string | null {
  const name = s.told('service-role-lacks', 'service')[0]?.trim()
  if (name !== undefined) return s.catalogue.prefixFor(name) ?? name.toLowerCase()
  return s.told('stream-arn', 'stream')[0]?.split(':')[2] ?? null
}

/** What was handed over is the role's: its statement is checked on what the role tried. */
const onTried = (s: Situation, { actions, resource }: RoleNeed): Situation | null =>
  resource === '*' || resource.includes('<') ? null : aboutResource(s, actions, resource)

const otherNeed = (s: Situation, operation: string | null): RoleNeed => {
  const action = `${toldService(s) ?? s.service ?? '<ServicePrefix>'}:${operation ?? '<Action>'}`
  return { actions: [action], resource: resourcesFor(s, action, null)[0] ?? '*' }
}

/** `ensure that its trust relationship … Also ensure that the role has "s3:GetObject" … and that the object is located in …` */
const isOneOfSeveral = (s: Situation): boolean =>
  s.action !== null &&
  s.told('service-role-lacks', 'action').length > 0 &&
  s.told('assuming-service', 'principal').length > 0

/** What the address ends with: one object was wanted. */
const namesPrefix = (s: Situation): boolean => s.told('s3-uri', 'key')[0]?.endsWith('/') === true

/** The role may read it: there is nothing under that name, or a prefix in place of an object. */
const dataNotThere = (s: Situation): Finding => {
  const key = s.told('s3-uri', 'key')[0] ?? ''
  const step = namesPrefix(s)
    ? act('not-iam', 'name-prefix-as-source')
    : act('not-iam', 'check-key-exists', key === '' ? {} : { objectKey: key })
  return finding('resource-not-found-as-denied', 'possible', [step], {
    what: 'object',
    bucket: s.told('s3-uri', 'bucket')[0],
    objectKey: key,
    resource: ofS3(s, 's3:GetObject')?.replace(/\/\*$/u, '/'),
  })
}

const otherReasons = (s: Situation): readonly Finding[] => [
  ...serviceCannotAssume(s, null),
  finding('wrong-region', 'possible', [act('not-iam', 'set-region')], { region: s.told('region-named', 'region')[0] }),
]

/** The bucket or the object that the sentence speaks of. */
const ofS3 = (s: Situation, action: string): string | null => {
  const onBucket = s.catalogue.find(action)?.resourceTypes.some(({ name }) => name === 'bucket') === true
  const [beside] = s.told('service-role-lacks', 'bucket')
  if (action.startsWith('s3:') && onBucket) {
    const named = beside ?? s.told('bucket-named', 'bucket')[0] ?? s.told('s3-uri', 'bucket')[0]
    return named === undefined ? null : `arn:${s.partition}:s3:::${named}`
  }
  const bucket = beside ?? s.told('s3-uri', 'bucket')[0]
  const key = beside === undefined ? s.told('s3-uri', 'key')[0] : undefined
  return bucket === undefined
    ? null
    : `arn:${s.partition}:s3:::${bucket}/${key === undefined || key === '' || key.endsWith('/') ? `${key ?? ''}*` : key}`
}

/** Who reads a queue or a stream needs all that it is read with, whichever of it the sentence names. */
function neededOfSource(action: string): RoleNeed | undefined {
  const [service = null, operation = ''] = action.toLowerCase().split(':')
  const need = roleNeed(service, operation)
  return need !== undefined && need.actions.length > 1 ? need : undefined
}

/** "ensure the role can perform the A, B and C Actions": the service says itself what it needs, and on what. */
function listedNeed(s: Situation): RoleNeed | null {
  const [listed] = s.told('service-role-lacks', 'actions')
  const [single] = s.told('service-role-lacks', 'action')
  if (listed !== undefined) {
    const account = s.told('role-arn', 'role')[0]?.split(':')[4] ?? s.callerAccount ?? '<AccountId>'
    const tail = s.told('service-role-lacks', 'resource')[0] ?? '<Resource>'
    const service = listed.split(':')[0] ?? ''
    return {
      actions: listed.split(' '),
      resource: `arn:${s.partition}:${service}:${s.region ?? '<Region>'}:${account}:${tail}`,
    }
  }
  const source = single === undefined ? undefined : neededOfSource(single)
  if (source !== undefined) return source
  if (single !== undefined) return { actions: [single], resource: resourcesFor(s, single, ofS3(s, single))[0] ?? '*' }
  const [first] = s.told('service-role-lacks', 'operation')
  const [more] = s.told('service-role-lacks', 'more')
  const [stream] = s.told('stream-arn', 'stream')
  if (first === undefined || stream === undefined) return null
  const rest = more?.split(/,? (?:and )?/u).filter((name) => name !== '') ?? []
  const prefix = stream.split(':')[2] ?? ''
  return { actions: [first, ...rest].map((name) => `${prefix}:${name.replaceAll(',', '')}`), resource: stream }
}

/**
 * An agent calls its model as a role of its own, streams with another action, and may have no access to the model.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
 */
const agentRole = (s: Situation): readonly Finding[] => [
  ...(isGrantedAll(s, ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']) ? none : [lackOfAgent(s)]),
  finding('bedrock-model-access', 'possible', [act('not-iam', 'enable-model-access')]),
]

const lackOfAgent = (s: Situation): Finding => {
  const actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:GetInferenceProfile']
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const models = [
    `arn:${s.partition}:bedrock:*::foundation-model/<ModelId>`,
    `arn:${s.partition}:bedrock:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:inference-profile/<ProfileId>`,
  ]
  const lacking = addToIdentity(s, actions, models, { attachTo: `role/${role ?? '<AgentRoleName>'}` })
  return finding('service-role-missing-allow', 'possible', [lacking], { role, actions: actions.join(', ') })
}

/**
 * Flow logs write as their role; it lacks what that takes, or is not theirs to assume.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
function flowLogRole(s: Situation): readonly Finding[] {
  const actions = ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents', 'DescribeLogGroups', 'DescribeLogStreams']
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const needed = actions.map((name) => `logs:${name}`)
  const attachTo = `role/${role ?? '<FlowLogRoleName>'}`
  const lacking = finding('service-role-missing-allow', 'possible', [addToIdentity(s, needed, ['*'], { attachTo })], {
    role,
    actions: needed.join(', '),
  })
  return [
    ...(isGrantedAll(s, needed) ? none : [lacking]),
    ...serviceCannotAssume(s, 'vpc-flow-logs.amazonaws.com').filter(({ code }) => code === 'trust-policy'),
  ]
}

/** A service blames its role, and does not say what that lacks. */
const unnamedNeed = (s: Situation): Finding => {
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  return finding(
    'service-role-missing-allow',
    'possible',
    [
      addToIdentity(s, [`${toldService(s) ?? s.service ?? '<ServicePrefix>'}:<Action>`], ['<ResourceArn>'], {
        attachTo: `role/${role ?? `<${s.told('service-role-lacks', 'placeholder')[0] ?? 'ServiceRoleName'}>`}`,
      }),
    ],
    { role },
  )
}

const isLambdaRole = (s: Situation): boolean =>
  (s.denial.principalType === 'assumed-role' || s.denial.principal === null) &&
  (s.has('lambda-at-work') || /lambda/iu.test(`${s.denial.roleOrUserName ?? ''}${s.denial.sessionName ?? ''}`))

const ec2Action = (s: Situation): string => (s.operation === null ? '' : `ec2:${s.operation}`)
