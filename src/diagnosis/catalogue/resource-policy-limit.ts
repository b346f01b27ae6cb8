import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const resourcePolicyLimit: CatalogueEntry = {
  code: 'resource-policy-limit',
  family: 'other-side',
  fixKinds: ['resource-policy'],
  doNot: ['identity-allow'],
  references: [references.logsDelivery],
  example: {
    text: 'Insufficient permissions to enable logging (Service: AmazonApiGatewayV2; Status Code: 400; Error Code: BadRequestException)',
    policies: null,
  },
}
