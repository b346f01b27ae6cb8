import { formatArn, parseArn } from '../../iam/arn.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { resourceSide } from './other-side.ts'

/** The one other Region in which the caller's policies have just what was asked for; `null` where there is none. */
function regionGranted(s: Situation, action: string): string | null {
  const asked = parseArn(s.resource ?? '')
  if (asked === null || asked.region === '' || asked.region.includes('<')) return null
  const patterns = allowsOf(s, 'identity-based', action)
    .filter(({ conditions }) => conditions.length === 0)
    .flatMap(({ resources }) => resources)
  const there = patterns.filter((pattern) => {
    const granted = parseArn(pattern)
    if (granted === null || granted.region === '' || granted.region === asked.region) return false
    const here = formatArn({ ...granted, region: asked.region })
    return !/[*?$]/u.test(granted.region + granted.resource) && fits(here, s.resource ?? '')
  })
  const regions = new Set(there.map((pattern) => parseArn(pattern)?.region))
  const [one] = regions
  return regions.size === 1 && !patterns.some((pattern) => fits(pattern, s.resource ?? '')) ? (one ?? null) : null
}

const fits = (pattern: string, arn: string): boolean => coversResource({ resources: [pattern], notResources: [] }, arn)

/**
 * AWS blames the resource's policy, and the caller's own has the very resource, in another Region. As a rule the call went to the wrong one; a statement in either policy would open what nobody meant.
 */
export function grantedInOtherRegion(s: Situation): readonly Finding[] {
  const { action, denial } = s
  if (action === null || denial.effect !== 'implicit' || denial.policyType !== 'resource-based') return none
  if (!s.wasRead('identity-based')) return none
  const region = regionGranted(s, action)
  if (region === null) return none
  return [
    finding('wrong-region', 'possible', [act('not-iam', 'set-region', { region })], {
      region: parseArn(s.resource ?? '')?.region,
      grantedIn: region,
    }),
    s.isCrossAccount
      ? resourceSide(s, action, s.resource, 'possible')
      : noMatchingAllow(s, action, s.resource, 'possible'),
  ]
}
