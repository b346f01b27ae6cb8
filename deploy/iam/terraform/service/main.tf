# What access-denied-explainer may read in the account in which it runs. Nothing in it can write.

variable "service_role_name" {
  description = "Name of the role that the service runs with."
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

variable "member_role_name" {
  description = "ASSUME_ROLE_NAME, the role in other accounts that may be read; empty for none."
  type        = string
  default     = ""
}

data "aws_partition" "current" {}

module "permissions" {
  source            = "../permissions"
  role_name         = var.service_role_name
  read_evaluation   = var.read_evaluation
  read_resources    = var.read_resources
  read_organization = var.read_organization
}

data "aws_iam_policy_document" "other_accounts" {
  statement {
    sid       = "OtherAccounts"
    resources = ["arn:${data.aws_partition.current.partition}:iam::*:role/${var.member_role_name}"]
    actions = [
      "sts:AssumeRole",
    ]
  }
}

resource "aws_iam_role_policy" "other_accounts" {
  count  = var.member_role_name == "" ? 0 : 1
  name   = "access-denied-explainer-other-accounts"
  role   = var.service_role_name
  policy = data.aws_iam_policy_document.other_accounts.json
}
