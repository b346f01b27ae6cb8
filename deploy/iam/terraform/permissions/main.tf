# What access-denied-explainer may read in an account, for the role that it reads with. Nothing in it can write.

variable "role_name" {
  description = "Name of the role that gets the policies."
  type        = string
}

variable "read_evaluation" {
  description = "Decode encoded messages and ask for the details of an authorization id."
  type        = bool
  default     = true
}

variable "read_resources" {
  description = "Read the policies of buckets, keys, queues and other resources."
  type        = bool
  default     = true
}

variable "read_organization" {
  description = "Read SCPs and RCPs. Only the management account or a delegated administrator may."
  type        = bool
  default     = false
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
}

data "aws_iam_policy_document" "principals" {
  statement {
    sid       = "PrincipalsRoles"
    resources = ["arn:${local.partition}:iam::${local.account}:role/*"]
    actions = [
      "iam:GetRole",
      "iam:ListRolePolicies",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
    ]
  }

  statement {
    sid       = "PrincipalsUsers"
    resources = ["arn:${local.partition}:iam::${local.account}:user/*"]
    actions = [
      "iam:GetUser",
      "iam:ListUserPolicies",
      "iam:GetUserPolicy",
      "iam:ListAttachedUserPolicies",
      "iam:ListGroupsForUser",
    ]
  }

  statement {
    sid       = "PrincipalsGroups"
    resources = ["arn:${local.partition}:iam::${local.account}:group/*"]
    actions = [
      "iam:ListGroupPolicies",
      "iam:GetGroupPolicy",
      "iam:ListAttachedGroupPolicies",
    ]
  }

  statement {
    sid       = "PrincipalsManaged"
    resources = ["arn:${local.partition}:iam::*:policy/*"]
    actions = [
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
    ]
  }
}

data "aws_iam_policy_document" "evaluation" {
  statement {
    sid       = "AwsEvaluation"
    resources = ["*"]
    actions = [
      "sts:DecodeAuthorizationMessage",
      "iam:GetRequestAuthorizationDetails",
    ]
  }
}

data "aws_iam_policy_document" "resources" {
  statement {
    sid       = "ResourcesProfiles"
    resources = ["arn:${local.partition}:iam::${local.account}:instance-profile/*"]
    actions = [
      "iam:GetInstanceProfile",
    ]
  }

  statement {
    sid       = "ResourcesAll"
    resources = ["*"]
    actions = [
      "s3:ListAllMyBuckets",
      "ecs:DescribeTaskDefinition",
      "ec2:DescribeVpcEndpoints",
    ]
  }

  statement {
    sid       = "ResourcesBuckets"
    resources = ["arn:${local.partition}:s3:::*"]
    actions = [
      "s3:GetBucketPolicy",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketOwnershipControls",
      "s3:GetEncryptionConfiguration",
    ]
  }

  statement {
    sid       = "ResourcesKms"
    resources = ["arn:${local.partition}:kms:*:${local.account}:key/*"]
    actions = [
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:ListGrants",
    ]
  }

  statement {
    sid       = "ResourcesSqs"
    resources = ["arn:${local.partition}:sqs:*:${local.account}:*"]
    actions = [
      "sqs:GetQueueAttributes",
    ]
  }

  statement {
    sid       = "ResourcesSns"
    resources = ["arn:${local.partition}:sns:*:${local.account}:*"]
    actions = [
      "sns:GetTopicAttributes",
    ]
  }

  statement {
    sid       = "ResourcesLambda"
    resources = ["arn:${local.partition}:lambda:*:${local.account}:function:*"]
    actions = [
      "lambda:GetPolicy",
      "lambda:GetFunctionConfiguration",
    ]
  }

  statement {
    sid       = "ResourcesSecretsmanager"
    resources = ["arn:${local.partition}:secretsmanager:*:${local.account}:secret:*"]
    actions = [
      "secretsmanager:GetResourcePolicy",
      "secretsmanager:DescribeSecret",
    ]
  }

  statement {
    sid       = "ResourcesEcr"
    resources = ["arn:${local.partition}:ecr:*:${local.account}:repository/*"]
    actions = [
      "ecr:GetRepositoryPolicy",
    ]
  }

  statement {
    sid       = "ResourcesEcs"
    resources = ["arn:${local.partition}:ecs:*:${local.account}:task/*"]
    actions = [
      "ecs:DescribeTasks",
    ]
  }
}

data "aws_iam_policy_document" "organization" {
  statement {
    sid       = "Organization"
    resources = ["*"]
    actions = [
      "organizations:DescribeOrganization",
      "organizations:ListParents",
      "organizations:ListPoliciesForTarget",
      "organizations:DescribePolicy",
    ]
  }
}

resource "aws_iam_role_policy" "principals" {
  name   = "access-denied-explainer-principals"
  role   = var.role_name
  policy = data.aws_iam_policy_document.principals.json
}

resource "aws_iam_role_policy" "evaluation" {
  count  = var.read_evaluation ? 1 : 0
  name   = "access-denied-explainer-evaluation"
  role   = var.role_name
  policy = data.aws_iam_policy_document.evaluation.json
}

resource "aws_iam_role_policy" "resources" {
  count  = var.read_resources ? 1 : 0
  name   = "access-denied-explainer-resources"
  role   = var.role_name
  policy = data.aws_iam_policy_document.resources.json
}

resource "aws_iam_role_policy" "organization" {
  count  = var.read_organization ? 1 : 0
  name   = "access-denied-explainer-organization"
  role   = var.role_name
  policy = data.aws_iam_policy_document.organization.json
}
