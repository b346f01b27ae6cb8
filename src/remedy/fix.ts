import type { Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { StatementRef } from '../verdict/verdict.ts'
import type { Readiness, RemedyKind } from './remedy.ts'

/** Codes of what to do, for `words/`; each says one thing a person does, a policy change or not. */
export const fixSteps = [
  // a statement in a policy
  'add-statement',
  'edit-statement',
  'raise-version',
  'attach-existing-policy',
  'set-default-version',
  'rejoin-group',
  'replace-managed-policy',
  'leave-role-of-aws',
  'allow-in-resource-policy',
  'allow-in-key-policy',
  'allow-in-trust-policy',
  'correct-trust-condition',
  'allow-in-boundary',
  'allow-in-endpoint-policy',
  'allow-in-scp',
  'exempt-in-scp',
  'exempt-in-rcp',
  'exempt-in-boundary',
  'exempt-in-resource-policy',
  'unlock-resource-policy',
  'exempt-in-identity-policy',
  'exempt-in-endpoint-policy',
  'correct-condition',
  'widen-condition',
  'correct-malformed-policy',
  'write-principal-anew',
  'name-existing-principal',
  'correct-policy-document',
  'allow-in-new-key-policy',
  'shorten-logs-resource-policy',
  'widen-function-permission',
  'use-customer-managed-key',
  'encrypt-with-s3-key',
  // another session or identity
  'change-session-policy',
  'keep-guests-out',
  'leave-guest-session',
  'leave-pipeline-session',
  'use-mfa-session',
  'assume-role-with-mfa',
  'sign-in-again',
  'open-new-session',
  'use-other-role',
  'use-spared-role',
  'restart-pod-with-role',
  'use-task-role-credentials',
  'name-task-role',
  'assign-permission-set',
  'use-account-credentials',
  'pass-role-of-own-account',
  'leave-linked-role',
  'assume-role-instead',
  'call-from-management-account',
  'make-login-token',
  'make-new-url',
  'correct-mfa-code',
  'log-out-of-registry',
  'name-execution-role',
  // what the caller sends
  'meet-condition',
  'use-geographic-profile',
  'call-through-service',
  'send-tags-in-create-call',
  'send-tags-in-this-call',
  'send-allowed-tags',
  'send-encryption-header',
  'drop-option',
  'skip-session-tagging',
  'pass-boundary',
  'carry-boundary',
  'send-external-id',
  'ask-audience',
  'check-token-request',
  'check-saml-response',
  'attach-role-to-cluster',
  'attach-role-to-namespace',
  'name-role-by-arn',
  'read-snowflake-integration',
  'set-pool-role',
  'associate-service-role',
  'request-payer',
  'send-no-acl',
  'hand-over-object',
  'tag-resource',
  'tag-principal',
  'stay-within-rule',
  // not IAM
  'reassign-lambda-role',
  'wait-and-retry',
  'wait-until',
  'create-grant',
  'check-key-exists',
  'check-resource-exists',
  'pass-the-name',
  'pass-name-not-arn',
  'push-image',
  'name-prefix-as-source',
  'name-whole-arn',
  'name-own-partition',
  'pass-role-not-session',
  'pass-role-not-user',
  'keep-block-public-access',
  'grant-lake-formation',
  'read-by-lake-formation',
  'map-opensearch-role',
  'map-opensearch-user',
  'grant-data-access',
  'enable-model-access',
  'admit-to-api',
  'sign-request',
  'find-api-method',
  'find-api-check',
  'sign-call',
  'correct-authorizer',
  'set-region',
  'set-region-offering',
  'enable-region',
  'provide-credentials',
  'raise-hop-limit',
  'permit-id-token',
  'let-pod-read-token',
  'set-api-log-role',
  'give-instance-role',
  'turn-on-host-management',
  'sign-in-to-identity-pool',
  'send-login-of-identity',
  'grant-rds-iam',
  'identify-with-plugin',
  'replace-credentials',
  'send-session-token',
  'correct-signature',
  'sign-with-version',
  'see-object-lock',
  'delete-linked-role',
  'leave-linked-role',
  'set-clock',
  'present-trusted-certificate',
  'accept-session-name',
  'correct-key-characters',
  'back-off',
  'raise-quota',
  'subscribe',
  'activate-billing-access',
  'enable-cost-explorer',
  'call-from-organization',
  'enable-product',
  'enable-service',
  'ask-other-system',
  'change-permission-set',
  'leave-role-to-service',
  'correct-endpoint',
  'create-oidc-provider',
  'check-layer-version',
  'turn-on-block-public-access',
  'ask-aws-support',
  'read-service-error',
  'acknowledge-capabilities',
  'restore-object',
  'drop-transitive-tag',
  'accept-as-accepter',
  'change-stack-policy',
  'restore-key',
  'set-execution-role',
  'keep-to-tagged',
  'attach-origin-access-control',
  'ask-for-an-hour',
  'take-role-directly',
  'ask-for-shorter-session',
  'raise-session-limit',
  'migrate-catalog',
  'authorize-vpc-association',
  'associate-from-vpc-account',
  'call-inference-profile',
  'rotate-leaked-key',
  'create-service-linked-role',
  'use-service-linked-role',
  'send-valid-token',
  'correct-appsync-rules',
  'verify-email-identity',
  'bootstrap-environment',
  'fetch-details',
  'find-refused-call',
  'find-deny',
  'mount-with-iam',
  'let-agent-connect',
  'enable-execute-command',
  'encrypt-session-log',
  'log-in-to-registry',
  'upgrade-sdk',
  'name-region',
  'log-in-to-codeartifact',
  'enable-organization-sharing',
  'copy-within-organization',
  'create-instance-profile',
  'create-access-entry',
] as const
export type FixStep = (typeof fixSteps)[number]

/** What was split off a Deny as a statement of its own, as it denied before and as it denies now. */
export interface SplitOff {
  readonly before: Statement
  readonly after: Statement
}

/**
 * What has to change, as the diagnosis decided it: input of the builder that makes the document, the diff,
 * the commands and the verification of it.
 */
export interface Fix {
  readonly kind: RemedyKind
  readonly step: FixStep
  readonly values: Readonly<Record<string, string>>
  /** The policy that changes and what it hangs on (`role/Name`, `bucket/Name` …); `null` where none changes. */
  readonly target: { readonly policyType: PolicyType; readonly attachTo: string } | null
  /** Least privilege for the denied request, also where an existing statement is edited. */
  readonly statement: Statement | null
  /** The existing statement that is edited, and how it reads afterwards. `null`: the statement is added. */
  readonly edit: {
    readonly at: StatementRef
    readonly before?: Statement
    readonly after: Statement
    readonly version?: string
    readonly beside?: readonly SplitOff[]
  } | null
  readonly owner: { readonly code: string; readonly values: Readonly<Record<string, string>> }
  /** The best that may be claimed; the builder lowers it where a document was not read or a placeholder is left. */
  readonly readiness: Readiness
  /** Another way to the same end as the fix before it: one of the two is enough. */
  readonly alternative: boolean
  /** A command that does it, where it is not a change of a policy document. */
  readonly command: string | null
  readonly placeholders: readonly { readonly name: string; readonly meaning: string }[]
}
