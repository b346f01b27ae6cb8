import type { Statement } from '../iam/policy-document.ts'
import { policyTypes } from '../iam/policy-type.ts'
import type { Gap, GapReason } from './evidence.ts'

/**
 * Every permission that this service ever needs, in one list: gaps quote it, the policies in deploy/iam are checked
 * against it. All of it reads; nothing in it can write.
 */

/** Parts of the policy that can be switched off; `iam` is the one without which there is little to say. */
export type PermissionPart = 'iam' | 'evaluation' | 'resources' | 'organization' | 'other-accounts'

interface OwnPermission {
  readonly action: string
  readonly part: PermissionPart
  /** `{partition}` and `{account}` are filled in. */
  readonly resource: string
  /** Permissions for what is read next: without them this one is of no use. */
  readonly then?: readonly string[]
}

const role = 'arn:{partition}:iam::{account}:role/*'
const user = 'arn:{partition}:iam::{account}:user/*'
const group = 'arn:{partition}:iam::{account}:group/*'
const managed = 'arn:{partition}:iam::*:policy/*'
const managedReads = ['iam:GetPolicy', 'iam:GetPolicyVersion']
const roleReads = ['iam:GetRole', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies']
const keyReads = ['kms:DescribeKey', 'kms:GetKeyPolicy']
const bucketReads = [
  's3:GetBucketPolicy',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketOwnershipControls',
  's3:GetEncryptionConfiguration',
]
const inOrganization = '*'

export const ownPermissions: readonly OwnPermission[] = [
  { action: 'iam:GetRole', part: 'iam', resource: role, then: managedReads },
  { action: 'iam:ListRolePolicies', part: 'iam', resource: role, then: ['iam:GetRolePolicy'] },
  { action: 'iam:GetRolePolicy', part: 'iam', resource: role },
  { action: 'iam:ListAttachedRolePolicies', part: 'iam', resource: role, then: managedReads },
  { action: 'iam:GetUser', part: 'iam', resource: user, then: managedReads },
  { action: 'iam:ListUserPolicies', part: 'iam', resource: user, then: ['iam:GetUserPolicy'] },
  { action: 'iam:GetUserPolicy', part: 'iam', resource: user },
  { action: 'iam:ListAttachedUserPolicies', part: 'iam', resource: user, then: managedReads },
  {
    action: 'iam:ListGroupsForUser',
    part: 'iam',
    resource: user,
    then: ['iam:ListGroupPolicies', 'iam:GetGroupPolicy', 'iam:ListAttachedGroupPolicies', ...managedReads],
  },
  { action: 'iam:ListGroupPolicies', part: 'iam', resource: group, then: ['iam:GetGroupPolicy'] },
  { action: 'iam:GetGroupPolicy', part: 'iam', resource: group },
  { action: 'iam:ListAttachedGroupPolicies', part: 'iam', resource: group, then: managedReads },
  { action: 'iam:GetPolicy', part: 'iam', resource: managed, then: ['iam:GetPolicyVersion'] },
  { action: 'iam:GetPolicyVersion', part: 'iam', resource: managed },
  {
    action: 'iam:GetInstanceProfile',
    part: 'resources',
    resource: 'arn:{partition}:iam::{account}:instance-profile/*',
  },
  { action: 'sts:DecodeAuthorizationMessage', part: 'evaluation', resource: '*' },
  { action: 'iam:GetRequestAuthorizationDetails', part: 'evaluation', resource: '*' },
  { action: 's3:ListAllMyBuckets', part: 'resources', resource: '*', then: bucketReads },
  { action: 's3:GetBucketPolicy', part: 'resources', resource: 'arn:{partition}:s3:::*' },
  { action: 's3:GetBucketPublicAccessBlock', part: 'resources', resource: 'arn:{partition}:s3:::*' },
  { action: 's3:GetBucketOwnershipControls', part: 'resources', resource: 'arn:{partition}:s3:::*' },
  { action: 's3:GetEncryptionConfiguration', part: 'resources', resource: 'arn:{partition}:s3:::*', then: keyReads },
  { action: 'kms:DescribeKey', part: 'resources', resource: 'arn:{partition}:kms:*:{account}:key/*' },
  { action: 'kms:GetKeyPolicy', part: 'resources', resource: 'arn:{partition}:kms:*:{account}:key/*' },
  { action: 'kms:ListGrants', part: 'resources', resource: 'arn:{partition}:kms:*:{account}:key/*' },
  {
    action: 'sqs:GetQueueAttributes',
    part: 'resources',
    resource: 'arn:{partition}:sqs:*:{account}:*',
    then: keyReads,
  },
  {
    action: 'sns:GetTopicAttributes',
    part: 'resources',
    resource: 'arn:{partition}:sns:*:{account}:*',
    then: keyReads,
  },
  { action: 'lambda:GetPolicy', part: 'resources', resource: 'arn:{partition}:lambda:*:{account}:function:*' },
  {
    action: 'lambda:GetFunctionConfiguration',
    part: 'resources',
    resource: 'arn:{partition}:lambda:*:{account}:function:*',
    then: roleReads,
  },
  {
    action: 'secretsmanager:GetResourcePolicy',
    part: 'resources',
    resource: 'arn:{partition}:secretsmanager:*:{account}:secret:*',
  },
  {
    action: 'secretsmanager:DescribeSecret',
    part: 'resources',
    resource: 'arn:{partition}:secretsmanager:*:{account}:secret:*',
    then: keyReads,
  },
  { action: 'ecr:GetRepositoryPolicy', part: 'resources', resource: 'arn:{partition}:ecr:*:{account}:repository/*' },
  {
    action: 'ecs:DescribeTasks',
    part: 'resources',
    resource: 'arn:{partition}:ecs:*:{account}:task/*',
    then: ['ecs:DescribeTaskDefinition'],
  },
  { action: 'ecs:DescribeTaskDefinition', part: 'resources', resource: '*', then: roleReads },
  { action: 'ec2:DescribeVpcEndpoints', part: 'resources', resource: '*' },
  {
    action: 'organizations:DescribeOrganization',
    part: 'organization',
    resource: '*',
    then: ['organizations:ListParents'],
  },
  {
    action: 'organizations:ListParents',
    part: 'organization',
    resource: inOrganization,
    then: ['organizations:ListPoliciesForTarget'],
  },
  {
    action: 'organizations:ListPoliciesForTarget',
    part: 'organization',
    resource: inOrganization,
    then: ['organizations:DescribePolicy'],
  },
  { action: 'organizations:DescribePolicy', part: 'organization', resource: inOrganization },
  { action: 'sts:AssumeRole', part: 'other-accounts', resource: 'arn:{partition}:iam::{account}:role/{roleName}' },
]

const byAction = new Map(ownPermissions.map((permission) => [permission.action, permission]))

export interface Place {
  readonly partition: string
  readonly account: string | null
  /** The role that is assumed in that account. */
  readonly roleName?: string | undefined
}

/** The statement that lets us read: what was refused, and what would be refused next. */
export function statementFor(actions: readonly string[], place: Place): Statement {
  const all = [...withFollowing(actions)].sort()
  const resources = [...new Set(all.map((action) => fill(byAction.get(action)?.resource ?? '*', place)))].sort()
  return {
    Sid: 'ExplainAccessDenied',
    Effect: 'Allow',
    Action: all.length === 1 ? (all[0] ?? '') : all,
    Resource: resources.length === 1 ? (resources[0] ?? '*') : resources,
  }
}

function withFollowing(actions: readonly string[]): ReadonlySet<string> {
  const all = new Set(actions)
  // A set hands out what is added while it is walked.
  for (const action of all) for (const next of byAction.get(action)?.then ?? []) all.add(next)
  return all
}

const fill = (resource: string, { partition, account, roleName }: Place): string =>
  resource
    .replace('{partition}', partition)
    .replace('{account}', account ?? '*')
    .replace('{roleName}', roleName ?? '*')

/** A gap about one thing; where we were refused it holds the statement that opens it. */
export function gapAbout(about: Gap['about'], reason: GapReason, actions: readonly string[], place: Place): Gap {
  return {
    about,
    policyType: policyTypes.find((type) => type === about) ?? null,
    reason,
    statement: reason === 'access-denied' && actions.length > 0 ? statementFor(actions, place) : null,
    account: place.account,
  }
}
