import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const scpNotAllowed: CatalogueEntry = {
  code: 'scp-not-allowed',
  family: 'deny-or-ceiling',
  fixKinds: ['scp'],
  doNot: ['identity-allow'],
  references: [references.scpEvaluation, references.scps],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the InvokeModel operation: User: arn:aws:sts::111122223333:assumed-role/Assistant/session is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0 because no service control policy allows the bedrock:InvokeModel action',
    policies: null,
  },
}
