import { hasOperation, isCommonService, serviceOfOperation } from '../action-catalogue/operations.ts'
import { prefixFor } from '../action-catalogue/service-names.ts'
import { ownValue } from '../iam/own-value.ts'

/*
 * `creating Backup Vault`, `requesting spot fleet`, `create volume in EC2`: tools print verb and noun of the call
 * that failed. They are its operation where one service alone has an operation of that name.
 */

/** What tools say, and the verbs that operations have for it: the first by its own name, others in its absence. */
const verbs: readonly (readonly [base: string, gerund: string, operations: readonly string[]])[] = [
  ['add', 'adding', ['Add']],
  ['allocate', 'allocating', ['Allocate']],
  ['associate', 'associating', ['Associate']],
  ['attach', 'attaching', ['Attach']],
  ['create', 'creating', ['Create', 'Put']],
  ['delete', 'deleting', ['Delete']],
  ['deregister', 'deregistering', ['Deregister']],
  ['describe', 'describing', ['Describe']],
  ['detach', 'detaching', ['Detach']],
  ['disable', 'disabling', ['Disable']],
  ['disassociate', 'disassociating', ['Disassociate']],
  ['enable', 'enabling', ['Enable']],
  ['fetch', 'fetching', ['Get', 'Describe', 'List']],
  ['get', 'getting', ['Get', 'Describe', 'List']],
  ['import', 'importing', ['Import']],
  ['launch', 'launching', ['Run', 'Launch']],
  ['list', 'listing', ['List', 'Describe']],
  ['modify', 'modifying', ['Modify']],
  ['put', 'putting', ['Put']],
  ['query', 'querying', ['Describe', 'Get', 'List']],
  // Terraform reads what it manages; whoever else reads a thing wants what is in it.
  ['reading', 'reading', ['Get', 'Describe']],
  ['read', 'read', ['Get']],
  ['register', 'registering', ['Register']],
  ['release', 'releasing', ['Release']],
  ['remove', 'removing', ['Remove', 'Delete']],
  ['request', 'requesting', ['Request']],
  ['retrieve', 'retrieving', ['Get']],
  ['start', 'starting', ['Start']],
  ['stop', 'stopping', ['Stop']],
  ['terminate', 'terminating', ['Terminate']],
  ['update', 'updating', ['Update', 'Modify', 'Put']],
]

export const verbsOfTools: readonly string[] = [...new Set(verbs.flatMap(([base, gerund]) => [gerund, base]))]

const operationVerbs = new Map(verbs.flatMap(([base, gerund, names]) => [base, gerund].map((verb) => [verb, names])))

interface ToolOperation {
  readonly service: string
  readonly operation: string
}

/** What tools create by a call of another name than verb and noun. */
const created: Readonly<Record<string, readonly [service: string, operation: string]>> = {
  'api gateway': ['apigateway', 'CreateRestApi'],
  'ecr repository policy': ['ecr', 'SetRepositoryPolicy'],
  'iam group policy attachment': ['iam', 'AttachGroupPolicy'],
  'iam policy version': ['iam', 'CreatePolicyVersion'],
  'iam role policy attachment': ['iam', 'AttachRolePolicy'],
  'iam user policy attachment': ['iam', 'AttachUserPolicy'],
  'kms key alias': ['kms', 'CreateAlias'],
  'lambda function url': ['lambda', 'CreateFunctionUrlConfig'],
  's3 bucket acl': ['s3', 'PutBucketAcl'],
  's3 bucket lifecycle': ['s3', 'PutBucketLifecycleConfiguration'],
  's3 bucket notification': ['s3', 'PutBucketNotificationConfiguration'],
  's3 bucket policy': ['s3', 'PutBucketPolicy'],
  'secrets manager secret version': ['secretsmanager', 'PutSecretValue'],
}

/** What tools look at by a call of another name. */
const lookedAt: Readonly<Record<string, readonly [service: string, operation: string]>> = {
  's3 bucket': ['s3', 'HeadBucket'],
  's3 bucket object': ['s3', 'HeadObject'],
  's3 object': ['s3', 'HeadObject'],
}

/** What people call a thing for which operations have another name. */
const nicknames: Readonly<Record<string, string>> = { ami: 'image', amis: 'images' }

