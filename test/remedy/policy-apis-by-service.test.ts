import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import { attachmentOf } from '../../src/remedy/home.ts'
import { allow, evidenceWith, fixWith, noReason, requestFor } from './given.ts'

const of = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:111122223333:${resource}`

async function commandFor(action: string, resource: string): Promise<string | null | undefined> {
  const statement = { ...allow(action, resource), Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' } }
  const [remedy] = buildRemedies([fixWith('resource-based', attachmentOf(resource) ?? '', statement)], {
    requests: [requestFor(action, resource)],
    evidence: evidenceWith({}),
    denial: noReason,
    catalogue: await loadActionCatalogue([
      'dynamodb',
      'kinesis',
      'codeartifact',
      'backup',
      'es',
      'acm-pca',
      'elasticfilesystem',
      'sqs',
      'events',
      'glue',
      's3tables',
      'vpc-lattice-svcs',
    ]),
  })
  return remedy?.commands?.awsCli
}

t.test('policies of services whose resources are named by ARN, or by a name in it', async (t) => {
  const table = of('dynamodb', 'table/orders')
  const stream = of('kinesis', 'stream/clicks')
  const repository = '--domain acme --domain-owner 111122223333 --repository internal --region eu-west-1'
  const rows: readonly (readonly [action: string, resource: string, read: string, put: string])[] = [
    [
      'dynamodb:Query',
      `${table}/index/by-date`,
      `get-resource-policy --resource-arn ${table} --region eu-west-1 --query Policy`,
      `put-resource-policy --resource-arn ${table} --region eu-west-1 --policy file://`,
    ],
    [
      'kinesis:PutRecord',
      stream,
      `get-resource-policy --resource-arn ${stream} `,
      `aws kinesis put-resource-policy --resource-arn ${stream} --region eu-west-1 --policy file://`,
    ],
    [
      'codeartifact:PublishPackageVersion',
      of('codeartifact', 'package/acme/internal/npm//lib'),
      `get-repository-permissions-policy ${repository} --query policy.document`,
      `put-repository-permissions-policy ${repository} --policy-document file://`,
    ],
    [
      'codeartifact:CreateRepository',
      of('codeartifact', 'domain/acme'),
      'get-domain-permissions-policy --domain acme --domain-owner 111122223333 ',
      'put-domain-permissions-policy --domain acme --domain-owner 111122223333 ',
    ],
    [
      'backup:CopyIntoBackupVault',
      of('backup', 'backup-vault:cold'),
      'get-backup-vault-access-policy --backup-vault-name cold ',
      'put-backup-vault-access-policy --backup-vault-name cold --region eu-west-1 --policy file://',
    ],
    [
      'es:ESHttpGet',
      of('es', 'domain/logs/_search'),
      'aws opensearch describe-domain-config --domain-name logs ',
      'update-domain-config --domain-name logs --region eu-west-1 --access-policies file://',
    ],
    [
      'acm-pca:IssueCertificate',
      of('acm-pca', 'certificate-authority/0a'),
      'aws acm-pca get-policy ',
      'aws acm-pca put-policy ',
    ],
    [
      'events:PutEvents',
      of('events', 'event-bus/orders'),
      'aws events describe-event-bus --name orders --region eu-west-1 --query Policy ',
      'aws events put-permission --event-bus-name orders --region eu-west-1 --policy file://',
    ],
    [
      'glue:GetTable',
      of('glue', 'catalog'),
      'aws glue get-resource-policy --region eu-west-1 --query PolicyInJson ',
      'aws glue put-resource-policy --region eu-west-1 --policy-in-json file://',
    ],
    [
      's3tables:ListNamespaces',
      of('s3tables', 'bucket/lake'),
      `aws s3tables get-table-bucket-policy --table-bucket-arn ${of('s3tables', 'bucket/lake')} `,
      ' --resource-policy file://',
    ],
    [
      'vpc-lattice-svcs:Invoke',
      of('vpc-lattice', 'service/svc-0a1b/orders/7'),
      'aws vpc-lattice get-auth-policy --resource-identifier svc-0a1b ',
      'aws vpc-lattice put-auth-policy --resource-identifier svc-0a1b ',
    ],
  ]
  for (const [action, resource, read, put] of rows) {
    const command = await commandFor(action, resource)
    t.match(command, read, resource)
    t.match(command, put, resource)
  }
})

t.test('a file system without a policy is open: the command ends rather than shut everybody else out', async (t) => {
  const command = await commandFor('elasticfilesystem:ClientMount', of('elasticfilesystem', 'file-system/fs-0a1b'))
  t.match(command, /^aws efs describe-file-system-policy --file-system-id fs-0a1b /u)
  t.notMatch(command, 'echo None')
})

t.test('services without such calls get none', async (t) => {
  t.equal(await commandFor('sqs:SendMessage', of('glue', 'table/a/b')), null)
})
