# Role through which access-denied-explainer reads a member account. Nothing in it can write.

variable "service_role_arn" {
  description = "ARN of the role that the service runs with."
  type        = string
}

variable "member_role_name" {
  description = "The service's ASSUME_ROLE_NAME."
  type        = string
  default     = "access-denied-explainer-reader"
}

variable "external_id" {
  description = "The service's ASSUME_ROLE_EXTERNAL_ID."
  type        = string
  sensitive   = true
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

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.service_role_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

resource "aws_iam_role" "reader" {
  name               = var.member_role_name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

module "permissions" {
  source            = "../permissions"
  role_name         = aws_iam_role.reader.name
  read_evaluation   = var.read_evaluation
  read_resources    = var.read_resources
  read_organization = var.read_organization
}

output "reader_role_arn" {
  value = aws_iam_role.reader.arn
}
