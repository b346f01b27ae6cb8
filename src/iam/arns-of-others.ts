import { ownValue } from './own-value.ts'

/**
 * Services whose actions name the ARNs of another service, by that service.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const services: Readonly<Record<string, readonly string[]>> = {
  acm: ['ec2'],
  amplify: ['wafv2'],
  apigateway: ['wafv2'],
  'app-integrations': ['connect'],
  apprunner: ['wafv2'],
  appsync: ['wafv2'],
  'bedrock-agentcore': ['wafv2'],
  billing: ['bcm-data-exports', 'ce'],
  catalog: ['servicecatalog'],
  cloudfront: ['cloudfront-keyvaluestore'],
  cloudtrail: ['cloudtrail-data'],
  codewhisperer: ['q'],
  'cognito-idp': ['wafv2'],
  'compute-optimizer': ['aco-automation'],
  ds: ['ds-data'],
  ec2: ['ebs', 'ec2-instance-connect', 'ssm', 'vpce', 'wafv2', 'workspaces-instances'],
  ecs: ['ssm'],
  eks: ['aps', 'eks-auth'],
  'elastic-inference': ['ec2'],
  elasticloadbalancing: ['arc-zonal-shift', 'waf-regional', 'wafv2'],
  iam: ['codestar', 'ec2', 'ssm', 'sts'],
  iot: ['greengrass', 'iotjobsdata', 'iotwireless'],
  'iq-permission': ['iq'],
  kafka: ['kafka-cluster'],
  kms: ['events', 'kinesis'],
  'license-manager': ['ec2'],
  mpa: ['payment-cryptography'],
  opensearch: ['es'],
  qbusiness: ['qapps'],
  qdeveloper: ['q'],
  rds: ['rds-data'],
  redshift: ['redshift-data'],
  'redshift-serverless': ['redshift-data'],
  'resource-groups': ['ec2'],
  'route53-recovery-control': ['route53-recovery-cluster', 'route53-recovery-control-config'],
  s3: ['ssm'],
  's3-object-lambda': ['s3'],
  sagemaker: ['sagemaker-mlflow'],
  sns: ['devops-guru'],
  sso: ['sso-oauth'],
  'vpc-lattice': ['vpc-lattice-svcs'],
  wafv2: ['apprunner', 'cognito-idp'],
  wisdom: ['connect'],
}

/** Prefixes of the other services whose actions may name a resource of this one. */
export const servicesBeside = (service: string): readonly string[] => ownValue(services, service) ?? []
