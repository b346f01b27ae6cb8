import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const resourcePolicyNotAllowed: CatalogueEntry = {
  code: 'resource-policy-not-allowed',
  family: 'other-side',
  fixKinds: ['resource-policy', 'add-identity-statement'],
  doNot: ['public-principal'],
  references: [references.evaluationLogic, references.principalElement],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the Invoke operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:111122223333:function:billing because no resource-based policy allows the lambda:InvokeFunction action',
    policies: null,
  },
}
