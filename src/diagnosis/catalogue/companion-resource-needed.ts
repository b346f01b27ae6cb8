import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const companionResourceNeeded: CatalogueEntry = {
  code: 'companion-resource-needed',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['message-resource-only', 'star-resource'],
  references: [references.glueArns, references.actionTables],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetTable operation: User: arn:aws:sts::111122223333:assumed-role/Catalog/session is not authorized to perform: glue:GetTable on resource: arn:aws:glue:eu-west-1:111122223333:catalog because no identity-based policy allows the glue:GetTable action',
    policies: null,
  },
}
