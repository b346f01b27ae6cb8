import type { Fix } from '../remedy/fix.ts'
import { buildRemedies } from '../remedy/build.ts'
import { companionsOf } from '../remedy/next.ts'
import { callerReport } from './caller-report.ts'
import { checkOf } from './checks.ts'
import { decide } from './decide.ts'
import { diagnosisId } from './diagnosis-id.ts'
import type { Cause, Diagnosis, Facts, NextDenial } from './diagnosis.ts'
import { facts, type Finding } from './finding.ts'
import { hintsOf } from './hints.ts'
import { readSituation, type DiagnosisInput, type Situation } from './situation.ts'

/** Why a request was denied, what puts it right, and what comes next. Pure. */
export function diagnose(input: DiagnosisInput): Diagnosis {
  const s = readSituation(input)
  const { denial, requests, evidence, verdict } = input
  const causes = decide(s).map((finding) => causeOf(s, finding))
  return {
    id: diagnosisId(s),
    denial,
    requests,
    caller: callerReport(s),
    verdict,
    causes,
    next: nextOf(s, causes),
    hints: hintsOf(s, causes),
    evidence,
  }
}

const causeOf = (s: Situation, finding: Finding): Cause => ({
  code: finding.code,
  confidence: s.evidence.awsEvaluation !== null && finding.confidence === 'evaluated' ? 'verified' : finding.confidence,
  facts: { ...commonFacts(s), ...finding.facts },
  check: checkOf(s, finding),
  remedies: remediesOf(s, finding.fixes),
})

const remediesOf = (s: Situation, fixes: readonly Fix[]) =>
  buildRemedies(fixes, { denial: s.denial, requests: s.requests, evidence: s.evidence, catalogue: s.catalogue })

const commonFacts = (s: Situation): Facts =>
  facts({
    principal: s.denial.roleOrUserName === null ? s.denial.principal : s.principalLabel,
    action: s.action,
    resource: s.resource ?? s.denial.resource,
    service: s.service ?? s.denial.service,
    account: s.callerAccount,
    operation: s.operation,
  })

/** Denials to expect after a fix; nothing where no policy is the matter. */
const nextOf = (s: Situation, causes: readonly Cause[]): readonly NextDenial[] => {
  if (s.request === null || causes[0] === undefined || causes[0].remedies.every(({ statement }) => statement === null))
    return []
  return companionsOf(s.request, s.catalogue)
}
