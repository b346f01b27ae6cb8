import type { NeighbourRow } from './neighbour-row.ts'

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

/** The clouds of others, and storage of theirs that speaks the language of S3. */
export const otherCloudRows: readonly NeighbourRow[] = [
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
    name: 'object-storage',
    kind: 'sentence',
    class: 'not-aws',
    words: ['server: minio', 'server: ceph', 'server: aliyunoss', 'server: tencent-cos'],
    when: (before, after) => /(?:^|\n)[ \t<*]{0,6}$/.test(before) && /^[^\n]{0,20}(?:\n|$)/.test(after),
    example:
      'HTTP/1.1 403 Forbidden\nServer: MinIO\n\n<Error><Code>AccessDenied</Code><Message>Access Denied.</Message><Resource>/reports/a.csv</Resource></Error>',
    seen: 'storage of others, by the header that names it',
  },
  {
    name: 'object-storage',
    kind: 'sentence',
    class: 'not-aws',
    words: ['x-trans-id: tx'],
    when: (before) => /(?:^|\n)[ \t<*]{0,6}$/.test(before),
    example: 'HTTP/1.1 403 Forbidden\nx-trans-id: tx000000000000000000a1b-0065f0c2d4-1f2e-default\n\nAccessDenied',
    seen: 'Ceph and Swift, by the header that these alone send',
  },
  {
    name: 'object-storage',
    kind: 'sentence',
    class: 'not-aws',
    words: ['minio api responded with message'],
    example: 'Minio.Exceptions.AccessDeniedException: MinIO API responded with message=Access denied on the resource',
    seen: 'MinIO’s client for .NET',
  },
]
