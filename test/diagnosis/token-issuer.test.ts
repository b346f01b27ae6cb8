import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const refused = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity'
const eks = 'oidc.eks.<Region>.amazonaws.com/id/<ClusterId>'
const github = 'token.actions.githubusercontent.com'
const anyAccount = 'system:serviceaccount:<Namespace>:<ServiceAccount>'
const anyRepository = 'repo:<Organization>/<Repository>:ref:refs/heads/<Branch>'

const rows: readonly (readonly [
  around: (error: string) => string,
  host: string,
  subject: string,
  audience?: string,
])[] = [
  [(error) => error, '<OidcProviderHost>', '<Subject>'],
  [(error) => `WebIdentityErr: failed to retrieve credentials\ncaused by: ${error}`, '<OidcProviderHost>', '<Subject>'],
  [(error) => `${error}\n\tgithub.com/aws/aws-sdk-go/aws/session.go:12`, '<OidcProviderHost>', '<Subject>'],
  [(error) => `level=error msg="records retrieval failed: failed to list hosted zones: ${error}"`, eks, anyAccount],
  [
    (error) => `github.com/kubernetes-sigs/cluster-autoscaler: Failed to regenerate ASG cache: ${error}`,
    eks,
    anyAccount,
  ],
  [
    (error) => `failed to provision volume with StorageClass "gp3": ${error} (serviceaccount kube-system/ebs-csi)`,
    eks,
    'system:serviceaccount:kube-system:ebs-csi',
  ],
  [(error) => `external-dns on EKS, namespace dns: ${error}`, eks, 'system:serviceaccount:dns:<ServiceAccount>'],
  [
    (error) => `{"logger":"controller","message":"Reconciler error","namespace":"web","error":"${error}"}`,
    eks,
    anyAccount,
  ],
  [(error) => `No AWS Credentials provided by WebIdentityTokenCredentialsProvider: ${error}`, eks, anyAccount],
  [
    (error) => `${error}, AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token`,
    eks,
    anyAccount,
  ],
  [
    (error) => `${error} (iss https://oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111, service account jobs:nightly)`,
    'oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111',
    'system:serviceaccount:jobs:nightly',
  ],
  [
    (error) => `Running with gitlab-runner 16.9.0\n${error}`,
    'gitlab.com',
    'project_path:<Group>/<Project>:ref_type:branch:ref:<Branch>',
    'https://gitlab.com',
  ],
  [(error) => `Run aws-actions/configure-aws-credentials@v4\n${error}`, github, anyRepository],
  [(error) => `Error: Could not assume role with OIDC: ${error}`, github, anyRepository],
  [(error) => `${error} when the github workflow deploys`, github, anyRepository],
  // Both may have asked.
  [(error) => `${error} from the github workflow, and from the pods of Kubernetes`, '<OidcProviderHost>', '<Subject>'],
]

t.test('the provider whose token was refused, as far as the text tells', async (test) => {
  for (const [around, host, subject, audience = 'sts.amazonaws.com'] of rows) {
    const text = around(refused)
    const [diagnosis] = await diagnosesOf(text)
    const [cause] = diagnosis?.causes ?? []
    test.equal(cause?.code, 'oidc-trust', text)
    const statement = cause?.remedies[0]?.statement
    test.strictSame(statement?.Principal, { Federated: `arn:aws:iam::<AccountId>:oidc-provider/${host}` }, text)
    test.strictSame(
      statement?.Condition,
      { StringEquals: { [`${host}:aud`]: audience, [`${host}:sub`]: subject } },
      text,
    )
  }
})
