import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isAccountId, parseArn } from '../../iam/arn.ts'
import { keyOfBackupCopy } from './backup-copy.ts'
import { inOrder, keyOf, kmsBehindService, kmsKeyPolicy, launchActions, ofAws, refusedByHandedKey } from './kms.ts'

const told = (s: Situation): string | null => s.told('kms-key-told', 'key')[0] ?? null

/** The key is of another account than the one that is told: without its own policy nothing else counts. */
const isOfAnother = (s: Situation): boolean => {
  const owner = parseArn(keyOf(s))?.account
  return isAccountId(owner) && s.told('account-named', 'account').some((account) => account !== owner)
}

/** What programs print for a key that nobody set. */
const isUnset = (key: string | null): boolean => /^(?:None|null|nil|undefined)$/u.test(key ?? '')

/**
 * A copy of a snapshot reads it with the one key and writes it with another, each of which the caller has to be let use.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
 */
export function snapshotKeyRefused(s: Situation): readonly Finding[] {
  if (!s.has('kms-key-inaccessible') || s.has('launch-failed', 'auto-scaling-at-work')) return none
  const ofBackup = keyOfBackupCopy(s)
  if (ofBackup.length > 0) return ofBackup
  const ofSnapshot = /Snapshot|CopyImage/u.test(s.operation ?? '') || s.has('snapshot-key-told')
  if (!ofSnapshot && s.service !== 'rds') return none
  const own = kmsBehindService(s, launchActions, 'possible', ofSnapshot ? 'snapshot' : 'resource')
  const refused = refusedByHandedKey(s, launchActions)
  const others = kmsKeyPolicy(s, launchActions, 'possible')
  const lacking =
    refused !== null ? [refused, own] : isOfAnother(s) ? [others, own] : inOrder(s, launchActions, own, others)
  const key = told(s)
  if (!isUnset(key)) return lacking
  const unset = finding(
    'resource-not-found-as-denied',
    'possible',
    [act('not-iam', 'pass-the-name', { unset: key ?? '' })],
    {
      what: 'key',
      unset: key,
    },
  )
  return [unset, ...lacking]
}

/** `KMS.…`: it is the key that is not there, not what it should encrypt. */
export function keyNotFound(s: Situation): readonly Finding[] {
  const resource = told(s) ?? keyOf(s)
  return [
    finding('resource-not-found', 'stated', [act('not-iam', 'check-resource-exists', { what: 'key', resource })], {
      errorCode: s.denial.errorCode,
      what: 'key',
      resource,
    }),
  ]
}

/**
 * EC2 looks at the key before it copies, and names the default one whatever key it was. AWS's own keys stay in their
 * account. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
 */
export function copyKeyUndescribed(s: Situation): readonly Finding[] {
  if (!s.has('copy-key-undescribed')) return none
  const ofBackup = keyOfBackupCopy(s)
  const actions = ['kms:DescribeKey', ...launchActions.filter((action) => action !== 'kms:DescribeKey')]
  if (ofBackup.length > 0) return ofBackup
  return [kmsBehindService(s, actions, 'possible', 'snapshot'), ofAws(s, actions)]
}
