import { isAccountId, parseArn } from '../../iam/arn.ts'
import { list } from '../../iam/policy-document.ts'
import { nearOfSide } from './near-side.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding, unchecked } from '../finding.ts'
import { act, addToIdentity, allowInResource, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf, withoutKey } from '../places.ts'
import { identityGrants, type Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { attachmentOf } from './attachments.ts'
import { type Delivery, deliveryOf, isAskedFor, isRoleOfService, otherDestinations, repositoryOf } from './delivery.ts'
import { kindOfKey, knownValue, sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { accountIn, isMetByDelivery, logsElsewhere } from './logs-of-services.ts'
import { isKeyHandedOver, leftOutByKey, lettingServiceUse } from './handed-key.ts'
import {
  asksKeyUnnamed,
  encrypted,
  isUnderKeyOfAws,
  keyActions,
  keyBehind,
  keyOfAws,
  noKeyForLogs,
} from './key-of-destination.ts'
import { aclUnread, besideAcl } from './bucket-acl.ts'
import { covers, names } from './let-in-by-name.ts'
import { besideForeignImage, letIn } from './let-in-service.ts'
import { absentAtOrigin, atOrigin, isByIdentity, isOfSource } from './origin.ts'
import { resourceElement } from './other-side.ts'
import { resourcesFor } from './resources-for.ts'
import { heldByCondition, sideFixes } from './side-condition.ts'
import { sourceFit, sourceMissed } from './source-of-delivery.ts'
import { isUnshared } from '../../verdict/sharing.ts'

/** Lambda writes itself into the repository's policy with the permissions of whoever creates the function. */
export function imagePolicyByDeployer(s: Situation): readonly Finding[] {
  const actions = ['ecr:GetRepositoryPolicy', 'ecr:SetRepositoryPolicy']
  if (!s.has('ecr-image-refused') || !s.wasRead('identity-based') || isImageElsewhere(s)) return none
  const repository = repositoryOf(s)
  const missing = actions.filter((action) => !identityGrants(s, action, repository.includes('<') ? null : repository))
  if (missing.length === 0) return none
  return [
    finding('dependent-action-needed', 'evaluated', [addToIdentity(s, missing, [repository])], {
      option: 'ecr-image-policy',
      action: missing.join(', '),
      mainAction: 'lambda:CreateFunction',
    }),
  ]
}

/**
 * Into the repository of another account Lambda writes nothing: its policy has to let in that account, and Lambda.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions
 */
function isImageElsewhere(s: Situation): boolean {
  if (s.has('cross-account-told')) return true
  const owner = repositoryOf(s).split(':')[4]
  const others = [
    ...s.told('function-account-told', 'account'),
    ...s
      .statements('resource-based')
      .flatMap(({ source: { Principal: to } }) =>
        typeof to === 'object' ? list(to['AWS']).map((one) => parseArn(one)?.account ?? one) : [],
      ),
  ]
  return isAccountId(owner) && others.some((account) => isAccountId(account) && account !== owner)
}

/** A service, not a person, has to reach the resource. */
export function servicePrincipal(s: Situation): readonly Finding[] {
  const delivery = deliveryOf(s)
  if (delivery === null) return none
  const isOrigin = delivery.source === 'cloudfront'
  const there = isOrigin ? atOrigin(s, delivery, s.statements('resource-based')) : none
  if (there.some(({ code }) => code === 'object-arn-needed')) return there
  const conditioned = s
    .statements('resource-based')
    .filter(
      (one) =>
        one.effect === 'Allow' &&
        one.conditions.length > 0 &&
        names(one, delivery.service) &&
        covers(one, delivery.action),
    )
  const near = conditioned.find((one) => sourceFit(one, delivery) !== 'no') ?? conditioned[0]
  if (near !== undefined)
    return [
      ...there,
      ...(near.conditions.every((one) => isOfSource(one) || isMetByDelivery(delivery, one))
        ? aclOrLogs(s, near, delivery)
        : [unmetByService(s, near, delivery)]),
    ]
  // It is let in, for this or for another part of the resource.
  const isLetIn = s
    .statements('resource-based')
    .some((one) => one.effect === 'Allow' && names(one, delivery.service) && covers(one, delivery.action))
  const unread = isLetIn ? aclUnread(s, delivery) : null
  if (unread !== null) return unread
  // A key's policy says nothing of who may deliver.
  const isRead = s.wasRead('resource-based') && !isLetIn && !isKeyHandedOver(s)
  if (there.length > 0) return [...there, letInByService(s, delivery, 'possible')]
  return [
    letInByService(s, delivery, isRead ? 'evaluated' : 'possible'),
    ...(isOrigin && !s.wasRead('resource-based') ? [absentAtOrigin(s)] : none),
    ...(isLetIn && encrypted.test(delivery.action) ? [keyBehind(s, delivery)] : none),
  ]
}

/** What is certain comes first: the prefix of the logs is where it is told, and that the ACL may not be read. */
function aclOrLogs(s: Situation, near: ReadStatement, delivery: Delivery): readonly Finding[] {
  const [elsewhere] = logsElsewhere(s, near, delivery) ?? none
  const [acl] = aclUnread(s, delivery) ?? none
  const found = [elsewhere, acl].filter((one) => one !== undefined)
  const sure = found.filter(({ confidence }) => confidence === 'evaluated')
  return sure.length > 0 ? sure : found.length > 0 ? found : missedOrKey(s, near, delivery)
}

const letInByService = (s: Situation, delivery: Delivery, confidence: Confidence): Finding => {
  const found = asService(s, delivery, confidence)
  // AWS prints a user or a role of its own in place of the service, and that one is not let in by the service's name.
  return s.denial.principalType === 'user' || isRoleOfService(s) ? unchecked(s, found) : found
}

const asService = (s: Situation, delivery: Delivery, confidence: Confidence): Finding =>
  finding(
    'service-principal-policy',
    confidence,
    [
      letIn(s, delivery),
      ...besideLogEvents(s, delivery),
      ...besideAcl(s, delivery),
      ...besideForeignImage(s, delivery),
      ...otherDestinations(s, delivery).map((other) => letIn(s, other, true)),
    ],
    {
      servicePrincipal: delivery.service,
      source: delivery.source,
      sourceArn: delivery.sourceArn,
    },
  )

/**
 * A rule makes the stream of its log first, and no condition may stand there.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
const besideLogEvents = (s: Situation, { source, action, resource, service }: Delivery): readonly Fix[] =>
  source === 'event-rule' && action === 'logs:PutLogEvents'
    ? [allowInResource(attachmentOf(s, resource), allowTo({ Service: service }, ['logs:CreateLogStream'], [resource]))]
    : []

/** `because no identity-based policy allows`: then it acted under a role. */
const isRefusedByName = (s: Situation): boolean =>
  s.denial.principal === null &&
  s.denial.policyType !== 'identity-based' &&
  s.told('service-not-allowed', 'action').some((action) => isAskedFor(s, action))

/** The service is let in for another resource or account than the one that it calls for. */
function missedBySource(s: Situation): Finding | null {
  const held = heldByCondition(s, 'resource-based')
  const [condition = null] = held === null ? [] : decisiveConditions(s, held)
  if (held === null || condition === null || kindOfKey(condition.key) !== 'source') return null
  if (knownValue(s, condition.key) === undefined) return null
  const attachTo = attachmentOf(s, s.resource)
  const fixes = sideFixes(s, held, condition, { kind: 'resource-policy', attachTo }, [])
  if (fixes.length === 0) return null
  return finding('condition-mismatch', 'evaluated', fixes, {
    policyType: 'resource-based',
    effect: 'Allow',
    ...placeOf(held),
    ...conditionFacts(condition),
    sent: sentValue(s, condition),
  })
}

/**
 * A service has no identity-based policies: where those are blamed, or the resource has no policy of its own, it acted
 * with the role that was given to it.
 */
const lackOfItsRole = (s: Situation, action: string): Finding =>
  finding('service-role-missing-allow', 'stated', [
    addToIdentity(s, [action], resourcesFor(s, action, s.resource), { attachTo: 'role/<ServiceRoleName>' }),
  ])

const stated = (found: Finding): Finding =>
  found.confidence === 'possible' ? { ...found, confidence: 'stated' } : found

/** A service principal was denied, or SNS's delivery user: it has no identity-based policies, only the resource's count. */
export function askedByService(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit' || s.service === 'kms') return none
  if (s.has('sns-delivery-user')) return servicePrincipal(s)
  if (isRoleOfService(s)) return servicePrincipal(s).map(stated)
  // `CloudWatch Alarms is not authorized to perform: …`: the service by its name for people.
  if (isRefusedByName(s)) return servicePrincipal(s).map(stated)
  const service = s.denial.principal
  if (s.denial.principalType !== 'service' || service === null || s.action === null) return none
  // Whom a role lets in is said by its trust policy, whoever asks.
  if (/^sts:AssumeRole$/iu.test(s.action)) return none
  const isOfRoles = s.service !== null && isUnshared(s.service, s.resource)
  if (s.denial.policyType === 'identity-based' || isOfRoles) return [lackOfItsRole(s, s.action)]
  const held = missedBySource(s)
  if (held !== null) return [held]
  const resources = resourcesFor(s, s.action, s.resource)
  const statement = allowTo({ Service: service }, [s.action], resourceElement(resources), {
    StringEquals: { 'aws:SourceAccount': s.resourceAccount ?? '<AccountId>' },
  })
  const attachTo = attachmentOf(s)
  const into = { kind: 'resource-policy', step: 'allow-in-resource-policy', attachTo } as const
  const near = nearOfSide(s, 'resource-based', into)
  // For which resource it called nobody told, so that the condition may be what refused.
  const open = heldByCondition(s, 'resource-based')
  const [condition = null] = open === null ? [] : decisiveConditions(s, open)
  const add = allowInResource(attachTo, statement, condition === null ? {} : { values: { past: condition.key } })
  const isRead = s.wasRead('resource-based') && s.layer('resource-based')?.result === 'implicitDeny'
  return [
    finding('service-principal-policy', isRead ? 'evaluated' : 'stated', near?.fixes(add) ?? [add], {
      servicePrincipal: service,
      ...near?.facts,
      ...(condition === null ? {} : { ...placeOf(open), ...conditionFacts(condition) }),
    }),
  ]
}

/** Keys that a service never has: it is in no organisation, and its calls carry no ACL header of ours. */
const neverForServices = /^(?:aws:principalorg|aws:sourceip$|aws:principalaccount$|aws:sourcevpc)/iu

/** What refuses CloudFront, going by the statements that the text shows of the bucket's policy. */
export function atToldOrigin(s: Situation, told: readonly ReadStatement[]): readonly Finding[] {
  const delivery = deliveryOf(s)
  return delivery?.source === 'cloudfront' && !s.wasRead('resource-based') ? atOrigin(s, delivery, told) : none
}

/** The service is allowed, under a condition that its calls do not meet, or perhaps do not. */
function unmetByService(s: Situation, near: ReadStatement, delivery: Delivery): Finding {
  const never = near.conditions.find(({ key }) => neverForServices.test(key))
  const open = near.conditions.find((one) => !isOfSource(one) && !isMetByDelivery(delivery, one))
  const condition = never ?? open ?? null
  const facts = {
    policyType: 'resource-based',
    effect: 'Allow',
    // What the service does is not what somebody called.
    action: delivery.action,
    ...placeOf(near),
    ...conditionFacts(condition),
  }
  if (never === undefined)
    return finding(
      'condition-mismatch',
      'possible',
      [
        act(
          'resource-policy',
          'correct-condition',
          { policy: near.policy, key: condition?.key ?? '' },
          { owner: 'resource-owner' },
        ),
      ],
      facts,
    )
  const account = s.callerAccount ?? accountIn(near) ?? '<AccountId>'
  const { Condition: kept = {}, ...rest } = withoutKey(near.source, never.key)
  const ofAccount = { StringEquals: { ...kept['StringEquals'], 'aws:SourceAccount': account } }
  const statement = allowTo({ Service: delivery.service }, [delivery.action], near.resources, ofAccount)
  return finding(
    'condition-mismatch',
    'evaluated',
    [
      editStatement(
        s,
        near,
        statement,
        { ...rest, Condition: { ...kept, ...ofAccount } },
        {
          kind: 'resource-policy',
          step: 'correct-condition',
          attachTo: attachmentOf(s, near.resources[0] ?? null),
          readiness: account.includes('<') ? 'has-placeholders' : 'needs-review',
        },
      ),
    ],
    { ...facts, sent: 'absent' },
  )
}

/**
 * The service is let in for what it acts for: for another than what called, or the policy is right as it stands, and
 * the key behind the resource is what refuses. Nothing that is invoked is encrypted.
 */
function missedOrKey(s: Situation, near: ReadStatement, delivery: Delivery): readonly Finding[] {
  const fit = sourceFit(near, delivery)
  const isEncrypted = encrypted.test(delivery.action)
  const missed = fit === 'yes' && isEncrypted ? none : [sourceMissed(s, near, delivery)]
  return fit === 'no' || !isEncrypted ? missed : [...missed, keyBehind(s, delivery)]
}

/** What the destination's own policy lacks beside its key. */
const notLetIn = (s: Situation): readonly Finding[] =>
  s.wasRead('resource-based')
    ? servicePrincipal(s).filter(
        ({ code, confidence }) => code === 'service-principal-policy' && confidence !== 'possible',
      )
    : none

/** Every statement of the key's policy that is for the service wants a key that it does not send to KMS. */
function heldFromService(s: Situation, delivery: Delivery, needed: readonly string[]): readonly Finding[] {
  if (!asksKeyUnnamed(delivery)) return none
  const letting = lettingServiceUse(s, needed, delivery.service)
  const [held, ...others] = letting.map((read) => ({ read, unsent: read.conditions.filter(isOfSource) }))
  const [condition] = held?.unsent ?? []
  if (held === undefined || condition === undefined || others.some(({ unsent }) => unsent.length === 0)) return none
  const after = held.unsent.reduce((source, { key }) => withoutKey(source, key), held.read.source)
  const statement = allowTo({ Service: delivery.service }, needed, ['*'], after.Condition ?? null)
  const key = s.told('kms-key', 'key')[0]?.split(':key/')[1] ?? '<KeyId>'
  const into = { kind: 'key-policy', attachTo: `key/${key}` } as const
  // For the other services of the statement its condition may be right.
  const { Principal: principal } = held.read.source
  const isItsOwn = typeof principal === 'object' && list(principal['Service']).length === 1
  const fix = isItsOwn
    ? editStatement(s, held.read, statement, after, { ...into, step: 'correct-condition', readiness: 'needs-review' })
    : allowInResource(into.attachTo, statement, { ...into, step: 'allow-in-key-policy' })
  return [
    finding('condition-mismatch', 'evaluated', [fix], {
      action: needed[0],
      policyType: 'resource-based',
      effect: 'Allow',
      sent: 'absent',
      ...placeOf(held.read),
      ...conditionFacts(condition, held.unsent.slice(1)),
    }),
  ]
}

/** The destination is encrypted and its own policy lets the service in, or is not known: the key's policy. */
export const keyBehindDestination = (s: Situation): readonly Finding[] => {
  const delivery = deliveryOf(s)
  if (delivery?.source === 'load-balancer-logs' && s.has('encrypted-told', 'kms-key', 'aws-managed-key-told'))
    return [noKeyForLogs(delivery), ...servicePrincipal(s)]
  if (delivery !== null && isUnderKeyOfAws(s, delivery)) return [keyOfAws(s, delivery), ...notLetIn(s)]
  if (delivery === null || !s.has('encrypted-told', 'kms-key', 'kms-access-code')) return none
  const open = s.statements('resource-based').some((one) => one.effect === 'Allow' && names(one, delivery.service))
  const needed = keyActions(delivery)
  const left = leftOutByKey(s, needed, delivery.service)
  if (left?.length === 0) return heldFromService(s, delivery, needed)
  if (left !== null) return [{ ...keyBehind(s, delivery), confidence: 'evaluated' }]
  const found = [keyBehind(s, delivery)]
  return open || (delivery.source === 'cloudfront' && isByIdentity(s)) || !s.wasRead('resource-based') ? found : none
}
