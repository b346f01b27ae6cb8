/** Remarks that never change a cause; the sentences stand in `words/`. */
export const hintCodes = [
  /** AWS would not store this document: values `policyType`, `policy`, `statement`, `problem`, `value`. */
  'policy-not-usable',
  /** What is odd in a document that counts all the same: the same values. */
  'policy-odd',
  /** An IAM user's long-lived access keys made the call where a role could: values `user`. */
  'user-keys-on-server',
  /** The account's root user made the call. */
  'root-user',
  /** Credentials are missing: is a role attached at all? Values `workload`. */
  'role-attached',
  /** Whoever has this can give permissions: values `action`, `limits` (condition keys), `principal` where to itself. */
  'gives-rights',
  /** The action takes away what watches or guards the account: values `action`. */
  'takes-guard',
  /** The statement names one object; a folder needs `prefix/*`. Values `resource`. */
  'exact-object',
  /** The text ends within the ARN of the resource: values `begins` (what is left of it). */
  'arn-cut-off',
  /** The statement names the caller's own identity of an identity pool, with a policy variable. */
  'own-identity',
  /** An AWS managed policy holds just what this needs: values `policy`. */
  'managed-policy-fits',
  /** Permissions were changed seconds ago and may not have arrived everywhere: values `seconds`. */
  'changed-just-now',
  /** What the answer hangs on besides: values `keys` (condition keys that nobody told the value of). */
  'further-conditions',
  /** The role's session was opened before; session tags and session policies need a new one. */
  'new-session-needed',
  /** Encoded message in the paste: values none; it can be decoded by whoever may. */
  'decode-message',
  /** The same principal was denied several actions of one service: values `count`, `service`. */
  /** The session name is only a label that the caller chose: values `session`. */
  'session-name-is-a-label',
  /** AWS's own evaluation and ours differ: values `aws`, `own` (decisions), `sid`, `policyArn`. */
  'own-evaluation-differs',
  /** A grant on the key covers the action for this principal, under an encryption context: values `grant`. */
  'grant-with-context',
  /** The caller is named by the id that only its own account can look up: values `id`, `kind` (`role`, `user`). */
  'caller-by-unique-id',
  /** AWS's lists do not have the action: values `action`, `meant` (that of another service), `version` of the lists. */
  'unlisted-action',
  /** The caller is of the management account, to which SCPs never apply: values `account`, `said` (AWS's message). */
  'no-scps-apply',
] as const
export type HintCode = (typeof hintCodes)[number]
