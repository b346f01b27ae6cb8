import { isOnBucket, isThere } from '../facts.ts'
import { known, orElse, quote, several, severalShown, where, type Values } from '../values.ts'
import type { StepContext, Words } from '../words.ts'
import { home } from './home.ts'
import { andList, condition, hasFurther, orList, term, who } from './phrases.ts'

const isDeny = (v: Values): boolean => known(v, 'effect') === 'Deny'
/** A plain comparison, without a set of values and whether there is a value at all. */
const isNegated = (v: Values): boolean => /^(?:string|arn|numeric)?not/iu.test(known(v, 'operator') ?? '')

/** What to do, for keys of which it can be said better than by repeating the rule; empty for others. */
const byKey = (v: Values): string => {
  const values = severalShown(v, 'values')
  const wanted = isDeny(v) ? isNegated(v) : !isNegated(v)
  if (values.length === 0 || /^for|^null/iu.test(known(v, 'operator') ?? '')) return ''
  switch (known(v, 'key')?.toLowerCase()) {
    case 'aws:securetransport':
      return 'Use HTTPS'
    case 'aws:sourceip':
    case 'aws:vpcsourceip':
      return wanted ? `Send the request from ${orList(values)}` : ''
    case 'aws:sourcevpce':
      return wanted ? `Send the request through the VPC endpoint ${orList(values)}` : ''
    case 'aws:sourcevpc':
      return wanted ? `Send the request from the VPC ${orList(values)}, through an endpoint of it` : ''
    case 's3:dataaccesspointaccount':
      return wanted ? `Make the request through an access point of the account ${orList(values)}` : ''
    case 's3:dataaccesspointarn':
      return wanted ? `Make the request through the access point ${orList(values)}` : ''
    case 'aws:requestedregion':
      if (!wanted) return ''
      return isOnBucket(v)
        ? `Use a bucket in ${orList(values)}: a call about a bucket goes to the Region that it is in`
        : isThere(v)
          ? `Use a resource that is in ${orList(values)}: this call is about ${orElse(v, 'resource', 'the resource')}, and goes to the Region that it is in`
          : `Make the call in ${orList(values)}`
    case 's3:x-amz-acl':
      return wanted ? `Send the ACL ${orList(values)} with the upload (\`--acl\`)` : ''
    case 's3:x-amz-storage-class':
      return wanted ? `Upload with the storage class ${orList(values)} (\`--storage-class\`)` : ''
    case 's3:prefix':
      if (!wanted) return ''
      return values.every((value) => value === '""')
        ? 'List without a prefix'
        : `List with the prefix ${orList(values)} (\`--prefix\`)`
    case 'ec2:instancetype':
      return wanted ? `Launch an instance of the type ${orList(values)}` : ''
    case 'ec2:metadatahttptokens':
      return wanted ? `Launch with the metadata option \`HttpTokens\` set to ${orList(values)}` : ''
    case 'kms:resourcealiases':
      return wanted
        ? `Use a key that has the alias ${orList(values)}; \`aws kms create-alias\` gives one to this key`
        : ''
    default:
      return wanted ? byPrefix(known(v, 'key') ?? '', values) : ''
  }
}

/** Keys with a name in them: what is sent under that name. */
const byPrefix = (key: string, values: readonly string[]): string => {
  const tag = /^s3:RequestObjectTag\/(.+)$/iu.exec(key)?.[1]
  if (tag !== undefined) return `Send the tag ${quote(tag)} with the upload (\`--tagging\`), as ${orList(values)}`
  const context = /^kms:EncryptionContext:(.+)$/iu.exec(key)?.[1]
  return context === undefined
    ? ''
    : `Pass ${quote(context)} in the encryption context of the call, as ${orList(values)}`
}

/** What is said of the values that nobody hid. */
const shownValues = (v: Values, phrase: (some: string) => string): string => {
  const values = severalShown(v, 'values')
  return values.length === 0 ? '' : phrase(orList(values))
}

const isHidden = (v: Values): boolean => several(v, 'values').length > severalShown(v, 'values').length

const meet = (v: Values): string => {
  const rule = condition(v)
  const way = byKey(v)
  if (rule === '') return 'Send the request so that it meets the condition.'
  if (way === '' && isHidden(v))
    return `Look up in the policy itself what is hidden here, and send the request with a value for ${orElse(v, 'key', 'the key')} that it lets through.`
  if (!isDeny(v)) return way === '' || hasFurther(v) ? `Send the request so that ${rule}.` : `${way}.`
  if (way !== '' && !hasFurther(v)) return `${way}.`
  const applies = `The Deny applies whenever ${rule}`
  return hasFurther(v)
    ? `${applies}: send the request so that one of these does not hold.`
    : `${applies}: send the request so that it does not.`
}

