import { reservedPath } from '../../iam/reserved-path.ts'
import { hiddenArn } from '../hidden-arn.ts'
import type { RequestFacts } from '../request-facts.ts'
import { maybe, no, yes, type Truth } from '../truth.ts'
import type { ValueTest } from './value-tests.ts'

/**
 * A session's ARN has the name of its role and not the path: what lies between is open, unless the name is one that AWS
 * gives under a path of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
 */
export interface OpenPath {
  readonly head: string
  readonly name: string
}

/** `null` where the role is known with its path, or not at all; one whose account is masked is not known. */
export const openPathOf = (facts: RequestFacts): OpenPath | null => {
  const { roleArn, roleArnExact, callerAccount, inDiagnosis } = facts
  if (!inDiagnosis || roleArn === null || roleArnExact || callerAccount === null) return null
  if (hiddenArn(roleArn)?.[5]?.isHidden === true) return null
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  return { head: `${roleArn.slice(0, -name.length)}${reservedPath(name)}`, name }
}

/** What a wildcard takes and nothing else does, in two lengths, so that no `?` passes for one. */
const paths = ['', '\uffff/', '\uffff\uffff\uffff/']

/** `yes` and `no` only where every path gives that answer. */
export const testOpenPath = (one: ValueTest, path: OpenPath, facts: RequestFacts): Truth => {
  if (one.opened == null) return testShown(one, path, facts)
  return testShown(one.opened, path, facts) === no ? no : maybe
}

const testShown = ({ test, template }: ValueTest, { head, name }: OpenPath, facts: RequestFacts): Truth => {
  if (paths.every((path) => test(`${head}${path}${name}`, facts) === yes)) return yes
  const tokens = template?.tokens ?? []
  const [first, last] = [tokens[0], tokens.at(-1)]
  const begin = typeof first === 'string' ? first : ''
  const end = typeof last === 'string' ? last : ''
  if (tokens.length === 1 && begin !== '') return isOfPath(begin, head, name) ? maybe : no
  return (agrees(begin, head) || agrees(head, begin)) && endsAs(end, name) ? maybe : no
}

const agrees = (text: string, start: string): boolean => text.toLowerCase().startsWith(start.toLowerCase())

const isOfPath = (text: string, head: string, name: string): boolean =>
  agrees(text, head) && text.length >= head.length + name.length && endsAs(text.slice(head.length), name)

/** Whether a text that ends in this can end in the name, or in a path and the name. */
const endsAs = (end: string, name: string): boolean => {
  const [a, b] = [end.toLowerCase(), name.toLowerCase()]
  return b.endsWith(a) || a.endsWith(`/${b}`)
}
