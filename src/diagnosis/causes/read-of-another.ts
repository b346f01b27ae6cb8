import { parseArn } from '../../iam/arn.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { namesCaller, type Situation } from '../situation.ts'

/** The name of the role or user behind the ARN that AWS prints of a caller, or that stands in a configuration. */
const nameIn = (arn: string): string | null => {
  const [kind, ...rest] = parseArn(arn)?.resource.split('/') ?? []
  if (kind === 'assumed-role') return rest[0] ?? null
  return kind === 'role' || kind === 'user' ? (rest.at(-1) ?? null) : null
}

/**
 * The policies that were read let the request through, and the text shows a principal beside the one that AWS refused:
 * that is whose policies these are, and other credentials were found before its own.
 */
export function readOfAnother(s: Situation): readonly Finding[] {
  const called = s.denial.roleOrUserName
  if (called === null || !namesCaller(s) || s.denial.effect === 'explicit') return none
  const shown = [...s.told('identity-shown', 'arn'), ...s.told('task-role-defined', 'role')].map(nameIn)
  const expected = shown.find((name) => name !== null && name !== called)
  // It is shown as the caller as well: then the text tells of both.
  if (expected == null || shown.includes(called)) return none
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', { expected })], {
      why: 'expected-other',
      expected,
    }),
  ]
}
