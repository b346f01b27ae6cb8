import { isAccountId, parseArn } from '../../iam/arn.ts'
import { none, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import { leftOutFor } from './handed-key.ts'
import { kmsKeyPolicyForRole } from './kms.ts'

const use = ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey']
const grant = 'kms:CreateGrant'

/**
 * AWS Backup copies into another account under the service-linked role of that account. Its own policy lets it use keys
 * and is nobody's to change, so that only the policy of the source's key is left.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export function keyOfBackupCopy(s: Situation): readonly Finding[] {
  if (!s.has('backup-copy-told') || s.denial.principal !== null) return none
  const [key] = [...s.told('kms-key-told', 'key'), ...s.told('kms-key', 'key')]
  const owner = parseArn(key ?? '')?.account
  const taker = takerOf(s, isAccountId(owner) ? owner : null)
  if (taker === null) return none
  const role = `arn:${s.partition}:iam::${taker}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`
  const left = leftOutFor(s, [...use, grant], role)
  return [kmsKeyPolicyForRole(s, role, use, left === null || left.length === 0 ? 'possible' : 'evaluated')]
}

/** The account that takes the copy: whose vault stands beside the key of another; `null` where all is in one account. */
function takerOf(s: Situation, owner: string | null): string | null {
  const named = [...s.told('backup-vault-told', 'account'), ...s.told('account-named', 'account')]
  const [other, ...more] = [...new Set(named)].filter((account) => account !== owner)
  if (other !== undefined && owner !== null && more.length === 0) return other
  return more.length > 0 || s.has('cross-account-told') ? '<DestinationAccountId>' : null
}
