import { known, quote } from '../values.ts'
import type { Words } from '../words.ts'

/** What to do where a service refuses by a rule of its own. */
export const serviceSteps = {
  'migrate-catalog': () =>
    "Move the account's catalog in this Region from Athena to Glue, once: an administrator who may call glue:ImportCatalogToGlue runs this command. Nothing is to be granted to the caller.",
  'call-inference-profile': (v) =>
    `Call the model by an inference profile: its ID is that of the model behind a prefix such as \`us.\`, \`eu.\`, \`apac.\` or \`global.\` (${quote(`us.${known(v, 'model') ?? '<ModelId>'}`)}), and the command lists those of the Region. The caller's policy then has to allow the profile's ARN and the model's in every Region that the profile reaches.`,
  'authorize-vpc-association': () =>
    'Authorize the association first, with credentials of the account that has the hosted zone: Route 53 wants this for each VPC of another account, and no policy stands in for it.',
  'associate-from-vpc-account': () =>
    'Then associate the VPC with the hosted zone with credentials of the account that has the VPC.',
} satisfies Partial<Words['steps']>
