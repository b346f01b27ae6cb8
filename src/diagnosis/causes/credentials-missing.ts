import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { instanceCannotAssume } from './service-trust.ts'

/** The token stands in the pod, or should, and its user may not read it: no role was asked for. */
const podToken: readonly Finding[] = [
  finding('credentials-missing', 'stated', [act('not-iam', 'let-pod-read-token')], {
    workload: 'kubernetes-pod',
    why: 'token-unreadable',
  }),
]

/** EKS set the address of its agent in the pod: the association is there, and the SDK does not know what to do with it. */
const podIdentityUnknown: readonly Finding[] = [
  finding('credentials-missing', 'stated', [act('not-iam', 'upgrade-sdk')], {
    workload: 'kubernetes-pod',
    why: 'pod-identity-unknown',
  }),
]

/**
 * The token of IMDSv2 comes with a hop limit, by default 1, and a container is one hop further than its instance.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const beyondHopLimit: readonly Finding[] = [
  finding('credentials-missing', 'stated', [act('not-iam', 'raise-hop-limit')], {
    workload: 'ec2-instance',
    why: 'hop-limit',
  }),
]

/**
 * The instance has credentials, and a container on it none: what lies in files and variables of the host does not come
 * along, and the token only with one hop more.
 */
const onlyOnHost: readonly Finding[] = [
  finding(
    'credentials-missing',
    'stated',
    [act('not-iam', 'raise-hop-limit'), act('not-iam', 'provide-credentials', {}, { alternative: true })],
    { workload: 'ec2-instance', why: 'only-on-host' },
  ),
]

/**
 * A job gets the token that it takes its role with where its permissions say so, and keys out of secrets.
 * https://github.com/aws-actions/configure-aws-credentials#oidc
 */
const jobWithoutToken: readonly Finding[] = [
  finding('credentials-missing', 'stated', [act('not-iam', 'permit-id-token')], { why: 'job-without-token' }),
]

/** A limit of 1 that is told, or nothing else that keeps a container from the token. */
function isBeyondHopLimit(s: Situation): boolean {
  const hops = s.told('hop-limit-told', 'hops')
  if (hops.length > 0) return hops.includes('1') && !hops.includes('2')
  return s.has('metadata-unauthorized') || (s.has('container-told') && s.has('metadata-token-told'))
}

/** Nobody signed: the program found nothing to sign with, or does not sign at all. */
export function credentialsMissing(s: Situation): readonly Finding[] {
  if (s.has('pod-identity-unknown')) return podIdentityUnknown
  if (s.has('pod-token-unreadable')) return podToken
  if (isBeyondHopLimit(s)) return beyondHopLimit
  const untrusted = s.has('instance-metadata-blocked', 'on-server') ? instanceCannotAssume(s) : none
  if (untrusted.length > 0) return untrusted
  if (s.has('container-told') && s.has('on-server') && s.has('works-on-host')) return onlyOnHost
  if (s.has('github-token-asked') && s.denial.errorCode === null) return jobWithoutToken
  // An SDK that had nothing to sign with, or a client that does not sign at all.
  const isCoded = s.denial.errorCode?.startsWith('MissingAuthenticationToken') === true
  const isPlain = s.has('unsigned-request') && s.denial.errorCode === null && s.service !== null
  return [
    finding(
      'credentials-missing',
      'stated',
      [isPlain ? act('not-iam', 'sign-call', { service: s.service }) : act('not-iam', 'provide-credentials')],
      {
        workload: s.has('instance-metadata-blocked') ? 'ec2-instance' : null,
        why: isCoded || isPlain ? 'not-signed' : null,
      },
    ),
  ]
}
