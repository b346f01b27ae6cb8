import type { Statement } from '../../iam/policy-document.ts'
import { finding, none, type Finding } from '../finding.ts'
import { editStatement, namedPrincipal } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import { arnFault, firstDifference, mended } from './arn-form.ts'
import { attachmentOf } from './attachments.ts'
import { missingObject } from './not-iam.ts'

/**
 * The bucket's policy names the bucket alone for an action on its objects, or the other way round: such a statement
 * matches nothing, whoever asks. S3's bare answer does not say so, and the policies of the caller were not read.
 */
export function bucketPolicyForm(s: Situation): readonly Finding[] {
  const { action, resource, denial } = s
  if (s.service !== 's3' || action === null || resource === null || s.wasRead('identity-based')) return none
  if (denial.policyType !== null || denial.effect !== null || s.layer('resource-based')?.result === 'explicitDeny')
    return none
  const allows = allowsOf(s, 'resource-based', action)
  if (allows.some((read) => coversResource(read, resource))) return none
  for (const read of allows) {
    const fault = read.conditions.length > 0 || !isForCaller(s, read) ? null : arnFault(resource, read)
    if (fault?.code !== 'object-arn-needed' && fault?.code !== 'bucket-arn-needed') continue
    const statement: Statement = {
      Effect: 'Allow',
      Principal: namedPrincipal(read.source.Principal, s.principalArn),
      Action: action,
      Resource: resource,
    }
    const edit = editStatement(s, read, statement, withResources(read, mended(read, fault)), {
      kind: 'resource-policy',
      attachTo: attachmentOf(s),
      readiness: 'needs-review',
    })
    return [
      finding(fault.code, 'possible', [edit], {
        found: fault.found,
        wanted: fault.wanted[0] ?? resource,
        kept: fault.instead === null ? 'yes' : null,
        difference: firstDifference(resource, fault.found),
        ...placeOf(read),
      }),
      ...missingObject(s),
    ]
  }
  return none
}

/** Nothing but the resource keeps the statement from counting, as far as the caller is told. */
const isForCaller = (s: Situation, { policy, statement }: { readonly policy: string; readonly statement: number }) =>
  s.principalArn === null ||
  s
    .layer('resource-based')
    ?.nearMisses.some(
      (miss) =>
        miss.policy === policy &&
        miss.statement === statement &&
        miss.because.every(({ element }) => element === 'Resource'),
    ) === true
