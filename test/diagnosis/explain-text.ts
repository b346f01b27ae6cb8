import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { noEvidence, type Evidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { buildReply } from '../../src/reply/build.ts'
import type { Reply } from '../../src/reply/schema.ts'
import { deriveRequests, prefixesOf } from '../../src/requests/derive.ts'
import type { Hints } from '../../src/requests/hints.ts'
import { ownersNamed } from '../../src/requests/owners-named.ts'
import { partitionOfPolicies } from '../../src/requests/partition.ts'
import { evaluateDenial } from '../../src/verdict/diagnosis-mode.ts'
import type { Locale } from '../../src/words/locale.ts'

/** The line from text to diagnoses without anything from outside. */
export async function diagnosesOf(
  text: string,
  policies: Policies = {},
  read: Partial<Evidence> = {},
  told: Hints = {},
): Promise<readonly Diagnosis[]> {
  const { denials, policies: policiesInText, guardrails: guardrailsInText } = parsePaste(text)
  const catalogue = await loadActionCatalogue(new Set(denials.flatMap((denial) => prefixesOf(denial, told))))
  const given = Object.keys(policies).length > 0
  const evidence: Evidence = { ...noEvidence, source: given ? 'request' : 'none', policies, ...read }
  const partition = partitionOfPolicies(policies)
  const hints = { ...told, owners: ownersNamed(policies), ...(partition === undefined ? {} : { partition }) }
  return denials.map((denial) => {
    const requests = deriveRequests(denial, catalogue, hints)
    const verdicts = requests.map((request) => evaluateDenial(denial, request, evidence))
    const main = Math.max(
      verdicts.findIndex(({ decision }) => decision !== 'allowed'),
      0,
    )
    const first = requests[main]
    const ordered = first === undefined ? [] : [first, ...requests.filter((_, index) => index !== main)]
    const inText = { policiesInText, guardrailsInText }
    return diagnose({ denial, requests: ordered, evidence, verdict: verdicts[main] ?? null, catalogue, ...inText })
  })
}

/** The answer to the first denial, as people get it. */
export async function answerOf(
  text: string,
  policies: Policies = {},
  read: Partial<Evidence> = {},
  locale: Locale = 'en',
): Promise<Reply['diagnoses'][number] | undefined> {
  const diagnoses = await diagnosesOf(text, policies, read)
  const reply = buildReply({
    ...{ diagnoses, plan: [], notes: [], locale, showPolicies: true },
    ...{ version: 'test', catalogueVersion: 'test' },
  })
  return reply.diagnoses[0]
}

/** The two sentences that answer the first denial. */
export async function summaryOf(...asked: Parameters<typeof answerOf>): Promise<string> {
  return (await answerOf(...asked))?.summary ?? ''
}

/** What the answer to the first denial would change, of all its causes. */
export async function remediesOf(text: string): Promise<string> {
  const [found] = await diagnosesOf(text)
  return JSON.stringify(found?.causes.flatMap(({ remedies }) => remedies) ?? [])
}
