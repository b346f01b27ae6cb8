/**
 * The evaluation engine: a request and policies in, a verdict out, as AWS decides. Pure and synchronous: no I/O, no
 * clock, no environment, and no words for people. It never throws over a policy, and what is unknown stays unknown.
 */
import type { Policies } from '../iam/policies.ts'
import type { AccessRequest } from '../iam/request.ts'
import type { CompiledPolicies } from './compile.ts'
import { consider } from './consider.ts'
import { decide } from './decide.ts'
import { reportVerdict } from './report.ts'
import type { Verdict } from './verdict.ts'

/**
 * Evaluates a request. A policy type that is absent or `null` does not apply (identity-based: is empty), `'unknown'`
 * applies but was not read.
 */
export const evaluate = (request: AccessRequest, policies: Policies | CompiledPolicies): Verdict => {
  const considered = consider(request, policies)
  return reportVerdict(considered, decide(considered), [])
}
