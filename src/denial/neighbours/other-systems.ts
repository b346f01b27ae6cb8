import type { NeighbourRow } from './neighbour-row.ts'
import { isOfCodeArtifact, isOfEcr } from './registries.ts'

const ofS3 = /(?:^|[^a-z0-9])s3[a-z0-9.-]{0,60}\.amazonaws\.com|arn:aws[a-z-]{0,12}:s3:/iu
const refusal = /access ?denied|\b403\b|forbidden|unauthorized|not authorized|signature/iu
const requested =
  /\bon ["'`]?https?:\/\/[^\s"'<>]{0,200}$|\bHostId\b[>"':= ]{1,4}[^\s<"']{0,200}$|(?:--(?:[a-z0-9]{1,12}-)?endpoint(?:-url)?|AWS_ENDPOINT_URL(?:_S3)?)["']?[ =]["']?[\w:/.-]{0,200}$|(?:^|\n)[ \t]{0,12}["']?(?:s3[_-]?)?endpoint(?:[_-]?url)?["']?[ \t]{0,12}[:=][ \t]{0,4}["']?[\w:/.-]{0,200}$/iu
const addressed = /(?:https?:\/\/|\bendpoint[\w-]{0,12}["']?\s?[:=]?\s?["']?)[^\s"'<>]{0,200}$/iu

/** People also tell of other storage beside a refusal of S3: the host counts where the refused request went there. */
function isRequested(before: string, after: string): boolean {
  if (ofS3.test(before) || ofS3.test(after)) return false
  if (requested.test(before)) return true
  const line = [before.slice(before.lastIndexOf('\n') + 1), after.split('\n', 1)[0] ?? '']
  return addressed.test(before) && line.some((part) => refusal.test(part))
}

/** An address on the line of the error, and none of AWS. */
const atOtherHost = /^[^\n]{0,300}?https?:\/\/(?![^\s/]{0,100}\.amazonaws\.com)[^\s/]/iu

const isOfOtherRegistry = (before: string, after: string): boolean => !isOfEcr(before, after)
const isOfOtherHost = (before: string, after: string): boolean => !isOfCodeArtifact(before, after)

/** What Vault passes on of AWS's SDK, where it looks up a role of IAM. */
const askedIam =
  /Errors:\s{1,4}\*[^\n]{0,200}(?:unique ID of ARN|unable to resolve ARN)[^\n]{0,300}(?:awserr\.|AccessDenied)/iu
const isOwnAnswer = (_: string, after: string): boolean => !askedIam.test(after)

/** Other systems that say no in words like AWS's. */
export const otherSystemRows: readonly NeighbourRow[] = [
  {
    name: 'kubernetes-rbac',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'is forbidden: user',
      'forbidden: user system:',
      'at the cluster scope',
      'in api group',
      'rbac.authorization.k8s.io',
      'attempting to grant rbac permissions',
    ],
    example:
      'Error from server (Forbidden): pods is forbidden: User "dev" cannot list resource "pods" in API group "" in the namespace "web"',
    seen: 'Kubernetes',
  },
  {
    name: 'azure',
    kind: 'sentence',
    class: 'not-aws',
    words: 'authorizationfailed',
    // Others say in two words that an authorization failed.
    when: (_before, _after, printed) => !/\s/u.test(printed),
    example:
      "Code: AuthorizationFailed. The client does not have authorization to perform action 'Microsoft.Resources/subscriptions/read'",
    seen: 'Azure Resource Manager',
  },
  {
    name: 'azure',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'does not have authorization to perform action microsoft.',
      'aadsts',
      'management.azure.com',
      'this request is not authorized to perform this operation',
      'microsoft-httpapi',
    ],
    example: 'AADSTS700016: Application with identifier 0d0bb2a1 was not found in the directory',
    seen: 'Azure Resource Manager and Microsoft Entra ID',
  },
  {
    name: 'azure',
    kind: 'sentence',
    class: 'not-aws',
    words: ['azure-storage', '.core.windows.net'],
    when: (before, after) => !/\.amazonaws\.com|arn:aws/u.test(before + after),
    example:
      'StorageError: Forbidden at StorageServiceClient (node_modules/azure-storage/lib/common/client.js:1205:23)',
    seen: 'Azure Storage and its clients',
  },
  {
    name: 'google-cloud',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'googleapi: error 40',
      'cloud.google.com',
      'googleapis.com',
      'gserviceaccount.com',
      'insufficient authentication scopes',
      'iam.serviceaccounts.actas',
      'accessdeniedexception: 403',
      'does not have storage.',
      'does not have bigquery.',
      'permission bigquery.',
      'firebase storage',
      '(storage/unauthorized)',
    ],
    example: 'googleapi: Error 403: deploy@example.iam.gserviceaccount.com does not have storage.objects.get access',
    seen: 'Google Cloud',
  },
  {
    name: 'google-cloud',
    kind: 'sentence',
    class: 'not-aws',
    words: ['permission_denied'],
    // Athena and Trino put the same name before what an SDK of AWS says.
    unless: /com\.amazonaws|awssdk|amazon\w{0,20}exception|\(service:[\w.-]{2,40}[;,]statuscode:|amazonaws\.com/,
    example: 'PERMISSION_DENIED: Permission denied on resource project shop-1',
    seen: 'Google Cloud, a status of gRPC',
  },
  {
    name: 'alibaba-cloud',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'oss: service returned error',
      'aliyuncs.com',
      'nopermission.ram',
      'forbidden.ram',
      'acs:ram::',
      'imsnopermission',
    ],
    example: 'oss: service returned error: StatusCode=403, ErrorCode=AccessDenied',
    seen: 'Alibaba Cloud',
  },
  {
    name: 'other-cloud',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      // Tencent Cloud
      'qcs::',
      'check your cam policies',
      'you are not authorized to perform operation (',
      'tencentcloudsdkexception',
      'tencentcloudapi.com',
      '.myqcloud.com',
      // Huawei Cloud
      'policy doesnt allow {action} to be performed',
      '.myhuaweicloud.com',
      // Volcano Engine
      'trn:iam::',
      '.volcengineapi.com',
      '.volces.com',
      // Baidu, Oracle, IBM
      '.bcebos.com',
      'notauthorizedornotfound',
      'crn:v1:bluemix:',
    ],
    when: (before, after) => !/arn:aws|\.amazonaws\.com/u.test(before + after),
    example: 'You are not authorized to perform this operation. Check your CAM policies (cos:GetBucket)',
    seen: 'Tencent Cloud, Huawei Cloud, Volcano Engine, Baidu, Oracle and IBM Cloud',
  },
  {
    name: 'digitalocean',
    kind: 'sentence',
    class: 'not-aws',
    words: ['digitalocean_', 'digitaloceanspaces.com', 'api.digitalocean.com'],
    example:
      'digitalocean_spaces_bucket_policy.site: Error occurred while creating new Spaces bucket policy: Forbidden',
    seen: 'DigitalOcean Spaces',
  },
  {
    name: 'object-storage',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      '.r2.cloudflarestorage.com',
      '.wasabisys.com',
      '.backblazeb2.com',
      '.linodeobjects.com',
      '.vultrobjects.com',
      '.your-objectstorage.com',
      '.scw.cloud',
      'storage.yandexcloud.net',
      '.idrivee2',
      'objectstorage.{word}.oraclecloud.com',
      '.cloud-object-storage.appdomain.cloud',
      '.cloud.ovh.net',
      '.exo.io',
      '.contabostorage.com',
      'storage.tigris.dev',
      '.storage.dev',
      '.upcloudobjects.com',
      '.filebase.com',
      '.supabase.co/storage',
    ],
    when: isRequested,
    example:
      'Error executing "ListObjects" on "https://reports.0123456789abcdef.r2.cloudflarestorage.com/": 403 Forbidden AccessDenied (client): Access Denied',
    seen: 'storage of others that speaks the language of S3',
  },
  {
    name: 'object-storage',
    kind: 'sentence',
    class: 'not-aws',
    words: ['mc: <error>'],
    when: (_, after) => atOtherHost.test(after),
    example: 'mc: <ERROR> Unable to list folder. Access Denied. (alias: lab https://minio.example.com:9000)',
    seen: 'the client of MinIO, which speaks to S3 as well',
  },
  {
    name: 'database',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'access denied for user',
      'error 1045 (28000)',
      'error 1044 (42000)',
      'command denied to user',
      'permission denied for relation',
      'permission denied for table',
      'permission denied for schema',
      'permission denied for database',
      'permission denied for function',
      'password authentication failed for user',
      'no pg_hba.conf entry for host',
      'ora-01031',
      'ora-01017',
      'login failed for user',
      'not authorized on',
      'noauth authentication required',
      'sql access control error',
      'noperm this user has no permissions',
      'wrongpass invalid username-password',
    ],
    example: "ERROR 1045 (28000): Access denied for user 'app'@'10.0.0.5' (using password: YES)",
    seen: 'MySQL, PostgreSQL, Oracle, SQL Server, Snowflake, MongoDB, Redis',
  },
  {
    name: 'operating-system',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'errno 13] permission denied',
      'permission denied (publickey',
      'eacces: permission denied',
      'eacces, permission denied',
      'eperm: operation not permitted',
      'bash: permission denied',
      'open /var/run/docker.sock: connect: permission denied',
      'access to the path',
      'java.nio.file.accessdeniedexception: /',
      'accessdeniedexception: c:',
      'unauthorizedaccessexception',
      'operation not permitted',
    ],
    example: "PermissionError: [Errno 13] Permission denied: '/var/log/app.log'",
    seen: 'Linux, Windows and language runtimes',
  },
  {
    name: 'git-hosting',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'remote: permission to',
      'unable to access https://github.com',
      'unable to access https://gitlab',
      'unable to access https://bitbucket',
      'denied to github-actions',
      'resource not accessible by integration',
      'remote: http basic: access denied',
      'you are not allowed to push code',
      'support for password authentication was removed',
      'git@github.com: permission denied',
      'remote: write access to repository not granted',
    ],
    example: 'remote: Permission to acme/infra.git denied to github-actions[bot].',
    seen: 'GitHub, GitLab, Bitbucket',
  },
  {
    name: 'package-registry',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'npm err! code e40',
      'npm error code e40',
      'error code e401',
      'error code e403',
      'denied: permission_denied: write_package',
      'unable to authenticate, need: basic',
      'unable to authenticate, need: bearer',
    ],
    when: isOfOtherHost,
    example: 'npm ERR! code E403\nnpm ERR! 403 Forbidden - PUT a package',
    seen: 'npm and Docker Hub',
  },
  {
    name: 'package-registry',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'requested access to the resource is denied',
      'unauthorized: authentication required',
      'pull access denied for',
      'insufficient_scope: authorization failed',
    ],
    when: isOfOtherRegistry,
    example: 'pull access denied for acme/app, repository does not exist or may require docker login',
    seen: 'docker and containerd with Docker Hub',
  },
  {
    name: 'vault',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      'error making api request.url:',
      '* permission denied',
      'hvac.exceptions.',
      'hvac/v1/__init__.py',
      'hvac/adapters.py',
    ],
    when: isOwnAnswer,
    example:
      'Error making API request.\n\nURL: GET https://vault.example.com/v1/secret/data/app\nCode: 403. Errors:\n\n* permission denied',
    seen: 'HashiCorp Vault',
  },
  {
    name: 'application',
    kind: 'sentence',
    class: 'not-aws',
    words: ['org.springframework.security', 'odoo.exceptions.', 'hiveaccesscontrolexception'],
    example: 'org.springframework.security.access.AccessDeniedException: Access is denied',
    seen: 'Spring Security, Odoo, Hive with Ranger',
  },
  {
    name: 'web-server',
    kind: 'sentence',
    class: 'not-aws',
    words: [
      '403 forbidden</title>',
      "you don't have permission to access / on this server",
      "you don't have permission to access this resource.</p>",
      'nginx/1',
      'error code: 1020',
      'sorry, you have been blocked',
    ],
    example: '<html><head><title>403 Forbidden</title></head><body>nginx/1.24.0</body></html>',
    seen: 'nginx, Apache, Cloudflare',
  },
  {
    name: 'kubernetes-rbac',
    kind: 'sentence',
    class: 'not-aws',
    words: ['failed to list *v{word}: unauthorized', 'failed to watch *v{word}: unauthorized'],
    example: 'reflector.go:229: failed to list *v1.Pod: Unauthorized',
    seen: 'controllers whose token the API server of their cluster does not take',
  },
  {
    name: 'database',
    kind: 'sentence',
    class: 'not-aws',
    words: ['permission on <{any}> or any of its parents'],
    when: (before, after) => !/\bcassandra\.[a-z0-9-]{4,25}\.amazonaws\.com/u.test(before + after),
    example: 'User app has no SELECT permission on <table shop.orders> or any of its parents',
    seen: 'Cassandra',
  },
]
