import { parseArn } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import { finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { simple, type Answer } from './answer.ts'
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
  iam: 'iam:PassRole',
  ecr: 'ecr:BatchGetImage',
}

export const partitionFault: Answer = (s) => {
  const found = s.told('partition-not-valid', 'resource')[0] ?? s.denial.resource ?? ''
  const arn = parseArn(found)
  const partition =
    arn?.region.startsWith('us-gov') === true
      ? 'aws-us-gov'
      : arn?.region.startsWith('cn-') === true
        ? 'aws-cn'
        : s.partition !== 'aws'
          ? s.partition
          : '<Partition>'
  const wanted = found.replace(/^arn:[a-z-]+:/u, `arn:${partition}:`)
  const action = ownValue(readActions, arn?.service ?? '') ?? `${arn?.service ?? '<service>'}:<Action>`
  const fix = addToIdentity(s, [action], [wanted])
  return [
    finding(
      'wrong-partition',
      'stated',
      [{ ...fix, kind: 'edit-statement', step: 'correct-malformed-policy', readiness: 'needs-review' }],
      { found, wanted, difference: 'partition' },
    ),
  ]
}

export const malformed: Answer = (s) =>
  s.has('partition-not-valid')
    ? partitionFault(s)
    : s.has('unique-id-principal', 'invalid-principal')
      ? stalePrincipal(s)
      : simple('quota-exceeded', 'other', 'correct-malformed-policy')(s)
