import type { CauseCode } from '../diagnosis/cause-code.ts'
import { catalogue } from '../diagnosis/catalogue.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { ReplyCause, ReplyDiagnosis } from './schema.ts'

/** Permissions that a service keeps beside IAM's, and speaks of in its own words. */
const besideIam: ReadonlySet<CauseCode> = new Set(['bedrock-model-access', 'lake-formation', 'opensearch-fgac'])

/** AWS, or another system, says what it was, and it is none of IAM's policies: which of them were read is no matter. */
export function isNoPolicyMatter({ causes: [first, ...others] }: ReplyDiagnosis): boolean {
  if (first === undefined || !isBeside(first)) return false
  return first.confidence !== 'possible' || others.every(isBeside)
}

const isBeside = ({ code }: ReplyCause): boolean =>
  besideIam.has(code) || catalogue[code].doNot.includes('any-policy-change')

/** The policy types that said no: by the evaluation, else by the message. */
export function blamed({ denial, verdict }: ReplyDiagnosis): readonly PolicyType[] {
  const blocking = (verdict?.policyTypes ?? []).flatMap(({ type, blocking }) => (blocking ? [type] : []))
  return blocking.length > 0 || denial.policyType === null ? blocking : [denial.policyType]
}

/** What hangs on the principal, and is changed where the principal is managed. */
const ofPrincipal: ReadonlySet<PolicyType> = new Set(['identity-based', 'permissions-boundary'])

/** Who manages the principal is of use unless it is said that the refusal came from elsewhere. */
export function concernsPrincipal(diagnosis: ReplyDiagnosis): boolean {
  const types = blamed(diagnosis)
  return types.length === 0 || types.some((type) => ofPrincipal.has(type))
}
