import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import t from 'tap'
import { buildTestApp, post } from '../helper/app.ts'
import { useEndpoint } from '../helper/fake-aws.ts'
import { motoMissing, startMoto } from '../helper/moto.ts'

/** moto's own account. */
const account = '123456789012'
const region = 'eu-west-1'
const document = (...Statement: readonly unknown[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const trusting = (principal: unknown): string =>
  document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' })
const denied = (role: string, action: string, resource: string): string =>
  `An error occurred (AccessDenied): User: arn:aws:sts::${account}:assumed-role/${role}/session is not authorized to perform: ${action} on resource: "${resource}"`

interface Reply {
  readonly diagnoses: readonly {
    readonly causes: readonly {
      readonly code: string
      readonly confidence: string
      readonly remedies: readonly {
        readonly target: { readonly attachTo: string } | null
        readonly statement: { readonly Resource?: unknown } | null
      }[]
    }[]
  }[]
}

t.test('what was read beside policies decides, end to end', { skip: motoMissing() }, async (t) => {
  const { endpoint } = await startMoto(t)
  useEndpoint(t, endpoint)
  const iam = new IAMClient({ region })
  const s3 = new S3Client({ region, forcePathStyle: true })
  const kms = new KMSClient({ region })
  const app = await buildTestApp(t, { EVIDENCE: 'aws', EVIDENCE_TIMEOUT_MS: '20000' })

  const createRole = async (name: string, trust: unknown, ...statements: readonly unknown[]): Promise<void> => {
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trusting(trust) }))
    await iam.send(
      new PutRolePolicyCommand({ RoleName: name, PolicyName: 'own', PolicyDocument: document(...statements) }),
    )
  }
  const firstCause = async (text: string) => {
    const answer = await post(app.server, '/v1/diagnoses', { text })
    const { diagnoses } = answer.json() as unknown as Reply
    return diagnoses[0]?.causes[0]
  }
  const ec2 = { Service: 'ec2.amazonaws.com' }
  const CreateBucketConfiguration = { LocationConstraint: region } as const

  t.test('a bucket under a key that leaves it to IAM', async (t) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}))
    const key = KeyMetadata?.Arn ?? ''
    await s3.send(new CreateBucketCommand({ Bucket: 'orders-sealed', CreateBucketConfiguration }))
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket: 'orders-sealed',
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }],
        },
      }),
    )
    await createRole('sealed-reader', ec2, {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::orders-sealed/*',
    })
    const cause = await firstCause(denied('sealed-reader', 's3:GetObject', 'arn:aws:s3:::orders-sealed/1.csv'))
    t.match(cause, { code: 'kms-behind-service', confidence: 'evaluated' })
    t.match(cause?.remedies[0], { target: { attachTo: 'role/sealed-reader' }, statement: { Resource: key } })
  })

  t.test('a bucket policy behind Block Public Access', async (t) => {
    await s3.send(new CreateBucketCommand({ Bucket: 'orders-site', CreateBucketConfiguration }))
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket: 'orders-site',
        PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
      }),
    )
    await createRole('site-admin', ec2, {
      Effect: 'Allow',
      Action: 's3:PutBucketPolicy',
      Resource: 'arn:aws:s3:::orders-site',
    })
    t.match(await firstCause(denied('site-admin', 's3:PutBucketPolicy', 'arn:aws:s3:::orders-site')), {
      code: 'block-public-access',
      confidence: 'evaluated',
    })
  })

  t.test('a role that trusts somebody else', async (t) => {
    const role = `arn:aws:iam::${account}:role/reports`
    await createRole('reports', ec2, { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })
    await createRole('report-reader', ec2, { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role })
    const cause = await firstCause(denied('report-reader', 'sts:AssumeRole', role))
    t.match(cause, { code: 'trust-policy', confidence: 'evaluated' })
    t.match(cause?.remedies[0], { target: { attachTo: 'role/reports' } })
  })

  t.test('a caller and a role that are not there', async (t) => {
    t.match(await firstCause(denied('nobody', 's3:GetObject', 'arn:aws:s3:::orders-site/1')), {
      code: 'wrong-principal',
      confidence: 'evaluated',
    })
    const gone = `arn:aws:iam::${account}:role/gone`
    t.match(await firstCause(denied('report-reader', 'sts:AssumeRole', gone)), {
      code: 'resource-not-found-as-denied',
      confidence: 'evaluated',
    })
  })
})
