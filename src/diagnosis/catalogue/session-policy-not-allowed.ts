import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const sessionPolicyNotAllowed: CatalogueEntry = {
  code: 'session-policy-not-allowed',
  family: 'deny-or-ceiling',
  fixKinds: ['session'],
  doNot: ['identity-allow', 'session-policy-grants'],
  references: [references.sessionPolicies, references.evaluationLogic],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the PutItem operation: User: arn:aws:sts::111122223333:assumed-role/AppGuest/CognitoIdentityCredentials is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders because no session policy allows the dynamodb:PutItem action',
    policies: null,
  },
}
