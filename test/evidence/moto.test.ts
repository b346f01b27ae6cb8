import { CreateVpcCommand, CreateVpcEndpointCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { CreateGrantCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreateAccountCommand,
  AttachPolicyCommand,
  CreatePolicyCommand as CreateOrganizationPolicyCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  EnablePolicyTypeCommand,
} from '@aws-sdk/client-organizations'
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import t from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { ask, settings } from '../helper/evidence.ts'
import { useEndpoint } from '../helper/fake-aws.ts'
import { motoMissing, startMoto } from '../helper/moto.ts'

/** moto's own account. */
const account = '123456789012'
const region = 'eu-west-1'
const allow = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const text = (action: string) => JSON.stringify(allow(action))
/** The end record of a zip archive without files. */
const emptyZip = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex')
const open = { policyType: null, effect: null } as const

t.test('against moto', { skip: motoMissing() }, async (t) => {
  const { endpoint } = await startMoto(t)
  useEndpoint(t, endpoint)
  const client = { region }
  const iam = new IAMClient(client)
  const managed = async (PolicyName: string, action: string): Promise<string> => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: text(action) }))
    return Policy?.Arn ?? ''
  }
  const gatherer = await createGatherer(settings({ EVIDENCE: 'auto', EVIDENCE_TIMEOUT_MS: 20_000 }))
  t.teardown(() => gatherer.close())
  t.equal(gatherer.source, 'aws', 'credentials resolve, and no Region is set')

  t.test('a role with inline and managed policies, tags and a boundary', async (t) => {
    const [reads, ceiling] = [await managed('reads', 's3:GetObject'), await managed('ceiling', 's3:*')]
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: reads, PolicyDocument: text('s3:ListBucket'), SetAsDefault: true }),
    )
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'app',
        Path: '/service/',
        AssumeRolePolicyDocument: text('sts:AssumeRole'),
        PermissionsBoundary: ceiling,
        Tags: [{ Key: 'team', Value: 'größe' }],
      }),
    )
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'own+1', PolicyDocument: text('sqs:SendMessage') }),
    )
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: reads }))
    const evidence = await gatherer.collect(ask({ account, role: 'app', session: 'i-0abc' }))
    t.strictSame(evidence.policies, {
      'identity-based': [
        { name: 'own+1', document: allow('sqs:SendMessage'), kind: 'inline' },
        { name: 'reads', arn: reads, kind: 'managed', version: 'v2', document: allow('s3:ListBucket') },
      ],
      'permissions-boundary': [
        { name: 'ceiling', arn: ceiling, kind: 'managed', version: 'v1', document: allow('s3:*') },
      ],
    })
    t.match(evidence.caller, { roleOrUserArn: `arn:aws:iam::${account}:role/service/app`, path: '/service/' })
    t.equal(evidence.caller?.tags['team'], 'größe')
    t.strictSame(evidence.gaps, [])
  })

  t.test('more attached policies than fit on a page', async (t) => {
    await iam.send(new CreateRoleCommand({ RoleName: 'wide', AssumeRolePolicyDocument: text('sts:AssumeRole') }))
    const arns = await Promise.all(Array.from({ length: 120 }, (_, at) => managed(`m${at}`, `sqs:A${at}`)))
    for (const PolicyArn of arns) await iam.send(new AttachRolePolicyCommand({ RoleName: 'wide', PolicyArn }))
    const evidence = await gatherer.collect(ask({ account, role: 'wide' }))
    t.strictSame(evidence.gaps, [])
    t.equal((evidence.policies['identity-based'] as unknown[]).length, 120)
  })

  t.test('a user with policies of his own and of two groups', async (t) => {
    await iam.send(new CreateUserCommand({ UserName: 'jo', Path: '/people/' }))
    await iam.send(new PutUserPolicyCommand({ UserName: 'jo', PolicyName: 'own', PolicyDocument: text('iam:GetUser') }))
    await iam.send(new AttachUserPolicyCommand({ UserName: 'jo', PolicyArn: await managed('jo', 'ec2:Run') }))
    for (const GroupName of ['devs', 'ops']) {
      await iam.send(new CreateGroupCommand({ GroupName }))
      await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'jo' }))
    }
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'devs', PolicyName: 'in', PolicyDocument: text('s3:Get') }))
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'ops', PolicyArn: await managed('ops', 'ec2:Stop') }))
    const evidence = await gatherer.collect(ask({ account, user: 'jo' }))
    const read = (evidence.policies['identity-based'] as readonly { name: string; group?: string }[]).map(
      ({ name, group }) => [name, group ?? null],
    )
    t.strictSame(
      read.sort(),
      [
        ['own', null],
        ['jo', null],
        ['in', 'devs'],
        ['ops', 'ops'],
      ].sort(),
    )
    t.strictSame([...(evidence.caller?.groups ?? [])].sort(), ['devs', 'ops'])
  })

  t.test('a bucket with its policy, its settings and the key behind it', async (t) => {
    const { KeyMetadata } = await new KMSClient(client).send(new CreateKeyCommand({}))
    const s3 = new S3Client({ ...client, forcePathStyle: true })
    const Bucket = 'example-moto-bucket'
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }))
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: text('s3:GetObject') }))
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
    )
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                ...(KeyMetadata?.Arn === undefined ? {} : { KMSMasterKeyID: KeyMetadata.Arn }),
              },
            },
          ],
        },
      }),
    )
    const evidence = await gatherer.collect(
      ask({ account, role: 'app', action: 's3:GetObject', resource: `arn:aws:s3:::${Bucket}/a`, denial: open }),
    )
    t.match(evidence.policies['resource-based'], [{ name: Bucket, document: allow('s3:GetObject') }])
    t.match(evidence.facts, {
      's3-bucket': { owned: true, account },
      's3-block-public-access': { restrictPublicBuckets: true, blockPublicPolicy: false },
      's3-encryption-key': { arn: KeyMetadata?.Arn, manager: 'CUSTOMER' },
    })
  })

  t.test('a key with its grants, a queue, a topic, a secret', async (t) => {
    const kms = new KMSClient(client)
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: text('kms:*') }))
    const key = KeyMetadata?.Arn ?? ''
    const grantee = `arn:aws:iam::${account}:role/service/app`
    await kms.send(new CreateGrantCommand({ KeyId: key, GranteePrincipal: grantee, Operations: ['Decrypt'] }))
    const { QueueUrl } = await new SQSClient(client).send(
      new CreateQueueCommand({ QueueName: 'orders', Attributes: { Policy: text('sqs:SendMessage') } }),
    )
    t.ok(QueueUrl)
    const topic = await new SNSClient(client).send(new CreateTopicCommand({ Name: 'news' }))
    const secrets = new SecretsManagerClient(client)
    const secret = await secrets.send(new CreateSecretCommand({ Name: 'db', SecretString: 'x' }))
    await secrets.send(
      new PutResourcePolicyCommand({
        SecretId: secret.ARN,
        ResourcePolicy: text('secretsmanager:GetSecretValue'),
      }),
    )
    const rows = [
      { action: 'kms:Decrypt', resource: key, facts: { 'kms-grants': [{ grantee, operations: ['Decrypt'] }] } },
      { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${region}:${account}:orders`, facts: {} },
      { action: 'sns:Publish', resource: topic.TopicArn ?? '', facts: { 'sns-encryption-key': { arn: null } } },
      {
        action: 'secretsmanager:GetSecretValue',
        resource: secret.ARN ?? '',
        facts: { 'secret-encryption-key': { manager: 'AWS' } },
      },
    ]
    for (const { action, resource, facts } of rows) {
      const evidence = await gatherer.collect(ask({ account, role: 'app', action, resource, denial: open }))
      t.strictSame(evidence.gaps, [], action)
      t.match(evidence.policies['resource-based'], [{ document: { Statement: Array } }], action)
      t.match(evidence.facts, facts, action)
      t.equal(evidence.resourceAccount, account, action)
    }
  })

  t.test('the roles behind a function, a task and an instance profile; a repository, an endpoint', async (t) => {
    const [lambda, ecs, ecr, ec2] = [
      new LambdaClient(client),
      new ECSClient(client),
      new ECRClient(client),
      new EC2Client(client),
    ]
    const created = await iam.send(
      new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: text('sts:AssumeRole') }),
    )
    const worker = created.Role?.Arn ?? ''
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'logs', PolicyDocument: text('logs:Put*') }),
    )
    const made = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'resize',
        Role: worker,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: emptyZip },
      }),
    )
    const { taskDefinition } = await ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'web',
        executionRoleArn: worker,
        containerDefinitions: [{ name: 'web', image: 'web', memory: 64 }],
      }),
    )
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/web' }))
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'machines' }))
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'machines', RoleName: 'worker' }))
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: Vpc?.VpcId,
        ServiceName: `com.amazonaws.${region}.s3`,
        PolicyDocument: text('s3:GetObject'),
      }),
    )
    const role = { arn: worker, policies: [{ name: 'logs', document: allow('logs:Put*') }] }
    const collect = (action: string, resource: string, denial: Partial<Denial> = open) =>
      gatherer.collect(ask({ account, role: 'app', action, resource, denial }))

    const invoked = await collect('lambda:InvokeFunction', made.FunctionArn ?? '')
    t.equal(invoked.policies['resource-based'], null, 'a function without a policy')
    t.match(invoked.facts, { 'lambda-role': role, 'lambda-encryption-key': null })
    const run = await collect('ecs:RunTask', taskDefinition?.taskDefinitionArn ?? '')
    t.match(run.facts, { 'ecs-task-role': null, 'ecs-execution-role': role })
    const passed = await collect('iam:PassRole', `arn:aws:iam::${account}:instance-profile/machines`)
    t.match(passed.facts, { 'instance-profile-role': role })

    const repository = `arn:aws:ecr:${region}:${account}:repository/team/web`
    t.equal((await collect('ecr:BatchGetImage', repository)).policies['resource-based'], null)
    await ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName: 'team/web', policyText: text('ecr:BatchGetImage') }),
    )
    const fresh = await gatherer.collect(
      ask({ account, role: 'app', action: 'ecr:BatchGetImage', resource: repository, fresh: true, denial: open }),
    )
    t.match(fresh.policies['resource-based'], [{ name: 'team/web' }])

    const through = await collect('s3:GetObject', '*', {
      policyType: 'vpc-endpoint',
      region,
      context: { 'aws:SourceVpce': VpcEndpoint?.VpcEndpointId ?? '' },
    })
    t.match(through.policies['vpc-endpoint'], [{ document: allow('s3:GetObject') }])
  })

  t.test('an organization: known from inside, its management account has no SCPs', async (t) => {
    const organizations = new OrganizationsClient(client)
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
    const { Roots } = await organizations.send(new ListRootsCommand({}))
    const root = Roots?.[0]?.Id ?? ''
    const { OrganizationalUnit } = await organizations.send(
      new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'team' }),
    )
    const unit = OrganizationalUnit?.Id ?? ''
    await organizations
      .send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }))
      .catch(() => undefined)
    const { Policy } = await organizations.send(
      new CreateOrganizationPolicyCommand({
        Name: 'fence',
        Description: '',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: text('s3:*'),
      }),
    )
    await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: unit }))
    const { CreateAccountStatus } = await organizations.send(
      new CreateAccountCommand({ AccountName: 'member', Email: 'member@example.com' }),
    )
    const member = CreateAccountStatus?.AccountId ?? ''
    await organizations.send(
      new MoveAccountCommand({ AccountId: member, SourceParentId: root, DestinationParentId: unit }),
    )
    const own = await gatherer.collect(
      ask({ account, role: 'app', fresh: true, denial: { policyType: 'service-control' } }),
    )
    t.equal(own.policies['service-control'], null)
    t.equal(own.facts['caller-in-management-account'], true)

    const reader = await createGatherer(
      settings({ ALLOWED_ACCOUNTS: [member], ASSUME_ROLE_NAME: 'reader', EVIDENCE_TIMEOUT_MS: 20_000 }),
    )
    t.teardown(() => reader.close())
    const theirs = await reader.collect(
      ask({ account: member, role: 'app', denial: { policyType: 'service-control' } }),
    )
    const levels = theirs.policies['service-control'] as readonly {
      level: string
      policies: readonly { name: string }[]
    }[]
    t.strictSame(
      levels.map(({ level }) => level),
      [root, unit, member],
    )
    t.ok(levels[1]?.policies.some(({ name }) => name === 'fence'))
  })
})