/** What is changed in the policy of an API counts from the next deployment on. */
export const deployed = ({ target }: Pick<StepContext, 'target'>): string =>
  target?.attachTo.startsWith('api/') === true ? ' Then deploy the stage again; until then the old policy counts.' : ''

/** What to do about the condition of a statement. */
export const conditionSteps = {
  'meet-condition': meet,
  'stay-within-rule': (v) =>
    condition(v) === '' ? 'Stay within the rule that the Deny sets, or do without this action.' : meet(v),
  'use-geographic-profile': (v) =>
    known(v, 'routed') !== null
      ? `Call a model that is offered within one Region, or an inference profile all of whose Regions the rule allows${shownValues(v, (some) => ` (${some})`)}: the profile across Regions routed the request to ${orElse(v, 'routed', '')}, wherever it was made.`
      : `Call the model through an inference profile of a geography (\`us.\`, \`eu.\` …) all of whose Regions the rule allows${shownValues(v, (some) => ` (${some})`)}: a request through the global profile is of no Region, and aws:RequestedRegion is \`unspecified\` in it.`,
  'correct-condition': (v, { target }) => {
    const policy = target === null ? orElse(v, 'policy', 'the policy') : home(target)
    const why = known(v, 'unmet')
    return why === null
      ? `Have the condition in ${policy} corrected if the request is meant to be allowed; keep what it protects.`
      : `Have the condition${where(v, 'key', (key) => ` on ${key}`)} in ${policy} corrected, keeping what it protects: ${term(v, 'unmet', '')}.`
  },
  'widen-condition': (_, { target }) =>
    `If the request is meant to be allowed, add its value to the condition in ${home(target)}, as shown.${deployed({ target })}`,
  'keep-to-tagged': (v, { target }) =>
    `Have the Deny in ${home(target)} kept to what gets tags from the call, as shown: the tags that ${orElse(v, 'action', 'the call')} sends are of what it creates, so that ${orElse(v, 'key', 'the key')} is always absent for the other resources of the same call, and they are refused whatever is sent. What the call creates still has to be sent with the tag.`,
  'call-through-service': (v) =>
    `Make the call through ${andList(severalShown(v, 'values')) || 'the service that the condition names'}: the condition asks that this service makes it for you.`,
  'tag-resource': (v) => `Tag the resource as the condition demands${tagOf(v)}, if it belongs in that group.`,
  'tag-principal': (v) =>
    `Tag ${who(v)} as the condition demands${tagOf(v)}, if it belongs in that group; a session can also be given the tag when it is opened.`,
} satisfies Partial<Words['steps']>

/** " (`aws:ResourceTag/team`)", with the value where it is one. */
const tagOf = (v: Values): string => {
  const [value, ...more] = severalShown(v, 'values')
  const one =
    value !== undefined &&
    more.length === 0 &&
    !/[*?]|\$\{/u.test(value) &&
    !/^null$/iu.test(known(v, 'operator') ?? '')
  return where(v, 'key', (key) => ` (${key}${one ? ` = ${quote(value)}` : ''})`)
}

/** A statement that lets past what another one asks for has to say so. */
export const goesPast = (v: Values): string =>
  where(
    v,
    'onlyAt',
    (key) => ` Only a call that creates the resource carries ${key}; this one is for a resource that is there already.`,
  ) +
  limits(v) +
  where(
    v,
    'offType',
    () =>
      ` It does without the condition on ${andList(several(v, 'offType'))}: AWS never has that key for this type of resource, so that the condition only keeps the statement from counting; it stays where the key is there.`,
  ) +
  where(
    v,
    'past',
    () => ` It goes past the condition on ${andList(several(v, 'past'))}, so let whoever set that decide.`,
  )

/** Whoever is taken out of a policy had what it gives. */
export const ofStranger = (v: Values): string =>
  where(
    v,
    'stranger',
    (arn) =>
      ` As it stands it lets in ${arn}, which is somebody else’s account if it was mistyped: have that confirmed, and look in CloudTrail for what came from there.`,
  )

const limits = (v: Values): string =>
  where(
    v,
    'limits',
    () =>
      ` It keeps the condition on ${andList(several(v, 'limits'))}: do not leave that out, since an Allow without it would end what it protects.`,
  )
