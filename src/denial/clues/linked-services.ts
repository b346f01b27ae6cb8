import type { ClueShape } from './clue-shape.ts'

const linked = (service: string, role: string, phrases: readonly string[], example: string) =>
  ({
    kind: 'linked-service-told',
    phrases,
    values: { service: `${service}.amazonaws.com`, role: `AWSServiceRoleFor${role}` },
    standsAlone: false,
    seen: 'tools that create something of the service',
    example,
  }) as const satisfies ClueShape

/**
 * Services by the names that tools give to what they create, with the principal and the name of their service-linked
 * role, of which neither follows from the other.
 */
export const linkedServicesTold = [
  linked(
    'spot',
    'EC2Spot',
    ['service-linked role for ec2 spot instances'],
    'The provided credentials do not have permission to create the service-linked role for EC2 Spot Instances.',
  ),
  linked(
    'elasticache',
    'ElastiCache',
    ['elasticache', 'cachesubnetgroup', 'cachecluster'],
    'Error: creating ElastiCache Replication Group (orders)',
  ),
  linked('memorydb', 'MemoryDB', ['memorydb'], 'Error: creating MemoryDB Cluster (orders)'),
  linked(
    'ops.emr-serverless',
    'AmazonEMRServerless',
    ['emr serverless', 'emr-serverless', 'emrserve', 'emr_serverless'],
    'Error: creating EMR Serverless Application (orders)',
  ),
  linked(
    'opensearchservice',
    'AmazonOpenSearchService',
    ['opensearch service', 'opensearchservice', 'opensearch domain', 'opensearch_domain'],
    'Error: creating OpenSearch Domain (orders)',
  ),
  linked(
    'es',
    'AmazonElasticsearchService',
    ['amazon es permissions', 'elasticsearch domain', 'elasticsearch_domain'],
    'enable a service-linked role to give Amazon ES permissions to access your VPC',
  ),
] as const
