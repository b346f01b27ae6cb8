import type { Verdict } from '../../src/verdict/verdict.ts'
import type { GeneratedCase } from '../property/generated-case.ts'

/** A kind of disagreement that is settled: what decides is written in DISAGREEMENTS.md under the same name. */
export interface Settled {
  readonly name: string
  /** Whether the case has what this kind of disagreement is about. */
  readonly concerns: (given: GeneratedCase, ours: Verdict, theirs: string) => boolean
}

interface Document {
  readonly Version?: string
}

/** Every document of the case as JSON text. */
const documents = ({ policies }: GeneratedCase): readonly string[] =>
  Object.values(policies).flatMap((given) =>
    given === 'unknown' || given === null || given === undefined
      ? []
      : given.flatMap((entry) =>
          'document' in entry
            ? [JSON.stringify(entry.document)]
            : entry.policies === 'unknown'
              ? []
              : entry.policies.map(({ document }) => JSON.stringify(document)),
        ),
  )

const some = (given: GeneratedCase, pattern: RegExp): boolean => documents(given).some((text) => pattern.test(text))

const isAbsent = (given: GeneratedCase, key: string): boolean =>
  (Object.entries(given.request.context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? null) ===
  null

export const settled: readonly Settled[] = [
  {
    name: 'trust-policy-required',
    concerns: ({ request, policies }) => request.action.startsWith('sts:') && policies['role-trust'] === undefined,
  },
  {
    name: 'federated-user-without-session-policy',
    concerns: ({ request, policies }) => request.principal.type === 'federated-user' && policies.session === undefined,
  },
  {
    name: 'rcp-not-for-retire-grant',
    concerns: ({ request, policies }) =>
      request.action === 'kms:RetireGrant' && policies['resource-control'] !== undefined,
  },
  {
    name: 'rcp-services',
    concerns: ({ request, policies }) =>
      request.action.startsWith('lambda:') && policies['resource-control'] !== undefined,
  },
  {
    name: 'variables-need-version-2012',
    concerns: (given) =>
      documents(given).some((text) => text.includes('${') && (JSON.parse(text) as Document).Version !== '2012-10-17'),
  },
  {
    name: 'open-deny-behind-a-missing-allow',
    concerns: (_, ours, theirs) =>
      ours.decision === 'implicitDeny' &&
      theirs === 'explicitDeny' &&
      ours.policyTypes.some(({ unknowns }) => unknowns.some(({ effect }) => effect === 'Deny')),
  },
  {
    name: 'for-any-value-if-exists',
    concerns: (given) => some(given, /foranyvalue:\w+ifexists/i),
  },
  {
    name: 'multivalued-key-without-set-operator',
    concerns: (given) => some(given, /"(?!for)\w+":\{"aws:tagkeys"/i),
  },
  {
    name: 'all-buckets',
    concerns: (given) => given.request.action === 's3:ListAllMyBuckets' && some(given, /:s3:::/),
  },
  {
    name: 'session-policy-and-direct-grant',
    concerns: ({ policies }, ours, theirs) =>
      policies.session !== undefined &&
      theirs === 'implicitDeny' &&
      /trust|resource-based/.test(String(ours.policyType)),
  },
  {
    name: 'scheme-that-is-not-arn',
    concerns: (given) => some(given, /"(?!arn:)[^":{}]*:[^":]*:[^":]*:[^":]*:[^":]*:[^"]*"/),
  },
  {
    name: 'block-of-all-addresses',
    concerns: (given) => some(given, /"(?:0\.0\.0\.0|::)\/0"/),
  },
  {
    name: 'epoch-seconds-and-dates',
    concerns: (given) =>
      some(given, /date\w+":\{"aws:currenttime"/i) &&
      /1782864000/.test(JSON.stringify([given.request.context, documents(given)])),
  },
  {
    name: 'wildcard-in-service-part',
    concerns: (given) => some(given, /"[^":]*:[^":]*:[^":]*[*?][^":]*:/),
  },
  {
    name: 'condition-value-that-is-no-arn',
    concerns: (given) =>
      some(
        given,
        /arn(?:not)?(?:equals|like)(?:ifexists)?":\{[^}]*[["](?![^"]*:[^"]*:[^"]*:[^"]*:[^"]*:)[^":]+(?::[^":]*){0,4}"/i,
      ),
  },
  {
    name: 'wildcard-in-resource-type',
    concerns: (given) => some(given, /:\d{0,12}:(?:function|key|role)?[a-z]*[*?]/),
  },
  {
    name: 'variable-without-value',
    concerns: (given) =>
      documents(given).some((text) =>
        [...text.matchAll(/\$\{([\w:/]+)\}/g)].some(([, key = '']) => isAbsent(given, key) || key === 'aws:TagKeys'),
      ),
  },
]
