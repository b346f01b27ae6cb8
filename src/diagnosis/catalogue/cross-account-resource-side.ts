import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const crossAccountResourceSide: CatalogueEntry = {
  code: 'cross-account-resource-side',
  family: 'other-side',
  fixKinds: ['resource-policy'],
  doNot: ['public-principal', 'one-side-only'],
  references: [references.crossAccount, references.principalElement],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetSecretValue operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:444455556666:secret:shared/db-AbC123 because no resource-based policy allows the secretsmanager:GetSecretValue action',
    policies: null,
  },
}
