import type { ClueShape } from './clue-shape.ts'

/** Who issued a web identity token: the refusal of STS does not say, and what stands around it does. */
/**
 * Service accounts that AWS's own guides name, all in `kube-system`.
 * https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html and its neighbours
 */
const addOns = (
  [
    ['ebs-csi-controller-sa', ['ebs-csi', 'ebs.csi.aws.com']],
    ['efs-csi-controller-sa', ['efs-csi', 'efs.csi.aws.com']],
    ['aws-load-balancer-controller', ['aws-load-balancer-controller']],
  ] as const
).map(([name, phrases]) => ({
  kind: 'add-on-at-work' as const,
  phrases,
  values: { namespace: 'kube-system', name },
  standsAlone: false,
  seen: 'add-ons of EKS',
  example: phrases[0],
}))

export const tokenIssuers = [
  {
    kind: 'token-issuer-named',
    phrases: ['token.actions.githubusercontent.com', 'oidc.eks.', 'gitlab.com', 'app.terraform.io'],
    capture:
      /(?<![\w.@-])(?<host>token\.actions\.githubusercontent\.com|oidc\.eks\.[a-z0-9-]{4,30}\.amazonaws\.com(?:\.cn)?\/id\/[A-Za-z0-9]{1,64}|gitlab\.com(?!\/)|app\.terraform\.io(?!\/))/u,
    before: 1,
    standsAlone: false,
    seen: 'trust policies, tokens',
    example: 'iss is https://oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111',
  },
  {
    kind: 'github-token-asked',
    phrases: [
      'configure-aws-credentials',
      'could not assume role with oidc',
      'assuming role with oidc',
      'run aws-actions',
      'aws-actions/',
      'id-token: write',
      'set the `id-token` permission',
      'credentials could not be loaded, please check your action inputs',
      'actions_id_token_request',
      'github actions',
      'github_actions',
      'githubactions',
    ],
    standsAlone: false,
    seen: 'GitHub Actions',
    example: 'Run aws-actions/configure-aws-credentials@v4',
  },
  {
    kind: 'github-mentioned',
    phrases: ['github'],
    // Paths of Go modules and links to an issue say nothing about who asked.
    capture: /github(?!\.(?:com|io)|usercontent)/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the github repo was renamed',
  },
  {
    kind: 'gitlab-at-work',
    phrases: [
      'gitlab-runner',
      'gitlab ci',
      'gitlab-ci',
      'gitlab_oidc',
      'ci_job_jwt',
      'ci_project_path',
      'ci_server_url',
      'gitlab runner',
      'gitlab pipeline',
    ],
    standsAlone: false,
    seen: 'GitLab CI/CD',
    example: 'Running with gitlab-runner 16.9.0',
  },
  {
    kind: 'eks-token-file',
    phrases: ['secrets/eks.amazonaws.com', 'eks.amazonaws.com/role-arn', 'eks.amazonaws.com/serviceaccount'],
    standsAlone: false,
    seen: 'pods with IAM roles for service accounts',
    example: 'AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
  },
  {
    kind: 'kubernetes-at-work',
    phrases: [
      'external-dns',
      'externaldns',
      // The sentences of external-dns, whose log does not name it.
      'records retrieval failed',
      'failed to list hosted zones',
      'cert-manager',
      'karpenter',
      'cluster-autoscaler',
      'static_autoscaler',
      'failed to regenerate asg cache',
      'nodeclass',
      'nodeclaim',
      'ebs-csi',
      'ebs.csi.aws.com',
      'efs-csi',
      'efs.csi.aws.com',
      'secrets-store-csi',
      'external provisioner',
      'external-provisioner',
      'storageclass',
      'persistentvolume',
      'failed to provision volume',
      ' pvc',
      'pvc-',
      'aws-load-balancer-controller',
      'alb-ingress',
      'failed to build loadbalancer',
      'failedbuildmodel',
      'external-secrets',
      'externalsecret',
      'clustersecretstore',
      'kube-system',
      'kubernetes',
      'kubebuilder',
      'kubectl',
      'reconciler error',
      'serviceaccount',
      'service account',
      'service-account',
      ' irsa',
      '(irsa',
      'crossplane',
      'providerconfig',
      'velero',
      'helm chart',
      // Reads the variables that the webhook of EKS sets in a pod.
      'webidentitytokencredentialsprovider',
      'webidentitytokenfilecredentialsprovider',
    ],
    standsAlone: false,
    seen: 'controllers and drivers in clusters',
    example: 'waiting for a volume to be created by external provisioner "ebs.csi.aws.com"',
  },
  {
    kind: 'service-account-named',
    phrases: ['service account', 'serviceaccount', 'service-account'],
    capture:
      /service[ -]?account(?:name)?\\{0,3}["'`]?(?:[:=/] ?| (?:named |called |is )?)\\{0,3}["'`]?(?!(?:has|have|had|is|was|in|of|on|and|or|with|for|to|the|that|which|not|does|annotation|annotated|token|role|name|carries|exists|itself|uses|from|by|as|but|are|can|cannot|should|must|in|under|namespace|created|used)\b)(?:(?<namespace>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)[/:])?(?<name>[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?)(?![A-Za-z_/])/iu,
    standsAlone: false,
    seen: 'Kubernetes',
    example: 'serviceAccountName: external-dns',
  },
  {
    kind: 'service-account-named',
    phrases: [' sa ', ' serviceaccount '],
    capture:
      /(?<=\b(?:get|describe|annotate) )(?:sa|serviceaccount) (?<name>[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?)(?![\w./-])/u,
    before: 10,
    standsAlone: false,
    seen: 'calls of kubectl',
    example: 'kubectl get sa external-dns',
  },
  {
    kind: 'namespace-told',
    phrases: ['kubectl'],
    capture:
      /^kubectl\b[^\n|;&]{0,80}?[ \t](?:-n|--namespace)[ =]["']?(?<namespace>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\w.-])/u,
    standsAlone: false,
    seen: 'calls of kubectl',
    example: 'kubectl -n dns get sa external-dns',
  },
  ...addOns,
  {
    kind: 'namespace-told',
    // A log's `namespace=` is that of the object it works on, not of the account that asks.
    phrases: ['namespace '],
    capture:
      /(?:(?<![\w"'])namespace (?:is |named |called )?[`'"]?(?!(?:is|was|has|of|and|or|where|that|in|the|with|for|does|not|name|named|called|to|on|are|it)\b)(?<namespace>[a-z0-9][a-z0-9-]{0,60}[a-z0-9])(?![\w=]))/u,
    before: 1,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'external-dns on EKS, namespace dns',
  },
] as const satisfies readonly ClueShape[]
