import { parseArn } from '../../iam/arn.ts'
import { none, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import { kmsKeyPolicyForService, ofAws } from './kms.ts'

/** An alarm cannot notify a topic whose key does not know CloudWatch; a secret's default key stays in its account. */
export function keyToldByService(s: Situation): readonly Finding[] {
  if (s.has('foreign-default-key')) return [ofAws(s, ['kms:Decrypt'])]
  const told = s.denial.clues.find(({ kind }) => kind === 'service-lacks-key')?.values
  if (told?.['service'] !== undefined) {
    const service = told['service'].replace('<Region>', s.region ?? '<Region>')
    return [kmsKeyPolicyForService(s, service, (told['actions'] ?? 'kms:Decrypt').split(' '), 'stated')]
  }
  if (s.has('log-group-key')) return [logGroupKey(s)]
  if (!s.has('alarm-topic-key')) return none
  return [kmsKeyPolicyForService(s, 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], 'stated')]
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logGroupKey(s: Situation): Finding {
  const group = s.told('log-group-key', 'logGroup')[0]
  const region = parseArn(group ?? '')?.region ?? s.region ?? '<Region>'
  const actions = ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*']
  return kmsKeyPolicyForService(s, `logs.${region}.amazonaws.com`, actions, 'possible', {
    ArnEquals: {
      'kms:EncryptionContext:aws:logs:arn':
        group ?? `arn:${s.partition}:logs:${region}:${s.callerAccount ?? '<AccountId>'}:log-group:<LogGroupName>`,
    },
  })
}
