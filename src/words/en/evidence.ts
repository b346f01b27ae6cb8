import { isHiddenArn, isHiddenText } from '../../iam/hidden-text.ts'
import { ownValue } from '../../iam/own-value.ts'
import { quote, variableAsked } from '../values.ts'
import type { Words } from '../words.ts'
import { conditionWords, inPlace, orList } from './phrases.ts'

export const policyTypes: Words['policyTypes'] = {
  'resource-control': 'resource control policies (RCPs)',
  'service-control': 'service control policies (SCPs)',
  'vpc-endpoint': 'VPC endpoint policy',
  'resource-based': 'resource-based policy',
  'role-trust': 'role trust policy',
  'identity-based': 'identity-based policies',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
}

export const results: Words['results'] = {
  allowed: 'allows',
  implicitDeny: 'does not allow',
  explicitDeny: 'explicitly denies',
  unknown: 'undetermined',
  notApplicable: 'does not apply',
  notCollected: 'not read',
}

const subject = (policyType: string | null): string => policyType ?? 'policies'
const plural = (policyType: string | null): boolean => policyType === null || /policies\b/u.test(policyType)
const article = (policyType: string | null): string => `${plural(policyType) ? '' : 'the '}${subject(policyType)}`

export const notRead: Words['notRead'] = (policyTypes) =>
  `What was not read is taken not to deny: ${policyTypes.join(', ')}.`

export const assumptions: Words['assumptions'] = {
  'not-read-does-not-deny': (type) => `${article(type)}, not read, ${plural(type) ? 'do' : 'does'} not deny`,
  'unread-resource-policy-does-not-grant': (type) =>
    `the ${type ?? 'resource-based policy'}, not read, does not grant the request by itself`,
  'unread-key-policy-delegates': () => 'the key policy, not read, hands the decision to IAM in its account',
  'resource-in-callers-account': (_, v) =>
    `the resource is in the caller's account${v['account'] === undefined ? '' : `, ${quote(v['account'])}`}`,
  'resource-in-another-account': (_, v) =>
    `the resource is in another account${v['account'] === undefined ? '' : `, ${quote(v['account'])}`}`,
  'same-organization': () => 'caller and resource belong to the same organization',
  'message-names-deny': (type) => `the one open Deny in the ${subject(type)} is the one that AWS's message speaks of`,
  'message-rules-out-deny': (type) =>
    `no Deny in the ${subject(type)} matched, since AWS's message speaks of a missing Allow`,
  'matched-by-name': (_, v) =>
    `the principal was matched by its name alone${v['name'] === undefined ? '' : `, ${quote(v['name'])}`}: its account in the text is redacted or malformed`,
  'role-without-path': () => 'the role has no path, which the ARN of its session does not show',
  'unread-allows': (type) => `${article(type)}, not read, ${plural(type) ? 'allow' : 'allows'} the request`,
  'told-applies': (type) => `the policy in the text is in force among the ${subject(type)}`,
  'passed-to': (_, v) =>
    v['services'] === undefined
      ? 'the statement names the service that the role is passed to'
      : `the role is passed to ${orList(v['services'].split(' '))}, which the message does not say`,
}

export const unknown: Words['unknown'] = (fact) => {
  const at = inPlace({
    policy: fact.policy,
    statement: String(fact.statement + 1),
    ...(fact.sid === null ? {} : { sid: fact.sid }),
  })
  const named = at === '' ? 'the statement' : at.replace(/^ in /u, '')
  const isHidden = fact.values.some((value) => isHiddenText(value) || isHiddenArn(value))
  if (fact.kind === 'resource' && isHidden)
    return fact.effect === 'Deny'
      ? `Denied${at} if the resource is one that the statement names, of which a part is hidden.`
      : `Denied unless the resource is one that ${named} names, of which a part is hidden.`
  if (fact.kind === 'resource')
    return fact.effect === 'Deny'
      ? `Denied${at} if the resource, which is not known, is one that the statement names.`
      : `Denied unless the resource, which is not known, is one that ${named} names.`
  if (fact.kind === 'principal')
    return fact.effect === 'Deny'
      ? `Denied${at} if the principal, which is not fully known, is one that the statement names.`
      : `Denied unless the principal, which is not fully known, is one that ${named} names.`
  const variable = variableAsked(fact.key, fact.values)
  if (variable !== null)
    return `Whether the ${fact.effect}${at} applies depends on what ${quote(variable)} stands for in ${orList(fact.values)}; the value is not in the message.`
  const rule = conditionWords(fact.key ?? 'a context key', fact.operator, fact.values)
  const why = isHidden ? 'a value of the policy is hidden' : 'the value is not in the message'
  return fact.effect === 'Deny'
    ? `Denied${at} if ${rule}; ${why}.`
    : `Denied unless ${rule}, as the Allow${at} demands; ${why}.`
}

const abouts: Readonly<Record<string, string>> = {
  ...policyTypes,
  'kms-grants': 'grants of the KMS key',
  'block-public-access': 'Block Public Access setting',
  's3-block-public-access': 'Block Public Access setting of the bucket',
  'object-ownership': 'Object Ownership setting of the bucket',
  'decoded-message': 'encoded authorization message',
  'authorization-details': 'details of the authorization',
}

export const gapReasons: Words['gapReasons'] = {
  'access-denied': 'this service may not read it',
  throttled: 'AWS slowed the reads down',
  timeout: 'AWS did not answer in time',
  'not-found': 'it was not found',
  unsupported: "it cannot be read through AWS's API",
  'not-configured': 'this service is not set up to read it',
  failed: 'the read failed',
}

export const gap: Words['gap'] = (about, reason, account) =>
  `Not seen: ${ownValue(abouts, about) ?? quote(about)}${account === null ? '' : ` in account ${quote(account)}`} (${gapReasons[reason]}).`

export const evidenceNotes: Words['evidenceNotes'] = {
  sample: 'Answered from the sample account that ships with this service, not from your AWS account.',
  none: 'No policies were read: the answer comes from the text alone.',
  snapshot: 'Answered from a snapshot file, as old as that file is.',
  matchedByName: (name) =>
    `The principal${name === null ? '' : ` ${quote(name)}`} was matched by name alone, because its account in the text is redacted or malformed.`,
  principalMissing: (name) =>
    `The principal${name === null ? '' : ` ${quote(name)}`} was looked for in its account and not found.`,
}
