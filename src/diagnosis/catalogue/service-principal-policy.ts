import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const servicePrincipalPolicy: CatalogueEntry = {
  code: 'service-principal-policy',
  family: 'other-side',
  fixKinds: ['resource-policy'],
  doNot: ['wrong-principal-grant', 'identity-allow', 'make-public'],
  references: [references.principalElement, references.eventBridgePolicies],
  example:
    'An error occurred (InvalidParameter) when calling the Subscribe operation: Access to the resource https://sqs.eu-west-1.amazonaws.com/111122223333/orders is denied.',
}