/** The whole phrase, or all of it before a bare name: `IAM policy version app`. */
function createdBy(words: readonly string[]): ToolOperation | null {
  const phrase = words.join(' ').toLowerCase()
  const parent = phrase.slice(0, phrase.lastIndexOf(' '))
  // Of two words it is a resource of its own, whose last word may make another of it.
  const found = ownValue(created, phrase) ?? (words.length > 3 ? ownValue(created, parent) : undefined)
  return found === undefined ? null : { service: found[0], operation: found[1] }
}

function lookOf(words: readonly string[]): ToolOperation | null {
  const found = ownValue(lookedAt, words.join(' ').toLowerCase())
  return found === undefined ? null : { service: found[0], operation: found[1] }
}

/**
 * What a tool was doing to what, as an operation; `null` where no service or more than one has it. The service that
 * refused settles whose it is; where nothing but the phrase tells of AWS, a service has to be named.
 */
export function operationOfPhrase(
  verb: string,
  thing: string,
  place: string | undefined,
  refused: string | null,
  isOfAws = true,
): ToolOperation | null {
  const words = thing
    .split(/[\s._/-]+/u)
    .filter((word) => word !== '' && !/^(?:aws|amazon|an?|the|new)$/iu.test(word))
    .map((word) => ownValue(nicknames, word.toLowerCase()) ?? word)
  const own = /^creat(?:e|ing)$/iu.test(verb)
    ? createdBy(words)
    : verb.toLowerCase() === 'reading'
      ? lookOf(words)
      : null
  if (own !== null) return own
  const service = place === undefined ? null : prefixFor(place)
  for (const operationVerb of operationVerbs.get(verb.toLowerCase()) ?? []) {
    const named = inService(operationVerb, words, service)
    if (named !== null) return named
    const found = service === null && isOfAws ? alone(operationVerb, words, refused) : null
    // Every application has its user profiles and messages: what nobody names has to be of everyday use.
    if (found !== null) return refused !== null || found.isNamed || isCommonService(found.service) ? found : null
    const ofRefused = refused === null ? null : withNoun(operationVerb, words, refused)
    if (ofRefused !== null) return ofRefused
  }
  return null
}

/** The service in front of its noun, `IAM Role`, or named beside it. */
function inService(verb: string, words: readonly string[], place: string | null): ToolOperation | null {
  if (place !== null) return withNoun(verb, words, place)
  for (let count = Math.min(3, words.length - 1); count > 0; count--) {
    const service = prefixFor(words.slice(0, count).join(' '))
    const found = service === null ? null : withNoun(verb, words.slice(count), service)
    if (found !== null) return found
  }
  return null
}

const withNoun = (verb: string, words: readonly string[], service: string): ToolOperation | null => {
  // EC2 deletes an endpoint by a call for many.
  const operation = [...nounsOf(verb, words), ...nounsOf(verb, words).map((name) => `${name}s`)].find((name) =>
    has(service, name),
  )
  return operation === undefined ? null : { service, operation }
}

interface Alone extends ToolOperation {
  /** The words in front are the service's name. */
  readonly isNamed: boolean
}

/** Nouns of one word are many services' own: `Cluster`, `Project`. */
function alone(verb: string, words: readonly string[], refused: string | null): Alone | null {
  for (let from = 0; from <= Math.min(2, words.length - 2); from++) {
    const skipped = words.slice(0, from).join(' ')
    const isService = skipped === '' || prefixFor(skipped) !== null
    for (const operation of nounsOf(verb, words.slice(from))) {
      const service = serviceOfOperation(operation, refused)
      if (service !== null && (isService || service.startsWith(skipped.toLowerCase())))
        return { service, operation, isNamed: skipped !== '' }
    }
  }
  return null
}

/** Named like calls of S3, which only S3 on Outposts has. */
const elsewhere: ReadonlySet<string> = new Set(['GetBucket'])

const has = (service: string, operation: string): boolean =>
  !elsewhere.has(operation) && hasOperation(service, operation)

/** These take lists, whatever the tool wanted of them. */
const ofMany: ReadonlySet<string> = new Set(['Describe', 'List', 'Run'])

const nounsOf = (verb: string, words: readonly string[]): readonly string[] => {
  const name = verb + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return ofMany.has(verb) ? [`${name}s`, name] : [name]
}
