import type { PolicyType } from '../../iam/policy-type.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, allow, fix } from '../fixes.ts'
import { conditionFacts } from '../places.ts'
import type { Situation } from '../situation.ts'
import { homeOf } from './attachments.ts'
import { namedBeside } from './companion-actions.ts'
import { kindOfKey } from './condition.ts'
import { createsRole } from './demanded.ts'

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
          {
            level: s
              .layer(type)
              ?.policies.map(({ level }) => level)
              .find((level) => level !== null),
          },
        ),
      ]
    case 'permissions-boundary': {
      const conditioned = s
        .statements(type)
        .find((one) => one.effect === 'Allow' && one.conditions.some(({ key }) => kindOfKey(key) === 'boundary'))
      const required = conditioned?.conditions.find(({ key }) => kindOfKey(key) === 'boundary') ?? null
      const pass =
        required === null || !createsRole(s)
          ? []
          : [act('other', 'pass-boundary', { boundary: required.values[0] ?? '<BoundaryArn>' }, { alternative: true })]
      return [
        finding(
          'boundary-not-allowed',
          confidence,
          [
            fix({
              kind: 'boundary',
              step: 'allow-in-boundary',
              target: { policyType: type, attachTo: homeOf(s, type) },
              statement: allow([action, ...namedBeside(s, action)], [resource]),
              readiness: 'needs-review',
            }),
            ...pass,
          ],
          { boundary: s.layer(type)?.policies[0]?.name, boundaryArn: s.denial.policyArn, ...conditionFacts(required) },
        ),
      ]
    }
    default:
      return none
  }
}
