import { parseArn } from '../../iam/arn.ts'
import type { Unknown } from '../../verdict/verdict.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { aws } from '../look-ups.ts'
import { hiddenResource, type Situation } from '../situation.ts'
import { resourcesFor } from './resources-for.ts'

/*
 * Somebody took an account or a name out of the message before showing it, and a policy that was read allows the call
 * under one account or name: whether that was the one, only who has the whole message can tell.
 */

const isHidden = (text: string): boolean => /<[^<>]{1,60}>/u.test(text)

/** Which part of an ARN is hidden first. */
const hiddenPartOf = (arn: string): 'account' | 'region' | 'name' => {
  const { account = '', region = '' } = parseArn(arn) ?? {}
  return isHidden(account) ? 'account' : isHidden(region) ? 'region' : 'name'
}

export function hangsOnHidden(s: Situation): readonly Finding[] {
  if (s.denial.effect !== null || s.action === null || s.verdict?.decision !== 'unknown') return none
  if (s.verdict.policyTypes.some(({ blocking }) => blocking)) return none
  const open = s.verdict.policyTypes
    .filter(({ type, result }) => result === 'unknown' && (type === 'identity-based' || type === 'resource-based'))
    .flatMap(({ unknowns }) => unknowns)
  // A Deny that is open, or a condition, is told as what it is.
  if (open.length === 0 || open.some((one) => one.effect === 'Deny' || one.kind === 'context-key')) return none
  const resource = hiddenResource(s)
  const found = resource === null ? undefined : open.find(({ kind }) => kind === 'resource')
  return found === undefined ? none : [ofResource(s, s.action, found, resource ?? '')]
}

function ofResource(s: Situation, action: string, open: Unknown, shown: string): Finding {
  const hidden = hiddenPartOf(shown)
  const command = hidden === 'account' && s.callerAccount === null ? whichAccount() : null
  return finding(
    'undetermined',
    'evaluated',
    [
      act('other', 'fetch-details', { hidden }, { command }),
      addToIdentity(s, [action], resourcesFor(s, action, null), { alternative: true }),
    ],
    {
      policyType: open.policyType,
      effect: open.effect,
      policy: open.policy,
      statement: open.statement + 1,
      sid: open.sid,
      hidden,
      wanted: open.values[0],
    },
  )
}

const whichAccount = (): string => aws('sts get-caller-identity --query Account --output text')
