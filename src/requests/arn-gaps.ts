import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import { mayHoldAnyLetter } from '../iam/any-letter.ts'
import { formatArn, isAccountId, parseArn, type Arn } from '../iam/arn.ts'
import type { Surroundings } from './caller.ts'
import { isOnlyElsewhere, onlyOwner } from './owners-named.ts'
import { fitsPattern, tailOf } from './fill-pattern.ts'

/** What somebody put in place of a part of an ARN: stars, dots, Xs or a word for it, and nothing else. */
const blotted =
  /^(?:\*{2,}|\.{2,}|\u2026+|x{3,}|X{3,}|\**(?:REDACTED|MASKED|HIDDEN|REMOVED)\**|[\u2022\u25cf\u2588]{2,})$/u
/** `{rest-api-id}`, `[topic name]`: a name for what was taken out. S3 alone has such names of its own. */
const bracketed = /^(?:\{[^{}]{1,60}\}|\[[^[\]]{1,60}\])$/u
/** `<queue-name>`, `${Region}`: a placeholder already. */
const marked = /^(?:<.*>|\$\{.*\})$/u
/** `orders-****`, `key/xxxxxxxx-xxxx-…`, `i-0123xxxx`, `app-%s`: what was taken out of a name, or never put in. */
const partlyBlotted =
  /[[(]?(?:\*{3,}|\.{3,}|\u2026+|[\u2022\u25cf\u2588]{2,})[\])]?|\[?(?<![A-Za-z])(?:x{4,}|X{4,}|REDACTED|MASKED|HIDDEN|REMOVED)(?![A-Za-z])\]?|\[(?:redacted|masked|hidden|removed)\]|%[sdvq](?![\da-fA-F])/u
/** What is left is what AWS made up: of an id that is not whole nothing can be kept. */
const partOfId =
  /^(?:(?:acl|ami|eipalloc|eni|fs|i|igw|lt|nat|pcx|r|rtb|sg|snap|subnet|tgw|vol|vpc|vpce)-)?[-_.\da-f]*$|^[A-Z\d]*$/u
