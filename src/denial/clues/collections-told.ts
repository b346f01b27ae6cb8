import type { ClueShape } from './clue-shape.ts'

/** Collections of OpenSearch Serverless, which ask IAM and a data access policy of their own. */
export const collectionsTold = [
  {
    kind: 'collection-told',
    phrases: ['.aoss.amazonaws.com'],
    capture: /(?<![\w-])(?<collection>[a-z0-9]{3,40})\.(?<region>[a-z]{2}-[a-z-]{4,20}-\d)\.aoss\.amazonaws\.com/u,
    before: 70,
    standsAlone: false,
    seen: 'clients of OpenSearch Serverless: the id of the collection begins the name of its endpoint',
    example: 'https://0d0bb2a1heronbirds12.eu-west-1.aoss.amazonaws.com',
  },
  {
    kind: 'collection-told',
    phrases: ['aoss'],
    capture: /(?<![A-Za-z0-9.])AOSS(?![A-Za-z0-9])/iu,
    before: 1,
    standsAlone: false,
    seen: 'the service by its prefix',
    example: "AWS4Auth(key, secret, region, 'aoss')",
  },
  {
    kind: 'collection-told',
    phrases: ['opensearch serverless', 'opensearchserverless', 'opensearch_serverless', 'data access policy'],
    standsAlone: false,
    seen: 'people, CloudFormation and Terraform',
    example: 'the collection of OpenSearch Serverless has a data access policy',
  },
  {
    kind: 'collection-told',
    phrases: ['knowledge base storage configuration provided is invalid'],
    standsAlone: false,
    seen: 'Bedrock knowledge bases, most of which keep their vectors in a collection',
    example: 'The knowledge base storage configuration provided is invalid... Request failed: [security_exception]',
  },
  {
    kind: 'collection-grant-refused',
    phrases: ['user does not have permissions for the requested resource'],
    standsAlone: false,
    seen: 'OpenSearch Serverless, where no data access policy names the caller for the index',
    example: 'type=authorization_exception, reason=User does not have permissions for the requested resource',
  },
] as const satisfies readonly ClueShape[]
