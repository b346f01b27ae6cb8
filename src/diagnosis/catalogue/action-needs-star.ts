import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const actionNeedsStar: CatalogueEntry = {
  code: 'action-needs-star',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement'],
  doNot: ['narrow-arn-for-star-action', 'widen-whole-statement', 'star-action'],
  references: [references.actionTables, references.resourceElement],
  example:
    'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:sts::111122223333:assumed-role/BuildRunner/session is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
}
