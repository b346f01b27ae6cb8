import { GetInstanceProfileCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import type { Json } from '../../../iam/json.ts'
import { parseDocument } from '../../document.ts'
import type { EvidencePart } from '../../evidence-part.ts'
import { canBeAccount } from '../../subject.ts'
import { isTrustAction } from '../../../iam/trust-actions.ts'
import { readCachedPrincipal } from '../readers.ts'
import { factPart, mapOutcome, policyPart, type ReadResource, type ResourceReading } from './reading.ts'

/** The role to be assumed or passed: is it there, whom does it trust, which tags has it. */
export const readTargetRole: ReadResource = async (reading) => {
  const { access, calls, target } = reading
  const outcome = await calls.make('iam:GetRole', (abortSignal) =>
    access.iam.send(new GetRoleCommand({ RoleName: target.name }), { abortSignal }),
  )
  const trust = isTrustAction(target.action)
  const missing = !outcome.ok && outcome.reason === 'not-found'
  const role = outcome.ok ? outcome.value.Role : undefined
  const facts: EvidencePart['facts'] = {
    ...(missing ? { 'target-role': { arn: target.arn, exists: false } } : {}),
    ...(role === undefined
      ? {}
      : {
          'target-role': {
            arn: role.Arn ?? target.arn,
            exists: true,
            trust: parseDocument(role.AssumeRolePolicyDocument ?? '') as Json,
          },
        }),
  }
  if (!trust) return { facts, ...(outcome.ok || missing ? {} : factPart(reading, 'target-role', outcome)) }
  const text = mapOutcome(outcome, ({ Role }) => JSON.stringify(parseDocument(Role?.AssumeRolePolicyDocument)))
  return {
    ...policyPart(reading, text, 'role-trust'),
    facts,
    context: Object.fromEntries(
      (role?.Tags ?? []).flatMap(({ Key, Value }) => [
        [`aws:ResourceTag/${Key ?? ''}`, Value ?? ''],
        [`iam:ResourceTag/${Key ?? ''}`, Value ?? ''],
      ]),
    ),
  }
}

export const readInstanceProfile: ReadResource = async (reading) => {
  const { access, calls, target } = reading
  const outcome = await calls.make('iam:GetInstanceProfile', (abortSignal) =>
    access.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: target.name }), { abortSignal }),
  )
  if (!outcome.ok) return factPart(reading, 'instance-profile-role', outcome)
  return roleFact(reading, 'instance-profile-role', outcome.value.InstanceProfile?.Roles?.[0]?.Arn)
}

/** A role that stands behind a resource, with its policies, so that they can be looked at too. */
export async function roleFact(reading: ResourceReading, fact: string, arn: string | undefined): Promise<EvidencePart> {
  if (arn === undefined || arn === '') return { facts: { [fact]: null } }
  const { readers, access, fresh } = reading
  const account = arn.split(':')[4]
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  if (!canBeAccount(account) || account !== access.account) return { facts: { [fact]: { arn, policies: null } } }
  const { record, gaps } = await readCachedPrincipal(readers, access, { kind: 'role', account, name }, fresh)
  const policies = record === null || record.identity === 'unknown' ? null : record.identity
  return {
    facts: { [fact]: { arn, policies: policies as unknown as Json } },
    gaps: gaps.map((gap) => ({ ...gap, about: fact, policyType: null })),
  }
}
