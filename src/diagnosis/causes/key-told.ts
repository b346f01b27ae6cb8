import { parseArn } from '../../iam/arn.ts'
import { none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isKeyHandedOver } from './handed-key.ts'
import { kmsKeyPolicyForService, ofAws } from './kms.ts'
import { servicePrincipal } from './service-delivery.ts'

/** An alarm cannot notify a topic whose key does not know CloudWatch; a secret's default key stays in its account. */
export function keyToldByService(s: Situation): readonly Finding[] {
  if (s.has('foreign-default-key')) {
    // The message itself says that it is AWS's key; who shares the secret lacks nothing.
    const found = ofAws(s, ['kms:Decrypt'])
    return [{ ...found, confidence: 'stated', facts: { ...found.facts, why: 'key-of-aws' } }]
  }
  const told = s.denial.clues.find(({ kind }) => kind === 'service-lacks-key')?.values
  if (told?.['service'] !== undefined) {
    const service = told['service'].replace('<Region>', s.region ?? '<Region>')
    const key = kmsKeyPolicyForService(s, service, (told['actions'] ?? 'kms:Decrypt').split(' '), 'stated')
    return told['or'] === 'bucket' ? keyOrBucket(s, key) : [key]
  }
  if (s.has('log-group-key')) return [logGroupKey(s)]
  const deliverer = delivererRefusedByKey(s)
  if (deliverer !== null) return [keyOfDestination(s, deliverer)]
  if (!s.has('alarm-topic-key')) return none
  return [keyOfDestination(s, 'cloudwatch.amazonaws.com')]
}

/**
 * CloudTrail names the bucket and the key in one breath: what is read of the bucket's policy tells which of them it is.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
function keyOrBucket(s: Situation, key: Finding): readonly Finding[] {
  if (isKeyHandedOver(s)) return [key]
  const bucket = servicePrincipal(s).filter(({ code }) => code !== 'kms-key-policy')
  const sure = bucket.filter(({ confidence }) => confidence !== 'possible')
  if (sure.length > 0) return [...sure, { ...key, confidence: 'possible' }]
  return s.wasRead('resource-based') ? [key] : [{ ...key, confidence: 'possible' }, ...bucket]
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services */
const forDelivery = ['kms:Decrypt', 'kms:GenerateDataKey*']

/** The key's policy lets the service in; where the key is AWS's own, nobody edits that, and it takes another key. */
function keyOfDestination(s: Situation, service: string): Finding {
  const found = kmsKeyPolicyForService(s, service, forDelivery, 'stated')
  if (s.has('aws-managed-key-told')) return found
  return { ...found, fixes: [...found.fixes, act('other', 'use-customer-managed-key', {}, { alternative: true })] }
}

/** A service that could not deliver to a topic, a queue or a bucket, and it was KMS that refused it. */
function delivererRefusedByKey(s: Situation): string | null {
  // Retold in another language the error keeps the name of the service, and its label goes.
  const isOfKey = s.service === 'kms' || s.service === null
  if (!isOfKey || s.denial.principal !== null || !s.has('kms-access-code')) return null
  const told = s.denial.clues.find(({ kind }) => kind === 'service-not-allowed')?.values
  return told?.['action'] !== undefined && /^(?:sns|sqs|s3):/u.test(told['action']) ? (told['service'] ?? null) : null
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
