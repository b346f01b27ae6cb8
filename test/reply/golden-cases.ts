import type { ExplainInput } from '../../src/explain.ts'
import { catalogue } from '../../src/diagnosis/catalogue.ts'
import type { CauseCode } from '../../src/diagnosis/cause-code.ts'

export interface GoldenCase {
  readonly name: string
  readonly evidence: 'none' | 'sample'
  readonly input: ExplainInput
}

const example = (code: CauseCode, more: Partial<ExplainInput> = {}): GoldenCase => {
  const { text, policies } = catalogue[code].example
  return {
    name: `${code}${more.locale === 'ko' ? '-ko' : ''}`,
    evidence: 'none',
    input: { text, ...(policies === null ? {} : { evidence: { policies } }), ...more },
  }
}

const lambdaLogs = `[ERROR] AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/orders-task/0123456789abcdef0123456789abcdef is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders because no identity-based policy allows the dynamodb:GetItem action
[ERROR] AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/orders-task/0123456789abcdef0123456789abcdef is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:orders because no identity-based policy allows the sqs:sendmessage action`

/** Typical pastes whose answers were read as prose; `SNAP=1` writes them anew. */
export const goldenCases: readonly GoldenCase[] = [
  {
    name: 'tutorial',
    evidence: 'sample',
    input: {
      text: 'ubuntu@ip-127-00-00-000:~$ aws s3 ls\n\nAn error occurred (AccessDenied) when calling the ListBuckets operation: User: arn:aws:sts::00000000000:assumed-role/example-for-ec2/i-000000000000 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action',
    },
  },
  example('missing-allow'),
  example('missing-allow', { locale: 'ko' }),
  example('resource-arn-mismatch'),
  example('kms-key-policy'),
  example('scp-deny'),
  example('scp-deny', { locale: 'ko' }),
  example('boundary-not-allowed'),
  example('mfa-required'),
  example('oidc-trust'),
  example('credentials-expired'),
  example('wrong-principal'),
  {
    name: 'bare-403',
    evidence: 'none',
    input: { text: 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied' },
  },
  { name: 'two-denials', evidence: 'none', input: { text: lambdaLogs } },
]
