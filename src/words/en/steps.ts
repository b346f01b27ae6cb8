import { known, orElse, quote, where, type Values } from '../values.ts'
import type { StepContext, Words } from '../words.ts'
import { named, roleMeant, term } from './phrases.ts'
import { correctDocument } from './policy-documents.ts'
import { conditionSteps, deployed, goesPast, ofStranger } from './conditions.ts'
import { exemptIn } from './exemptions.ts'
import { home } from './home.ts'
import { identitySteps } from './identity-steps.ts'
import { sentSteps } from './sent-steps.ts'
import { serviceSteps } from './service-steps.ts'
import { settingsSteps } from './settings-steps.ts'

const add = (v: Values, context: StepContext): string =>
  `${
    context.edits
      ? `Edit one statement in ${home(context.target)} as shown.${ofStranger(v)}`
      : `Add this statement to ${home(context.target)}.${goesPast(v)}`
  }${deployed(context)}`

/** The statement, and who can add it where changing the policy is what was refused. */
const addToKey = (v: Values, context: StepContext): string =>
  v['editors'] === undefined
    ? add(v, context)
    : `${add(v, context)} This change is itself what was refused, so the caller cannot make it: ${where(v, 'editors', (who) => `${who} can`) || 'a principal that the key policy lets call `kms:PutKeyPolicy` can'}. If no such principal exists any more, only AWS Support can restore access to the key.`

export const steps: Words['steps'] = {
  'add-statement': add,
  'edit-statement': (_, context) =>
    `Edit the statement in ${home(context.target)} as shown; its other parts stay as they are.`,
  'raise-version': (_, context) =>
    `Set the Version of ${home(context.target)} to \`2012-10-17\`; its statements stay as they are. Every other policy variable in it counts from then on.`,
  'attach-existing-policy': (v) => {
    const policy = orElse(v, 'policy', orElse(v, 'policyArn', 'the existing policy'))
    return known(v, 'whose') === null
      ? `Attach ${policy}, which already has this permission; nothing has to be written.`
      : `Attach ${policy} to ${term(v, 'whose', '')}; nothing has to be written.`
  },
  'set-default-version': (v) =>
    `Make ${where(v, 'version', (version) => `version ${version}`) || 'the corrected version'} of ${orElse(v, 'policy', orElse(v, 'policyArn', 'the policy'))} the default version.`,
  'replace-managed-policy': (v) =>
    known(v, 'policyType') === 'permissions-boundary'
      ? `Set a policy of your own as permissions boundary in place of ${orElse(v, 'policy', 'the present one')}, which AWS keeps and nobody can edit.`
      : `Detach ${orElse(v, 'policy', 'the policy')}${where(v, 'attachTo', () => ` from ${named(known(v, 'attachTo') ?? '')}`)}, or put a policy of your own in its place: AWS keeps it, and nobody can edit it. Ask whoever attached it first.`,
  'leave-role-of-aws': (v) =>
    `Leave ${roleMeant(v, 'the role')} as it is: AWS keeps its policies, and nobody can change them. Allow the call in the policy of the resource, or make it with a role of your own.`,
  'rejoin-group': (v) =>
    `Add the user to the group${where(v, 'group', (group) => ` ${group}`)} that has the permission.`,
  'allow-in-resource-policy': add,
  'allow-in-key-policy': (v, context) =>
    known(v, 'first') === 'origin-access'
      ? `An origin access identity cannot use a KMS key: give the origin of the distribution an origin access control in its place. Then ${addToKey(v, context).replace(/^A/u, 'a')}`
      : addToKey(v, context),
  'allow-in-trust-policy': add,
  'correct-trust-condition': (v, { target }) =>
    known(v, 'fault') === 'action'
      ? `Correct the action in ${home(target)}, as shown.`
      : known(v, 'fault') === 'issuer'
        ? `Name the provider that issued the token in ${home(target)}, as shown; the keys of the conditions begin with it.`
        : known(v, 'fault') === 'unknown'
          ? `Compare \`aud\` and \`sub\` of the token (the record of the call in CloudTrail has them) with ${home(target)}, and correct whichever differs.`
          : `Correct the condition in ${home(target)} so that it fits the caller.`,
  'allow-in-boundary': add,
  'allow-in-endpoint-policy': (v, context) =>
    known(v, 'forAccount') === null
      ? add(v, context)
      : `${add(v, context)} It is for everybody of account ${quote(known(v, 'forAccount') ?? '')} who comes through the endpoint.`,
  'allow-in-scp': add,
  'exempt-in-scp': exemptIn('the service control policy'),
  'exempt-in-rcp': exemptIn('the resource control policy'),
  'exempt-in-boundary': exemptIn('the permissions boundary'),
  'exempt-in-resource-policy': (v, context) =>
    exemptIn(known(v, 'vault') === null ? "the resource's own policy" : 'the access policy of its backup vault')(
      v,
      context,
    ),
  'unlock-resource-policy': (v) =>
    `Have the root user of account ${orElse(v, 'account', '<AccountId>')} store the policy with the change below, or take it away (${orElse(v, 'task', 'aws s3api delete-bucket-policy')}) for its owner to store it anew: the statement denies that to everybody else. In an organization its management account, or the delegated administrator for IAM, does so in root's place with the credentials of the command below.`,
  'exempt-in-identity-policy': exemptIn('the identity-based policy'),
  'exempt-in-endpoint-policy': exemptIn("the VPC endpoint's policy"),
  'correct-malformed-policy': () => 'Correct the policy document as shown: AWS rejects it as it stands.',
  'correct-policy-document': correctDocument,
  'allow-in-new-key-policy': () => 'Put this statement into the key policy that you send, then send it again.',
  'write-principal-anew': (_, context) =>
    `Write the principal's ARN anew in ${home(context.target)}, so that it stands for the one that exists now.`,
  'name-existing-principal': (_, context) =>
    `Take the principal that does not exist out of ${home(context.target)}, or name the one that is meant as it exists: account, path and spelling of its ARN. Do not put \`*\` in its place.`,
  'shorten-logs-resource-policy': () =>
    'Replace the single entries of the CloudWatch Logs resource policy by one for `log-group:/aws/vendedlogs/*`.',
  'widen-function-permission': () =>
    'Let one permission of the function stand for many: `aws lambda remove-permission` for those of single sources, then `aws lambda add-permission` once for the service with a `--source-arn` that ends in `*` where their names begin alike, and `--source-account`.',
  'use-customer-managed-key': () =>
    'Move the resource to a customer managed key, whose key policy can be changed; that of an AWS managed key cannot.',
  'encrypt-with-s3-key': () =>
    'Let the bucket encrypt by default with the keys of S3 (SSE-S3): application and classic load balancers write their access logs under no KMS key, whatever its policy.',
  ...conditionSteps,
  ...serviceSteps,
  ...identitySteps,
  ...sentSteps,
  ...settingsSteps,
}
