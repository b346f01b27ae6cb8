import { parseArn } from '../../iam/arn.ts'
import type { Unknown } from '../../verdict/verdict.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { aws } from '../look-ups.ts'
import { hiddenResource, type Situation } from '../situation.ts'
import { hiddenFacts, mayCover } from './hidden-arn.ts'
import { resourcesFor } from './resources-for.ts'
import { isShared } from './wrong-arn.ts'

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
  const open = s.verdict.policyTypes.filter(({ result }) => result === 'unknown').flatMap(({ unknowns }) => unknowns)
  // A Deny that is open, or a condition, is told as what it is.
  if (open.length === 0 || open.some((one) => one.effect === 'Deny' || one.kind === 'context-key')) return none
  const inPolicy = s.resource === null ? undefined : open.find((one) => hiddenValue(s.resource, one) !== undefined)
  if (inPolicy !== undefined) return [ofPolicy(s, s.action, inPolicy)]
  const resource = hiddenResource(s)
  const found = resource === null ? undefined : open.find(({ kind }) => kind === 'resource')
  return found === undefined ? none : [ofResource(s, s.action, found, resource ?? '')]
}

/** The ARN of which a part is hidden that may be the resource's. */
const hiddenValue = (resource: string | null, { kind, values }: Unknown): string | undefined =>
  resource === null || kind !== 'resource' ? undefined : values.find((arn) => mayCover(arn, resource))

function ofPolicy(s: Situation, action: string, open: Unknown): Finding {
  const found = hiddenFacts(hiddenValue(s.resource, open) ?? '')
  const place = { policy: open.policy, statement: String(open.statement + 1) }
  const told = { hidden: found.hidden, hiddenIn: found.hiddenIn, wanted: s.resource ?? '' }
  return finding(
    'undetermined',
    'evaluated',
    [
      act('other', 'fetch-details', { ...place, ...told }, { command: policyOfCaller(s, open) }),
      ...(open.policyType === 'identity-based'
        ? [addToIdentity(s, [action], resourcesFor(s, action, s.resource), { alternative: true })]
        : []),
    ],
    {
      policyType: open.policyType,
      effect: open.effect,
      policy: open.policy,
      statement: open.statement + 1,
      sid: open.sid,
      ...found,
      wanted: s.resource,
    },
  )
}

/** The document as AWS has it, where it is an inline policy of the caller's. */
function policyOfCaller(s: Situation, { policyType, policy, statement }: Unknown): string | null {
  const read = s.statements(policyType).find((one) => one.policy === policy && one.statement === statement)
  const isOwn = policyType === 'identity-based' && read !== undefined && !isShared(read)
  return isOwn && read.policyKind !== 'aws-managed' ? ownPolicyCommand(s, policy) : null
}

export function ownPolicyCommand({ principalLabel }: Situation, policy: string): string {
  const [kind = 'role', name = '<RoleName>'] = principalLabel.split('/')
  return aws(`iam get-${kind}-policy --${kind}-name`, name, '--policy-name', policy)
}

function ofResource(s: Situation, action: string, open: Unknown, shown: string): Finding {
  const hidden = hiddenPartOf(shown)
  const command = hidden === 'account' && s.callerAccount === null ? whichAccount() : null
  return finding(
    'undetermined',
    'evaluated',
    [
      act('other', 'fetch-details', { hidden }, { command }),
      ...(open.policyType === 'identity-based'
        ? [addToIdentity(s, [action], resourcesFor(s, action, null), { alternative: true })]
        : []),
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
