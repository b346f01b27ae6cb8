import { quote } from '../../remedy/commands/shell.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'

const logsListFull = (confidence: Confidence = 'possible'): Finding =>
  finding('resource-policy-limit', confidence, [
    act('other', 'shorten-logs-resource-policy', {}, { command: 'aws logs describe-resource-policies' }),
  ])

/**
 * A function's policy holds 20 KB, and no quota raises that.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function functionPolicyFull(s: Situation): readonly Finding[] {
  const name = s.told('function-arn', 'function')[0] ?? s.told('function-named', 'functionName')[0] ?? '<FunctionName>'
  return [
    finding(
      'resource-policy-limit',
      'stated',
      [
        act(
          'other',
          'widen-function-permission',
          {},
          { command: `aws lambda get-policy --function-name ${quote(name)}` },
        ),
      ],
      { of: 'function' },
    ),
  ]
}

const ofLogDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const stateMachineLogs = (s: Situation): Finding => {
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const lacking = addToIdentity(s, ofLogDelivery, ['*'], { attachTo: `role/${role ?? '<StateMachineRoleName>'}` })
  return finding('service-role-missing-allow', 'possible', [lacking], { role, actions: ofLogDelivery.join(', ') })
}

/** CloudWatch Logs keeps one list of who may deliver logs, and it is full. */
export function logsPolicyLimit(s: Situation): readonly Finding[] {
  if (s.has('log-destination-access')) {
    const both = [stateMachineLogs(s), logsListFull()]
    return s.has('policy-told-in-order') ? both.toReversed() : both
  }
  if (s.has('logs-policy-full')) return [logsListFull('stated')]
  if (!s.has('logging-refused')) return none
  return [
    logsListFull(),
    finding('missing-allow', 'possible', [
      addToIdentity(s, ['logs:CreateLogDelivery', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'], ['*']),
    ]),
  ]
}
