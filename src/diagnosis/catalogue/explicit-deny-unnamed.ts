import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const explicitDenyUnnamed: CatalogueEntry = {
  code: 'explicit-deny-unnamed',
  family: 'deny-or-ceiling',
  fixKinds: ['other'],
  doNot: ['identity-allow', 'admin-policy'],
  references: [references.accessDenied, references.evaluationLogic],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetItem operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders with an explicit deny',
    policies: null,
  },
}
