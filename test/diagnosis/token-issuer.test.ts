import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { trust } from './case-row.ts'
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
  // A job that names an environment.
  [
    (error) => `Error: Could not assume role with OIDC: ${error}\n  deploy:\n    environment: develop\n    steps:`,
    github,
    'repo:<Organization>/<Repository>:environment:develop',
  ],
  [
    (error) =>
      `Error: Could not assume role with OIDC: ${error}\n  deploy:\n    environment:\n      name: "live"\n      url: x`,
    github,
    'repo:<Organization>/<Repository>:environment:live',
  ],
  [
    (error) => `Error: Could not assume role with OIDC: ${error}\n    environment: \${{ inputs.target }}`,
    github,
    anyRepository,
  ],
  [
    (error) => `Error: Could not assume role with OIDC: ${error}, though the environment variables are set`,
    github,
    anyRepository,
  ],
  [
    (error) => `Error: Could not assume role with OIDC: ${error}\n    environment:\n      AWS_REGION: eu-west-1`,
    github,
    anyRepository,
  ],
  [(error) => `Error: Could not assume role with OIDC: ${error}\nEnvironment: Linux`, github, anyRepository],
  [(error) => `environment: develop\n${error}`, '<OidcProviderHost>', '<Subject>'],
  [
    (error) => `configure-aws-credentials: ${error}\nEnvironment: \`dev\`\nRepo: \`acme/web\``,
    github,
    'repo:acme/web:environment:dev',
  ],
  [
    (error) => `Could not assume role with OIDC: ${error}\nrepo github.com/acme/web`,
    github,
    'repo:acme/web:ref:refs/heads/<Branch>',
  ],
  [
    (error) =>
      `Could not assume role with OIDC: ${error}\nsee repo github.com/aws-actions/configure-aws-credentials for help`,
    github,
    anyRepository,
  ],
  // What the trust policy has is not what the token has.
  [
    (error) => `${error}; for "${github}:sub" I have repo:acme/web...\nthe repository is https://github.com/Acme/web`,
    github,
    'repo:Acme/web:ref:refs/heads/<Branch>',
  ],
  [
    (error) =>
      `WebIdentityErr: ${error}\nour trust relationship has system:serviceaccount:apps:old\nserviceAccountName: new, namespace apps`,
    eks,
    'system:serviceaccount:apps:new',
  ],
  [
    (error) => `${error}: the token's sub is repo:acme/web:pull_request, the trust policy has repo:acme/web:ref:x`,
    github,
    'repo:acme/web:pull_request',
  ],
  [
    (error) => `could not create volume in EC2 (aws-ebs-csi-driver:v1.2.0): ${error}`,
    eks,
    'system:serviceaccount:kube-system:ebs-csi-controller-sa',
  ],
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

t.test('the provider of a cluster in China', async (test) => {
  const [found] = await diagnosesOf(`cn-northwest-1, external-dns: failed to list hosted zones: ${refused}`)
  test.match(found?.causes[0]?.remedies[0]?.statement?.Principal, {
    Federated: 'arn:aws-cn:iam::<AccountId>:oidc-provider/oidc.eks.cn-northwest-1.amazonaws.com.cn/id/<ClusterId>',
  })
})

t.test('an audience is wrong only where the one who asks does not choose it', async (test) => {
  const faultOf = async (host: string, audience: string): Promise<string | undefined> => {
    const [diagnosis] = await diagnosesOf(
      `${refused} (issuer ${host})`,
      trust({
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${host}:aud`]: audience, [`${host}:sub`]: 'somebody' } },
      }),
    )
    return diagnosis?.causes[0]?.facts['fault']
  }
  test.equal(await faultOf(github, 'https://aws.example.com'), 'audience')
  test.equal(await faultOf('gitlab.com', 'https://aws.example.com'), 'unknown')
  test.equal(await faultOf('app.terraform.io', 'https://aws.example.com'), 'unknown')
})

t.test('the role keeps its name where its account was taken out', async (t) => {
  const attachedTo = async (account: string): Promise<unknown> => {
    const [found] = await diagnosesOf(`role-to-assume: arn:aws:iam::${account}:role/github-deploy\n${refused}`)
    return found?.causes[0]?.remedies[0]?.target?.attachTo
  }
  for (const account of ['111122223333', '<<account_id>>', '<AccountId>', 'XXXXXXXXXXXX', '${{ secrets.ACCOUNT }}'])
    t.equal(await attachedTo(account), 'role/github-deploy', account)
  t.equal(await attachedTo('some account or other'), 'role/<RoleName>')
})

t.test('the provider is in the account of the role, as far as that is told', async (t) => {
  const providerFor = async (role: string): Promise<unknown> => {
    const [found] = await diagnosesOf(`role-to-assume: ${role}\n${refused}`)
    return found?.causes[0]?.remedies[0]?.statement?.Principal
  }
  t.match(await providerFor('arn:aws:iam::111122223333:role/github-deploy'), {
    Federated: /^arn:aws:iam::111122223333:oidc-provider\//,
  })
  t.match(await providerFor('arn:aws-cn:iam::111122223333:role/github-deploy'), {
    Federated: /^arn:aws-cn:iam::111122223333:oidc-provider\//,
  })
  t.match(await providerFor('arn:aws:iam::XXXXXXXXXXXX:role/github-deploy'), {
    Federated: /^arn:aws:iam::<AccountId>:oidc-provider\//,
  })
})

t.test('a provider that is not there yet, and a role that trusts another', async (t) => {
  const missing = 'No OpenIDConnect provider found in your account for https://gitlab.example.com'
  const trusting = (host: string): Policies => ({
    'role-trust': [
      {
        name: 'trust',
        document: {
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::444455556666:oidc-provider/${host}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } },
          },
        },
      },
    ],
  })
  const first = async (policies: Policies = {}) => (await diagnosesOf(missing, policies))[0]?.causes[0]
  const other = await first(trusting('gitlab.com'))
  t.match(other, { code: 'oidc-trust', confidence: 'evaluated', facts: { fault: 'issuer' } })
  t.match(other?.remedies, [
    { step: 'create-oidc-provider' },
    {
      editedStatement: {
        Principal: { Federated: 'arn:aws:iam::444455556666:oidc-provider/gitlab.example.com' },
        Condition: { StringEquals: { 'gitlab.example.com:aud': 'sts.amazonaws.com' } },
      },
    },
  ])
  for (const policies of [{}, trusting('gitlab.example.com')]) {
    const same = await first(policies)
    t.match(same, { confidence: 'stated', facts: { fault: 'provider' } })
    t.equal(same?.remedies.length, 1)
  }
})
