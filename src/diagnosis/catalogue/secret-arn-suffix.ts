import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const secretArnSuffix: CatalogueEntry = {
  code: 'secret-arn-suffix',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['star-resource', 'change-the-resource'],
  references: [references.secretsAccess, references.resourceElement],
  example:
    'An error occurred (AccessDeniedException) when calling the GetSecretValue operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-AbC123 because no identity-based policy allows the secretsmanager:GetSecretValue action',
}
