import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

t.test('an exception is called by its service', (t) => {
  const rows: readonly (readonly [printed: string, service: string])[] = [
    ['Amazon.SQS.AmazonSQSException', 'sqs'],
    ['com.amazonaws.services.sns.model.AmazonSNSException', 'sns'],
    ['Amazon.SimpleNotificationService.AmazonSimpleNotificationServiceException', 'sns'],
    ['Amazon.DynamoDBv2.AmazonDynamoDBException', 'dynamodb'],
    ['Amazon.KeyManagementService.AmazonKeyManagementServiceException', 'kms'],
    ['Amazon.IdentityManagement.AmazonIdentityManagementServiceException', 'iam'],
    ['com.amazonaws.services.securitytoken.model.AWSSecurityTokenServiceException', 'sts'],
    ['Amazon.Lambda.AmazonLambdaException', 'lambda'],
    ['com.amazonaws.services.logs.model.AWSLogsException', 'logs'],
    ['com.amazonaws.services.simplesystemsmanagement.model.AWSSimpleSystemsManagementException', 'ssm'],
    ['com.amazonaws.services.secretsmanager.model.AWSSecretsManagerException', 'secretsmanager'],
    ['AmazonEC2Exception', 'ec2'],
  ]
  for (const [printed, service] of rows)
    t.equal(parsePaste(`${printed}: Access Denied`).denials[0]?.service, service, printed)
  t.equal(
    parsePaste('The role has AmazonDynamoDBFullAccess. Access Denied').denials[0]?.service ?? null,
    null,
    'a policy is none',
  )
  t.end()
})
