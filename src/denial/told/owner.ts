import type { Denial } from '../denial.ts'

/*
 * Whose policy it is, as far as a template or a program tells.
 */

export interface Owner {
  /** Of templates and programs: what makes the policy, and not only shows it. */
  readonly isMade: boolean
  readonly kind: 'role' | 'user' | null
  /** The name in IAM, where it is written out. */
  readonly name: string | null
  /** The name within a CloudFormation template. */
  readonly logicalId: string | null
  /** What tells it from other owners in the same text. */
  readonly apart: string | null
}

export const nobody: Owner = { isMade: false, kind: null, name: null, logicalId: null, apart: null }

const wordsBefore = 4000
const wordsAfter = 600

/** A resource of CloudFormation: the key, and the type right below it. */
const cloudFormation = /\b([A-Za-z0-9]{1,255})["']?:\s{0,40}\{?\s{0,40}["']?Type["']?:\s{0,4}["']?(AWS::\w+::\w+)/g
const typeAlone = /^[ \t]*["']?Type["']?:[ \t]*["']?(AWS::\w+::\w+)/gm
/** A resource of Terraform. */
const terraform = /^[ \t]*resource\s{1,4}"(aws_\w{1,80})"\s{1,4}"([\w-]{1,80})"\s{0,4}\{/gm

/** Where a template or a program ends: at a fence, or at words after an empty line. */
const words = /^[ \t]*```|\n[ \t]*\r?\n(?![\w"'-]{1,80}:)[A-Za-z][\w'\u2019,]* [\w'\u2019,]+ \w/gm

const roleName = /\bRoleName["']?:[ \t]*["']?([\w+=,.@-]{1,64})["']?[ \t]*,?[ \t]*$/m
const userName = /\bUserName["']?:[ \t]*["']?([\w+=,.@-]{1,64})["']?[ \t]*,?[ \t]*$/m

/** Kinds of resources whose policies let principals in, or are those of principals. */
const withPolicies =
  /^AWS::(?:IAM::(?:Role|Policy|ManagedPolicy|RolePolicy|UserPolicy|User|Group|GroupPolicy)|Serverless::\w+|S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy|KMS::Key|SecretsManager::ResourcePolicy|ECR::Repository|Lambda::Permission)$/
const othersInTerraform = /^aws_(?:organizations|vpc_endpoint|ssoadmin|iam_account|api_gateway|glacier|backup)\w*$/

/** `null`: a policy of another type. */
export function ownerAt(text: string, [start, end]: readonly [number, number]): Owner | null {
  const whole = text.slice(Math.max(0, start - wordsBefore), start)
  const before = whole.slice([...whole.matchAll(words)].at(-1)?.index ?? 0)
  const [, logicalId, namedType] = [...before.matchAll(cloudFormation)].at(-1) ?? []
  const type = namedType ?? [...before.matchAll(typeAlone)].at(-1)?.[1]
  if (type !== undefined) {
    if (!withPolicies.test(type)) return null
    return ofCloudFormation(type, logicalId ?? null, `${since(before, type)}\n${untilNext(text, end)}`)
  }
  const [block, resource = '', name = ''] = [...before.matchAll(terraform)].at(-1) ?? []
  // A block at the margin ends the one before it.
  if (block === undefined || /^\}/m.test(since(before, block))) return nobody
  if (othersInTerraform.test(resource)) return null
  const kind = /^aws_iam_user/.test(resource) ? 'user' : /^aws_iam_role/.test(resource) ? 'role' : null
  const role = /^\s*role\s*=\s*(\S{1,200})/m.exec(`${since(before, block)}\n${text.slice(end, end + wordsAfter)}`)?.[1]
  return { ...nobody, isMade: true, kind, apart: role ?? name }
}

/** In code: `fn.addToRolePolicy(new iam.PolicyStatement(`, or the name of a data source. */
export function ownerInCode(text: string, start: number): Owner {
  const before = text.slice(Math.max(0, start - 120), start)
  const source = /^aws_iam_policy_document"\s{1,4}"([\w-]{1,80})"/.exec(text.slice(start, start + 120))?.[1]
  const receiver = /([\w.]{1,60})\.add_?[tT]o_?\w{0,20}\(\s*(?:new )?[\w.]{0,20}$/.exec(before)?.[1]
  return { ...nobody, isMade: true, apart: source ?? receiver ?? null }
}

const since = (before: string, mark: string): string => before.slice(before.lastIndexOf(mark) + mark.length)

const untilNext = (text: string, end: number): string => {
  const after = text.slice(end, end + wordsAfter)
  const next = /\bType["']?:[ \t]*["']?AWS::/.exec(after)
  return after.slice(0, next?.index)
}

function ofCloudFormation(type: string, logicalId: string | null, beside: string): Owner {
  if (/::(?:User|UserPolicy)$/.test(type))
    return { isMade: true, kind: 'user', name: userName.exec(beside)?.[1] ?? null, logicalId, apart: logicalId }
  const isOfRole = /^AWS::Serverless::|::(?:Role|RolePolicy)$/.test(type)
  return {
    isMade: true,
    kind: isOfRole ? 'role' : null,
    name: isOfRole ? (roleName.exec(beside)?.[1] ?? null) : null,
    logicalId: isOfRole ? logicalId : null,
    apart: logicalId,
  }
}

/** CloudFormation makes names of the stack, the logical ID and letters of its own. */
const generatedName = /-([A-Za-z0-9]+)-(?:[A-Z0-9]{10,13}|[A-Za-z0-9]{12})$/

/** Whether the owner is the one of this name; `null` where nothing tells. */
export function isNamed({ name, logicalId }: Owner, called: string | null): boolean | null {
  if (called === null) return null
  if (name !== null) return name === called
  const generated = generatedName.exec(called)?.[1]
  if (logicalId === null || generated === undefined) return null
  return generated.startsWith(logicalId) || logicalId.startsWith(generated)
}

/** Whether it can be a policy of such a caller. */
export const isOfKind = ({ kind }: Owner, { principalType }: Denial): boolean => {
  if (kind === null || principalType === null) return true
  return kind === 'user' ? principalType === 'user' : principalType === 'role' || principalType === 'assumed-role'
}
