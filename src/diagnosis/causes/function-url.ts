import type { ConditionBlock } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowInResource, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { callerElement } from './other-side.ts'
import { resourcesFor } from './resources-for.ts'

/**
 * The policy of a function lets callers of its URL in, by two actions; a URL of the type AWS_IAM wants a signature too.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function functionUrlRefused(s: Situation): readonly Finding[] {
  const [resource = '<FunctionArn>'] = resourcesFor(s, 'lambda:InvokeFunctionUrl', null)
  const name = s.told('function-named', 'functionName')[0] ?? '<FunctionName>'
  const letIn = (action: string, condition: ConditionBlock): Fix =>
    allowInResource(`function/${name}`, allowTo(callerElement(s), [action], [resource], condition))
  return [
    finding('resource-policy-not-allowed', 'possible', [
      letIn('lambda:InvokeFunctionUrl', { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }),
      // Without the condition it lets the function be called past its URL as well.
      letIn('lambda:InvokeFunction', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
    ]),
    finding('credentials-missing', 'possible', [act('not-iam', 'sign-call', { service: 'lambda' })], {
      why: 'not-signed',
    }),
  ]
}
