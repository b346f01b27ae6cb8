import { isHiddenName } from '../iam/hidden-name.ts'
import { list, type Statement } from '../iam/policy-document.ts'
import type { Fix } from '../remedy/fix.ts'
import { buildRemedies } from '../remedy/build.ts'
import { companionsOf } from '../remedy/next.ts'
import { callerReport } from './caller-report.ts'
import { awsEvaluationOf, disagreement } from './causes/aws-evaluation.ts'
import { checkOf } from './checks.ts'
import { decide } from './decide.ts'
import { diagnosisId } from './diagnosis-id.ts'
import type { Cause, Diagnosis, Facts, NextDenial } from './diagnosis.ts'
import { unlessFarReaching } from './far-reaching.ts'
import { facts, type Finding } from './finding.ts'
import { hintsOf } from './hints.ts'
import { askedIn, regionOf } from './look-ups.ts'
import { identityGrants, readSituation, type DiagnosisInput, type Situation } from './situation.ts'
import { coversAction, coversResource } from './statements.ts'
import { withTold } from './told.ts'
import { unlessListed } from './unlisted.ts'

/** Why a request was denied, what puts it right, and what comes next. Pure. */
export function diagnose(input: DiagnosisInput): Diagnosis {
  const s = readSituation(input)
  const { denial, requests, evidence, verdict } = input
  const findings = withTold(s, input.policiesInText ?? [], decide)
  const causes = findings.map((finding) => causeOf(s, finding, alongsideOf(finding, findings)))
  return {
    id: diagnosisId(s),
    denial,
    requests,
    caller: callerReport(s),
    verdict,
    causes,
    next: nextOf(askedBy(s, findings[0]), causes),
    hints: hintsOf(s, causes),
    evidence,
  }
}

/** The answer and what else blocks for certain belong together; a candidate is looked at by itself. */
const alongsideOf = (finding: Finding, findings: readonly Finding[]): readonly Fix[] => {
  const blocking = findings.filter(
    ({ confidence, about }, index) => (index === 0 || confidence !== 'possible') && about === finding.about,
  )
  return blocking.includes(finding) ? blocking.flatMap((other) => (other === finding ? [] : other.fixes)) : []
}

const causeOf = (s: Situation, finding: Finding, alongside: readonly Fix[]): Cause => ({
  code: finding.code,
  confidence: finding.confidence === 'evaluated' && isConfirmedByAws(s, finding) ? 'verified' : finding.confidence,
  facts: { ...commonFacts(s), ...finding.facts },
  check: checkOf(s, finding),
  remedies: remediesOf(finding.about ?? s, finding.fixes, alongside),
})

/** AWS's own evaluation speaks of the denied request, not of one behind it, and comes to the same. */
const isConfirmedByAws = (s: Situation, { about }: Finding): boolean =>
  about === undefined && awsEvaluationOf(s) !== null && disagreement(s) === null

const remediesOf = (s: Situation, fixes: readonly Fix[], alongside: readonly Fix[]) =>
  buildRemedies(
    fixes.map((fix) => unlessFarReaching(s, unlessListed(s, inItsRegion(s, fix)))),
    {
      denial: s.denial,
      requests: s.requests,
      evidence: s.evidence,
      catalogue: s.catalogue,
      alongside,
    },
  )

const inItsRegion = (s: Situation, fix: Fix): Fix =>
  fix.command === null ? fix : { ...fix, command: askedIn(fix.command, regionOf(s, fix.command)) }

const commonFacts = (s: Situation): Facts =>
  facts({
    principal:
      s.denial.roleOrUserName === null || isHiddenName(s.denial.roleOrUserName) ? s.denial.principal : s.principalLabel,
    action: s.action,
    resource: s.resource ?? s.denial.resource,
    service: s.service ?? s.denial.service,
    account: s.callerAccount,
    operation: s.operation,
  })

/** The denied request, on the resource that the answer found it to be about. */
const askedBy = (s: Situation, answer: Finding | undefined): Situation =>
  answer?.about !== undefined && answer.about.action === s.action ? answer.about : s

/** Denials to expect after a fix; nothing where no policy is the matter. */
const nextOf = (s: Situation, causes: readonly Cause[]): readonly NextDenial[] => {
  if (s.request === null || causes[0] === undefined || causes[0].remedies.every(({ statement }) => statement === null))
    return []
  const isElsewhere = s.verdict?.assuming.some(({ code }) => code === 'resource-in-another-account') === true
  const { remedies } = causes[0]
  return companionsOf(s.request, s.catalogue, isElsewhere).filter(
    (next) =>
      !identityGrants(s, next.action, next.resource) &&
      !remedies.some(({ statement, alternative }) => !alternative && grants(statement, next, s.resource)),
  )
}

/** Whether the statement allows it already; the policy of a resource that names none speaks of its own. */
function grants(statement: Statement | null, { action, resource }: NextDenial, own: string | null): boolean {
  if (statement?.Effect !== 'Allow' || resource === null) return false
  const resources = list(statement.Resource)
  const reaches = resources.length === 0 ? resource === own : coversResource({ resources, notResources: [] }, resource)
  return reaches && coversAction({ actions: list(statement.Action), notActions: [] }, action)
}
