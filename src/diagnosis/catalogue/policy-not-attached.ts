import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const policyNotAttached: CatalogueEntry = {
  code: 'policy-not-attached',
  family: 'no-matching-allow',
  fixKinds: ['other'],
  doNot: ['second-copy'],
  references: [references.attachPolicies, references.policyVersions],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetItem operation: User: arn:aws:iam::111122223333:user/maria is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders because no identity-based policy allows the dynamodb:GetItem action',
    policies: null,
  },
}
