import { parseArn, partitionOfRegion } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import { finding, type Finding, unchecked } from '../finding.ts'
import { act, addToIdentity, allow, allowTo, editStatement, fix } from '../fixes.ts'
import { withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { Answer } from './answer.ts'
import { stalePrincipal } from './recreated-principal.ts'

const readActions: Readonly<Record<string, string>> = {
  ssm: 'ssm:GetParameters',
  secretsmanager: 'secretsmanager:GetSecretValue',
  s3: 's3:GetObject',
  kms: 'kms:Decrypt',
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  dynamodb: 'dynamodb:GetItem',
  logs: 'logs:PutLogEvents',
  lambda: 'lambda:InvokeFunction',
  ecr: 'ecr:BatchGetImage',
}

export const partitionFault: Answer = (s) => {
  const found = s.told('partition-not-valid', 'resource')[0] ?? s.denial.resource ?? ''
  const arn = parseArn(found)
  const ofRegion = partitionOfRegion(arn?.region ?? '')
  const told = new Set(s.told('region-named', 'region').map(partitionOfRegion))
  // Regions of one partition alone tell where the call went.
  const [here = 'aws'] = told.size === 1 ? told : []
  const partition = [ofRegion, s.partition, here].find((one) => one !== 'aws') ?? '<Partition>'
  const inPartition = (one: string): string => one.replace(/^arn:[a-z-]+:/u, `arn:${partition}:`)
  const wanted = inPartition(found)
  const action = ownValue(readActions, arn?.service ?? '') ?? `${arn?.service ?? '<service>'}:<Action>`
  // The document itself, where it was read.
  const read = s.statements('identity-based').find(({ resources }) => resources.includes(found))
  const correct = { kind: 'edit-statement', step: 'correct-malformed-policy', readiness: 'needs-review' } as const
  const change =
    read === undefined
      ? addToIdentity(s, [action], [wanted])
      : editStatement(s, read, allow(read.actions, [wanted]), withResources(read, read.resources.map(inPartition)))
  return [
    finding('wrong-partition', 'stated', [{ ...change, ...correct }], {
      found,
      wanted: wanted.includes('<') && !partition.startsWith('<') ? `arn:${partition}:` : wanted,
      difference: 'partition',
    }),
  ]
}

/** The document itself is at fault: AWS checks it before it stores it, and nobody lacks a permission. */
const documentFault = (fault: string | null): Finding =>
  finding('other-system', 'stated', [act('not-iam', 'correct-policy-document', fault === null ? {} : { fault })], {
    system: 'policy-document',
  })

/**
 * KMS takes a key policy only from somebody who may set it again by that very policy.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
function keyPolicyLockout(s: Situation): readonly Finding[] {
  const action = 'kms:PutKeyPolicy'
  const account = s.callerAccount ?? '<AccountId>'
  const key = `arn:${s.partition}:kms:${s.region ?? '<Region>'}:${account}:key/*`
  const root = allowTo({ AWS: `arn:${s.partition}:iam::${account}:root` }, [action], ['*'])
  const found = finding(
    'kms-key-policy',
    'stated',
    [
      // It goes into the document that was sent: no key has it yet.
      fix({ kind: 'key-policy', step: 'allow-in-new-key-policy', statement: root, owner: 'caller' }),
      addToIdentity(s, [action], [key]),
    ],
    { kmsActions: action, why: 'lockout' },
  )
  // The call itself was not denied, so there is nothing to evaluate again.
  return [unchecked(s, found)]
}

export const malformed: Answer = (s) => {
  if (s.has('key-policy-lockout')) return keyPolicyLockout(s)
  if (s.has('partition-not-valid')) return partitionFault(s)
  const fault = s.told('policy-document-fault', 'fault')[0] ?? null
  if (fault === null && s.has('unique-id-principal', 'invalid-principal')) return stalePrincipal(s)
  return [documentFault(fault)]
}
