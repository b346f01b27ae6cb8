import type { LevelledPolicyType, PolicyType } from '../../iam/policy-type.ts'
import { failingLevels } from '../../remedy/failing-levels.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { allow, fix } from '../fixes.ts'
import { conditionFacts } from '../places.ts'
import type { Situation } from '../situation.ts'
import { shownValues, type ReadCondition } from '../statements.ts'
import { homeOf } from './attachments.ts'
import { namedBeside } from './companion-actions.ts'
import { kindOfKey } from './condition-keys.ts'
import { meetBoundary } from './boundary.ts'
import { createsRole } from './demanded.ts'
import { nearOfSide } from './near-side.ts'

const levelsWithout = (s: Situation, type: LevelledPolicyType): readonly string[] =>
  s.request === null ? [] : (failingLevels(type, s.evidence, s.request) ?? []).map(({ level }) => level)

/** The condition of an Allow that would do but for it. */
function unmetCondition(s: Situation, type: PolicyType): ReadCondition | null {
  const near = s.layer(type)?.nearMisses.find(({ because }) => because.every(({ key }) => key !== null))
  const [unmet] = near?.because ?? []
  if (unmet?.key == null || unmet.operator === null) return null
  return { key: unmet.key, operator: unmet.operator, values: shownValues(unmet.wanted) }
}

/** A ceiling or guardrail that has no Allow for the action. */
export function ceiling(s: Situation, type: PolicyType, confidence: Confidence): readonly Finding[] {
  const action = s.action ?? '<Action>'
  const resource = s.resource ?? s.resourcePattern ?? '*'
  switch (type) {
    case 'service-control':
    case 'resource-control':
      return [
        finding(
          'scp-not-allowed',
          confidence,
          [
            fix({
              kind: 'scp',
              step: 'allow-in-scp',
              target: { policyType: type, attachTo: homeOf(s, type) },
              statement: allow([action, ...namedBeside(s, action)], ['*']),
              readiness: 'needs-review',
            }),
          ],
          { level: levelsWithout(s, type).join(', '), ...conditionFacts(unmetCondition(s, type)) },
        ),
      ]
    case 'permissions-boundary': {
      const into = { kind: 'boundary', step: 'allow-in-boundary', attachTo: homeOf(s, type) } as const
      const conditioned = s
        .statements(type)
        .find((one) => one.effect === 'Allow' && one.conditions.some(({ key }) => kindOfKey(key) === 'boundary'))
      const required = conditioned?.conditions.find(({ key }) => kindOfKey(key) === 'boundary') ?? null
      const pass =
        required === null || !createsRole(s)
          ? []
          : [meetBoundary(s, required.values[0] ?? '<BoundaryArn>', { alternative: true })]
      return [
        finding(
          'boundary-not-allowed',
          confidence,
          [
            fix({
              kind: into.kind,
              step: into.step,
              target: { policyType: type, attachTo: into.attachTo },
              statement: allow([action, ...namedBeside(s, action)], [resource]),
              readiness: 'needs-review',
            }),
            ...pass,
          ],
          {
            boundary: s.layer(type)?.policies[0]?.name,
            boundaryArn: s.denial.policyArn,
            ...conditionFacts(required),
            ...(required === null ? nearOfSide(s, type, into)?.facts : {}),
          },
        ),
      ]
    }
    default:
      return none
  }
}
