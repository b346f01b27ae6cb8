import type { Evidence } from '../../evidence/evidence.ts'
import { statementsOf } from '../statements.ts'
import { finding, none, type Finding } from '../finding.ts'
import { fix } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { FixStep } from '../../remedy/fix.ts'

type Unattached = Evidence['unattached'][number]

const steps: Readonly<Record<Unattached['why'], FixStep>> = {
  'not-attached': 'attach-existing-policy',
  'not-default-version': 'set-default-version',
  'group-without-user': 'rejoin-group',
}

/** A policy that was read would grant the request, and does not apply to the caller. */
export function unattachedRead(s: Situation, alternative = true): readonly Finding[] {
  const known = s.evidence.unattached.toSorted((a, b) => Number(isMeant(b)) - Number(isMeant(a)))[0]
  if (known === undefined) return none
  return [
    finding(
      'policy-not-attached',
      'evaluated',
      [
        fix({
          kind: 'other',
          step: steps[known.why],
          values: { policy: known.name, policyArn: known.arn, version: known.version ?? '' },
          owner: 'identity-owner',
          alternative,
          command: commandFor(s, known),
        }),
      ],
      { policy: known.name, policyArn: known.arn, why: known.why, version: known.version },
    ),
  ]
}

/** The policy was made for just this, so that a statement of its own would be a second copy. */
export const unattachedInstead = (s: Situation): readonly Finding[] =>
  s.evidence.unattached.some(isMeant) && s.layer('identity-based')?.blocking === true && isImplicit(s)
    ? unattachedRead(s, false)
    : none

const isImplicit = ({ denial }: Situation): boolean =>
  denial.effect !== 'explicit' && (denial.policyType === null || denial.policyType === 'identity-based')

/** A version or group that was changed for it, or a policy that names actions and resources: never one for everything. */
function isMeant({ why, name, document }: Unattached): boolean {
  if (why !== 'not-attached') return true
  const allows = statementsOf({ 'identity-based': [{ name, document }] }, 'identity-based')
  return allows.every(
    ({ actions, resources, effect }) =>
      effect === 'Deny' ||
      (actions.length > 0 &&
        actions.every((action) => !/^(?:\*|[\w-]+:\*)$/u.test(action)) &&
        !resources.includes('*')),
  )
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

function commandFor(s: Situation, { why, arn, version }: Unattached): string | null {
  const [kind, name = ''] = s.principalLabel.split('/')
  if (name.includes('<')) return null
  switch (why) {
    case 'not-default-version':
      return version === null
        ? null
        : `aws iam set-default-policy-version --policy-arn ${quoted(arn)} --version-id ${quoted(version)}`
    case 'group-without-user':
      return `aws iam add-user-to-group --user-name ${quoted(name)} --group-name ${quoted(arn.slice(arn.lastIndexOf('/') + 1))}`
    case 'not-attached':
      return kind === 'user'
        ? `aws iam attach-user-policy --user-name ${quoted(name)} --policy-arn ${quoted(arn)}`
        : `aws iam attach-role-policy --role-name ${quoted(name)} --policy-arn ${quoted(arn)}`
  }
}
