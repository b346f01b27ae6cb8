import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const apiGatewayAuth: CatalogueEntry = {
  code: 'api-gateway-auth',
  family: 'not-a-policy',
  fixKinds: ['not-iam', 'resource-policy'],
  doNot: ['public-principal'],
  references: [references.apiGateway],
  example: {
    text: '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/GET/orders"}',
    policies: null,
  },
}
