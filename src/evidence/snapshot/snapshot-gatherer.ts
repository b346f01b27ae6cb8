import type { RequestContext } from '../../iam/request.ts'
import { isTrustAction } from '../../iam/trust-actions.ts'
import type { DeniedRequest } from '../../requests/denied-request.ts'
import { concernOf } from '../concern.ts'
import { combine, type EvidencePart } from '../evidence-part.ts'
import type { Evidence, Gap } from '../evidence.ts'
import { awsEvaluationPasted } from '../decoded-message.ts'
import { parseDocument } from '../document.ts'
import { callerPart, unseenCaller } from '../principal-record.ts'
import type { EvidenceGatherer, EvidenceQuestion } from '../question.ts'
import { withRequested } from '../requested.ts'
import { canBeAccount, subjectOf, type Subject } from '../subject.ts'
import { targetsOf, type ResourceTarget } from '../target.ts'
import { withoutPrincipalPolicies } from '../without-policies.ts'
import { otherOwner, rcpsAlone, withoutRcps } from '../owners-guardrails.ts'
import { organizationInSnapshot } from './organization.ts'
import { principalInSnapshot, unattachedInSnapshot } from './principal.ts'
import type { SnapshotIndex } from './snapshot-index.ts'
import type { SnapshotStore } from './snapshot-store.ts'

interface Reader {
  readonly index: SnapshotIndex
  readonly source: 'snapshot' | 'sample'
}

interface Match {
  readonly account: string
  readonly byNameOnly: boolean
}

/** Evidence from a dump of IAM, with whatever else the dump holds. */
export function snapshotGatherer(
  store: SnapshotStore,
  source: 'snapshot' | 'sample',
  now: () => number,
): EvidenceGatherer {
  return {
    source,
    collect: (question) => {
      const reader = { index: store.index(), source }
      const parts = read(reader, question)
      const outdated: EvidencePart = store.outdated() ? { facts: { 'snapshot-outdated': true } } : {}
      return Promise.resolve(withRequested(combine([...parts, outdated]), question.requested, now(), question))
    },
    close: () => {
      store.close()
      return Promise.resolve()
    },
  }
}

function read(reader: Reader, { denial, requests }: EvidenceQuestion): readonly EvidencePart[] {
  const subject = subjectOf(denial, requests[0]?.principal)
  const match = subject === null ? null : matchIn(reader.index, subject)
  const concern = concernOf(denial, match?.account ?? subject?.account ?? null)
  const targets = targetsOf(requests).filter(concern.resource)
  return [
    ...(subject === null ? [] : [caller(reader, subject, match, requests)]),
    ...organization(reader, match?.account ?? subject?.account ?? null, requests, concern.organization),
    ...targets.map((target) => resource(reader, target)),
    awsEvaluationPasted(denial),
  ]
}

/** The account in which the principal is looked for: the one named, or the only one that has such a name. */
function matchIn(index: SnapshotIndex, subject: Subject): Match | null {
  if (subject.account !== null)
    return index.accounts.has(subject.account) ? { account: subject.account, byNameOnly: false } : null
  if (subject.kind === 'none') return null
  const [account, ...others] = index.accountsWith(subject.kind, subject.name)
  return account === undefined || others.length > 0 ? null : { account, byNameOnly: true }
}

function caller(
  reader: Reader,
  subject: Subject,
  match: Match | null,
  requests: readonly DeniedRequest[],
): EvidencePart {
  if (subject.kind === 'none') return withoutPrincipalPolicies
  const reason = subject.account !== null && match === null ? 'not-configured' : 'not-found'
  const found = match === null ? null : principalInSnapshot(reader.index, subject.kind, match.account, subject.name)
  if (match === null || found === null) {
    const gap = { reason, statement: null, account: subject.account } as const
    return {
      caller: unseenCaller(subject, match === null ? null : false),
      gaps: [
        { about: 'identity-based', policyType: 'identity-based', ...gap },
        { about: 'permissions-boundary', policyType: 'permissions-boundary', ...gap },
      ],
    }
  }
  return {
    ...callerPart(found, subject, reader.source, match.byNameOnly),
    unattached: unattachedInSnapshot(reader.index, found.record, match.account, requests),
  }
}

/** What the file holds costs nothing to read: a Deny that came after the message shows too. */
function organization(
  { index, source }: Reader,
  account: string | null,
  requests: readonly DeniedRequest[],
  isNeeded: boolean,
): readonly EvidencePart[] {
  const partOf = (of: string | null): EvidencePart =>
    (of === null ? null : organizationInSnapshot(index, of, source)) ??
    (isNeeded ? { gaps: [notIn('service-control', of), notIn('resource-control', of)] } : {})
  const owner = otherOwner(requests, account)
  return owner === null ? [partOf(account)] : [withoutRcps(partOf(account)), rcpsAlone(partOf(owner))]
}

const notIn = (type: NonNullable<Gap['policyType']>, account: string | null): Gap => ({
  about: type,
  policyType: type,
  reason: 'not-configured',
  statement: null,
  account,
})

function resource(reader: Reader, target: ResourceTarget): EvidencePart {
  const stamp = { source: reader.source, readAt: reader.index.readAt }
  if (target.service === 'iam-role') return role(reader, target)
  const document = reader.index.resourcePolicy(target.arn)
  if (document === undefined) return { gaps: [notIn('resource-based', target.account)] }
  return {
    source: reader.source,
    policies: {
      'resource-based':
        document === null ? null : [{ name: target.name, arn: target.arn, document: parseDocument(document) }],
    },
    sources: { 'resource-based': stamp },
    ...(target.account === null ? {} : { resourceAccount: target.account }),
  }
}

/** The role to be assumed, or to be passed. */
function role(reader: Reader, target: ResourceTarget): EvidencePart {
  const found =
    target.account === null ? null : principalInSnapshot(reader.index, 'role', target.account, target.name)?.record
  const type = 'role-trust' as const
  if (found === null || found === undefined) {
    const inSnapshot = canBeAccount(target.account) && reader.index.accounts.has(target.account)
    return {
      facts: inSnapshot ? { 'target-role': { arn: target.arn, exists: false } } : {},
      gaps: isTrustAction(target.action)
        ? [{ ...notIn(type, target.account), reason: inSnapshot ? 'not-found' : 'not-configured' }]
        : [],
    }
  }
  const facts = { 'target-role': { arn: found.arn, exists: true } }
  if (!isTrustAction(target.action)) return { facts }
  return {
    source: reader.source,
    policies: { [type]: found.trust === null ? null : [found.trust] },
    sources: { [type]: { source: reader.source, readAt: reader.index.readAt } },
    facts,
    context: resourceTags(found.tags),
    ...(target.account === null ? {} : { resourceAccount: target.account }),
  }
}

const resourceTags = (tags: Readonly<Record<string, string>>): RequestContext =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  )

export const emptyGatherer = (now: () => number): EvidenceGatherer => ({
  source: 'none',
  collect: ({ denial, requests, requested }: EvidenceQuestion): Promise<Evidence> =>
    Promise.resolve(withRequested(combine([awsEvaluationPasted(denial)]), requested, now(), { denial, requests })),
  close: () => Promise.resolve(),
})