/** A word in another script, where names are ASCII. */
const otherScript = /^(?!\p{Script=Latin})\p{L}/u
/** A Region, or a wildcard of a policy. */
const maybeRegion = /^(?:[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\d{1,2}|[\w-]*[*?][\w*?-]*|(?:aws-)?global)?$/u
/** `<customer>`, `[child account number]`: whoever wrote that in place of an account says that it is not the caller's. */
const anothers =
  /^[<{[$].*(?:customer|client|target|other|their|remote|dest(?:ination)?|child|member|partner|vendor|tenant|external|foreign|acc(?:oun)?t[-_ ]?(?:b|2))(?![a-z\d])/iu
const manyStars = /^\*{2,}$/u
/** How programs spell a variable that holds nothing. */
const unset: ReadonlySet<string> = new Set(['null', 'undefined', 'None', '[object Object]'])

/** A variable of a shell that nobody put a value in place of: single quotes around it, or a tool that knows none. */
const unexpanded = /^\$[A-Z][A-Z0-9_]{2,60}$/u

/** Of these what nobody calls a part of a path, other than a folder in a bucket that a program made by mistake. */
const neverMeant: ReadonlySet<string> = new Set(['undefined', '[object Object]'])

/** Whether a text is what a program prints for a variable that holds nothing, or the variable itself. */
export const isUnset = (text: string): boolean => unset.has(text) || unexpanded.test(text)

/** Services that print things of AWS or of partners without an account, though their tables have one. */
const withOwnersElsewhere: ReadonlySet<string> = new Set(['bedrock', 'securityhub', 'ssm'])

export const digitsOnly = (account: string): boolean =>
  /^\d*$/u.test(account) || account === 'aws' || account.includes('*/')
/** AWS has no such account; programs that stand in for AWS do, and the caller is of the same one then. */
const noAccount = '000000000000'
/** Other than twelve digits: part of the account, or none. */
const isMasked = ({ account, resource }: Arn, around: Surroundings): boolean =>
  account === '' || account === 'aws' || account.includes('*/') || (account === '*' && resource.startsWith('*'))
    ? false
    : !isAccountId(account) || (account === noAccount && around.account !== null && around.account !== noAccount)

/** The action's types that an ARN of this service may be of; the closest pattern first. */
const typesOf = (arn: Arn, facts: ActionFacts | null): readonly ResourceType[] => {
  const ofService = (facts?.resourceTypes ?? []).filter(({ arnPattern }) => arnPattern.split(':')[2] === arn.service)
  const fitting = ofService.filter((type) => fitsPattern(tailOf(type), arn.resource))
  return (fitting.length > 0 ? fitting : ofService).toSorted((a, b) => tailOf(b).length - tailOf(a).length)
}

/** Every type has this part in its ARN: left empty, it was taken out. */
const alwaysHas = (types: readonly ResourceType[], part: 3 | 4): boolean =>
  types.length > 0 && types.every(({ arnPattern }) => arnPattern.split(':')[part] !== '')

/** `region`, `REGION`, `xxx`: whatever word stands there, AWS would have printed one of its Regions. */
const isNoRegion = (region: string): boolean => !maybeRegion.test(region) || manyStars.test(region)

const regionOf = (arn: Arn, types: readonly ResourceType[], around: Surroundings): string => {
  const isGap = arn.region === '' ? alwaysHas(types, 3) && arn.service !== 'bedrock' : isNoRegion(arn.region)
  if (!isGap) return arn.region
  return around.region ?? (marked.test(arn.region) ? arn.region : '<Region>')
}

/** `********4321`, as API Gateway prints accounts: its end tells that it is another one. */
const showsAnother = (masked: string, account: string): boolean => {
  const shown = endShown(masked)
  return shown !== undefined && !account.endsWith(shown)
}

/** What is shown of it is the end of this one. */
const isEndOf = (masked: string, account: string): boolean => account.endsWith(endShown(masked) ?? '-')

const endShown = (masked: string): string | undefined => /^(?:\*|x|X|\u2022){4,12}(\d{3,4})$/u.exec(masked)?.[1]

/** The policies know the thing in one account, and it ends in the same digits. */
const ownerShown = (arn: Arn, around: Surroundings): string | null => {
  const shown = endShown(arn.account)
  const owner = shown === undefined ? null : onlyOwner(around.owners, arn)
  return owner !== null && owner.endsWith(shown ?? '') ? owner : null
}

/** Whether what stands in place of an account tells that it is not this one. */
export const isAnothers = (printed: string, account: string): boolean =>
  anothers.test(printed) || showsAnother(printed, account)

const accountOf = (arn: Arn, types: readonly ResourceType[], around: Surroundings): string => {
  const isAwsNamed = /(?:^|[/:])(?:AWS|Amazon|aws\/)/u.test(arn.resource)
  // Where the Region is gone too, somebody took out both.
  const isElsewhere = arn.region !== '' && (withOwnersElsewhere.has(arn.service) || isAwsNamed)
  const isGap = arn.account === '' ? alwaysHas(types, 4) && !isElsewhere : isMasked(arn, around)
  if (!isGap) return arn.account
  // Somebody hid it, and the policies know the thing in another account: then it may be in that one.
  const isOpen =
    around.account === null ||
    isAnothers(arn.account, around.account) ||
    (arn.account !== '' && !isEndOf(arn.account, around.account) && isOnlyElsewhere(around.owners, arn, around.account))
  return isOpen ? (ownerShown(arn, around) ?? '<AccountId>') : around.account
}

/** `iam:ListRoles` on `role/`, parameters by path: what has a name below it is whole without one. */
const takesPath = /:(?:List|Get\w{0,40}ByPath$)/u

/**
 * `function:`, `table/`: the kind of a resource, whose name a program was about to append. What is whole without a name
 * is a type of its own, such as Glue's `catalog`.
 */
const withName = (arn: Arn, facts: ActionFacts | null): Arn => {
  const types = (facts?.resourceTypes ?? []).filter(({ arnPattern }) => arnPattern.split(':')[2] === arn.service)
  if (facts === null || takesPath.test(facts.action) || types.some((type) => tailOf(type) === arn.resource)) return arn
  if (arn.service === 's3') {
    const takesObjects = types.every(({ name }) => name.includes('object'))
    return takesObjects && /^[^/]{1,80}\/$/u.test(arn.resource)
      ? { ...arn, resource: `${arn.resource}<ObjectName>` }
      : arn
  }
  const bare = arn.resource.replace(/[/:]$/u, '')
  const [tail] = types
    .map((type) => tailOf(type))
    .filter((one) => bare !== '' && /^[/:]\$\{/u.test(one.slice(bare.length)) && one.startsWith(bare))
    .toSorted((a, b) => a.length - b.length)
  return tail === undefined ? arn : { ...arn, resource: tail.replaceAll(/\$\{(\w+)\}/gu, '<$1>') }
}

interface Segment {
  readonly text: string
  readonly placeholder: string
  /** Nothing of the same name follows. */
  readonly isWhole: boolean
}

/** The names within the resource of an ARN, each with what the pattern calls it. */
const segmentsOf = ({ service, resource }: Arn, type: ResourceType | undefined): readonly Segment[] => {
  const wanted = type === undefined ? [] : tailOf(type).split(/[/:]/u)
  const parts = resource.split(/([/:])/u)
  return parts.map((text, at) => {
    const placeholder = /^\$\{(\w+)\}$/u.exec(wanted[at / 2] ?? '')?.[1]
    const isLast = at / 2 === wanted.length - 1 && parts[at + 1] === '/'
    const isWhole = (placeholder !== undefined && !isLast) || (service !== 's3' && neverMeant.has(text))
    return { text, placeholder: placeholder ?? 'ResourceName', isWhole }
  })
}

/** `ROLE_NAME` for a role's name: what documentation has in its place. */
const isItsOwnPlaceholder = ({ text, placeholder }: Segment): boolean =>
  /^[A-Z]{2,20}(?:[_-][A-Z]{2,20}){1,4}$/u.test(text) &&
  text.replaceAll(/[_-]/gu, '').toLowerCase() === placeholder.replace(/WithPath$/u, '').toLowerCase()

const isOpen = (segment: Segment): boolean =>
  blotted.test(segment.text) || (segment.isWhole && isUnset(segment.text)) || isItsOwnPlaceholder(segment)

/**
 * An ARN as it can be put into a policy: what the poster took out and what the program never put in stand as marked
 * placeholders, or as what is known from around.
 */
export const withoutGaps = (printed: Arn, facts: ActionFacts | null, around: Surroundings): string => {
  const arn = withName(printed, facts)
  const types = typesOf(arn, facts)
  const isAscii = !mayHoldAnyLetter(formatArn(arn))
  return formatArn({
    ...arn,
    region: regionOf(arn, types, around),
    account: accountOf(arn, types, around),
    resource: segmentsOf(arn, types[0])
      .map((segment, at, all) =>
        // API Gateway prints `@connections/{connectionId}`; an id lasts as long as its connection.
        all[at - 2]?.text === '@connections' && !/^[\w=-]{8,}$/u.test(segment.text)
          ? '*'
          : isOpen(segment) ||
              (arn.service !== 's3' && bracketed.test(segment.text)) ||
              (isAscii && otherScript.test(segment.text))
            ? `<${segment.placeholder}>`
            : // The key of an object may hold anything.
              arn.service === 's3' && at > 0
              ? segment.text
              : withoutBlots(segment),
      )
      .join(''),
  })
}

/** A name with a marked placeholder in place of what was taken out of it. */
const withoutBlots = ({ text, placeholder }: Segment): string => {
  const parts = text.split(partlyBlotted)
  if (parts.length === 1) return text
  return partOfId.test(parts.join('')) ? `<${placeholder}>` : parts.join('<HiddenPart>')
}

/** The ARN of a principal whose name somebody hid, marked. */
export const withoutBlottedNames = (text: string): string => {
  const arn = parseArn(text)
  if (arn === null) return text
  const [kind = '', ...names] = arn.resource.split('/')
  const shown = names.map((name) => (blotted.test(name) ? '<HiddenPart>' : name))
  return formatArn({ ...arn, resource: [kind, ...shown].join('/') })
}

/** What stands where a program should have passed the resource's name, `undefined` for one; `null` where it did. */
export const unsetNameIn = (resource: string, facts: ActionFacts | null): string | null => {
  const arn = parseArn(resource)
  if (arn === null) {
    const last = resource.split(/[/ ](?!Object\])/u).at(-1) ?? ''
    return isUnset(last) ? last : null
  }
  const segments = segmentsOf(arn, typesOf(arn, facts)[0])
  return segments.find(({ text, isWhole }) => isWhole && isUnset(text))?.text ?? null
}

/** Paths that hold what callers please, ARNs too. */
const freePaths: ReadonlySet<string> = new Set(['s3', 'apigateway', 'execute-api', 'es', 'aoss'])

/**
 * The ARN that a program gave where the API asks for a name, so that AWS made an ARN with an ARN in it:
 * `table/arn:aws:dynamodb:...:table/orders`. `null` for any other resource.
 */
export const arnGivenAsName = (resource: string): string | null => {
  const at = resource.slice(1).search(/(?<=[:/])arn(?::|%3A)aws/iu)
  const outer = parseArn(resource)
  if (at === -1 || outer === null || freePaths.has(outer.service)) return null
  const given = resource
    .slice(at + 1)
    .replaceAll(/%3A/giu, ':')
    .replaceAll(/%2F/giu, '/')
  return parseArn(given)?.service === outer.service ? given : null
}
