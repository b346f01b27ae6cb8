import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient } from '@aws-sdk/client-iam'
import { managedKind, type NamedPolicy } from '../../iam/policies.ts'
import { parseDocument } from '../document.ts'
import type { EvidenceCache, Life } from '../cache.ts'
import type { Calls } from './calls.ts'
import type { Outcome } from './outcome.ts'

export type ReadManagedPolicy = (arn: string) => Promise<Outcome<NamedPolicy>>

/** A version never changes: its document may be kept for long. Which one is the default may change any time. */
const versionLife: Life = { ttl: 24 * 3600, stale: 0 }

const life = ({ ok }: Outcome<unknown>): Life => (ok ? versionLife : { ttl: 0, stale: 0 })

/**
 * Reads managed policies in their default version, each once a reading; the documents come from the cache where they
 * were seen before.
 */
export function managedPolicyReader(iam: IAMClient, calls: Calls, cache: EvidenceCache): ReadManagedPolicy {
  const asked = new Map<string, Promise<Outcome<NamedPolicy>>>()

  async function read(PolicyArn: string): Promise<Outcome<NamedPolicy>> {
    const policy = await calls.make('iam:GetPolicy', (abortSignal) =>
      iam.send(new GetPolicyCommand({ PolicyArn }), { abortSignal }),
    )
    if (!policy.ok) return policy
    const { DefaultVersionId: VersionId = 'v1', PolicyName: name = PolicyArn } = policy.value.Policy ?? {}
    const version = await cache.get(`version~${PolicyArn}~${VersionId}`, { life }, () =>
      calls.make('iam:GetPolicyVersion', async (abortSignal) => {
        const answer = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }), { abortSignal })
        return parseDocument(answer.PolicyVersion?.Document)
      }),
    )
    if (!version.ok) return version
    return {
      ok: true,
      value: { name, arn: PolicyArn, kind: managedKind(PolicyArn), version: VersionId, document: version.value },
    }
  }

  return (arn) => {
    const reading = asked.get(arn) ?? read(arn)
    asked.set(arn, reading)
    return reading
  }
}
