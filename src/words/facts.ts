import type { Values } from './values.ts'

/**
 * Whether the subject of GitHub's token may have ids that the text does not tell: then the names alone do not fit.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export const mayHaveIds = ({ provider, subject, fault }: Values): boolean =>
  provider?.endsWith('/token.actions.githubusercontent.com') === true &&
  (fault === 'unknown' || fault === 'subject-differs') &&
  subject?.includes('@') !== true

/** Whether the name that was passed is a variable of a shell in place of its value. */
export const isUnexpanded = ({ unset }: Values): boolean => unset?.startsWith('$') === true

/** A call about a bucket goes to its Region, whoever calls; one that is still to be made has none. */
export const isOnBucket = ({ resource, action }: Values): boolean =>
  /^arn:[^:]+:s3:::/u.test(resource ?? '') && !/^s3:CreateBucket$/iu.test(action ?? '')

/** So does one about anything else that is there already, and bears its Region in its ARN. */
export const isThere = ({ resource, action }: Values): boolean =>
  /^arn:[^:]+:[a-z0-9-]+:[a-z]{2}(?:-[a-z]+)+-\d:[^*<]+$/u.test(resource ?? '') &&
  !/:(?:Create|Run|Import|Restore|Copy|Register|Allocate|Request|Publish)/u.test(action ?? '')
