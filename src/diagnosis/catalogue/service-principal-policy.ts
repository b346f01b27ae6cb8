import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const servicePrincipalPolicy: CatalogueEntry = {
  code: 'service-principal-policy',
  family: 'other-side',
  fixKinds: ['resource-policy'],
  doNot: ['wrong-principal-grant', 'identity-allow', 'make-public'],
  references: [references.principalElement, references.eventBridgePolicies],
  referencesOf: ({ servicePrincipal = '' }) =>
    /^(?:events|scheduler)\./u.test(servicePrincipal)
      ? [references.principalElement, references.eventBridgePolicies]
      : [references.principalElement],
  example: {
    text: 'An error occurred (InvalidArgument) when calling the PutBucketNotificationConfiguration operation: Unable to validate the following destination configurations',
    policies: null,
  },
}
