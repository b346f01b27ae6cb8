import { known, quote } from '../values.ts'
import type { Words } from '../words.ts'

/** What to do where a service refuses by a rule of its own. */
export const serviceSteps = {
  'acknowledge-capabilities': (v) =>
    `CloudFormation wants it acknowledged that the template makes IAM resources, or expands macros: look at what it makes, then repeat the call with ${quote(`--capabilities ${(known(v, 'capability') ?? '').replaceAll(',', '')}`)}.`,
  'restore-object': () =>
    'The object is archived: restore it with this command, wait until `head-object` shows `ongoing-request="false"`, and read it then. Without the permission s3:RestoreObject the restore itself is refused.',
  'drop-transitive-tag': () =>
    'The calling session already carries this tag as a transitive one, and hands it on by itself: leave the key out of the tags and of the transitive tag keys of this call, or start from a session that does not carry it.',
  'accept-as-accepter': () =>
    "Accept the peering connection with credentials of the account that has the accepter VPC, in that VPC's Region: nobody else may accept it, and only while it waits (pending-acceptance).",
  'change-stack-policy': () =>
    'Look at the policy of the stack with this command. Where the update is meant, let it through for this one time with `--stack-policy-during-update-body`, or change the stack policy; no IAM policy counts there.',
  'migrate-catalog': () =>
    "Move the account's catalog in this Region from Athena to Glue, once: an administrator who may call glue:ImportCatalogToGlue runs this command. Nothing is to be granted to the caller.",
  'call-inference-profile': (v) =>
    `Call the model by an inference profile: its ID is that of the model behind a prefix such as \`us.\`, \`eu.\`, \`apac.\` or \`global.\` (${quote(`us.${known(v, 'model') ?? '<ModelId>'}`)}), and the command lists those of the Region. The caller's policy then has to allow the profile's ARN and the model's in every Region that the profile reaches.`,
  'authorize-vpc-association': () =>
    'Authorize the association first, with credentials of the account that has the hosted zone: Route 53 wants this for each VPC of another account, and no policy stands in for it.',
  'associate-from-vpc-account': () =>
    'Then associate the VPC with the hosted zone with credentials of the account that has the VPC.',
} satisfies Partial<Words['steps']>
