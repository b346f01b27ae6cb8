import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const vpcePolicy: CatalogueEntry = {
  code: 'vpce-policy',
  family: 'deny-or-ceiling',
  fixKinds: ['resource-policy'],
  doNot: ['identity-allow'],
  references: [references.endpointPolicies, references.accessDenied],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetSecretValue operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-AbC123 because no VPC endpoint policy allows the secretsmanager:GetSecretValue action',
    policies: null,
  },
}
