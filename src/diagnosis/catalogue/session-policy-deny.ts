import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const sessionPolicyDeny: CatalogueEntry = {
  code: 'session-policy-deny',
  family: 'deny-or-ceiling',
  fixKinds: ['session'],
  doNot: ['identity-allow'],
  references: [references.sessionPolicies, references.accessDenied],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the DeleteItem operation: User: arn:aws:sts::111122223333:assumed-role/AppGuest/session is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders with an explicit deny in a session policy',
    policies: null,
  },
}
