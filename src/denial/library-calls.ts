import { ownValue } from '../iam/own-value.ts'
import type { Clue } from './denial.ts'
import type { TextView } from './text-view.ts'

/*
 * Libraries in front of S3 have names of their own for its operations, and print a bare 403:
 * `Storage.list('')`, `bucket.objects.all()`, `fs.ls('bucket/raw')`, `s3.doesObjectExist("bucket", "key")`.
 */

interface Library {
  /** Who has it. */
  readonly seen: string
  /** What stands in front of the method. */
  readonly of: string
  /** The methods, by the operation that each calls first. */
  readonly methods: Readonly<Record<string, string>>
  /** What is passed first: bucket and key, or both in one path; of others it is a path inside a bucket. */
  readonly passed?: 'bucket' | 'path'
  /** A sign of S3 in the text, where the names are others' too. */
  readonly needs?: RegExp
  /** A sign of others. */
  readonly unless?: RegExp
}

const libraries: readonly Library[] = [
  {
    seen: 'AWS Amplify',
    of: String.raw`\bStorage\.`,
    methods: {
      ListObjectsV2: 'list',
      GetObject: 'get downloadData',
      PutObject: 'put uploadData',
      DeleteObject: 'remove',
      CopyObject: 'copy',
    },
  },
  {
    seen: 'Laravel, and Flysystem behind it',
    of: String.raw`(?:\bStorage::(?:(?:disk|drive)\([^()\n]{0,40}\)->|cloud\(\)->)?|\$(?:disk|storage|filesystem|s3)->)`,
    methods: {
      ListObjectsV2: 'files allFiles directories allDirectories listContents',
      GetObject: 'get read readStream download response json',
      PutObject: 'put putFile putFileAs write writeStream makeDirectory createDirectory',
      HeadObject: 'exists missing has fileExists size fileSize lastModified mimeType',
      DeleteObject: 'delete',
      CopyObject: 'copy',
      PutObjectAcl: 'setVisibility',
      GetObjectAcl: 'getVisibility visibility',
    },
    needs: /\bs3\b|AmazonS3/iu,
  },
  {
    // Managers of Django's models have the same name: a bucket has to be in front.
    seen: 'resources of boto3',
    of: String.raw`\b(?:(?:[a-z][a-z0-9_]{0,20}_)?bucket\d?|[a-z][a-zA-Z0-9]{0,20}Bucket|[Bb]ucket\([^()\n]{1,80}\))\.objects\.`,
    // Deleting what they list is two operations, either of which may be refused.
    methods: { ListObjectsV2: 'all filter limit page_size each map count first' },
  },
  {
    seen: 'the AWS SDK for Ruby',
    of: String.raw`\b(?:(?:[a-z][a-z0-9_]{0,20}_)?bucket|bucket\([^()\n]{1,80}\))\.`,
    methods: { ListObjectsV2: 'objects' },
  },
  {
    seen: 's3fs and other file systems of Python, Spark and Databricks',
    of: String.raw`\b(?:fs|s3|s3fs|s3_fs|filesystem)\.`,
    methods: {
      ListObjectsV2: 'ls find glob walk du listdir listStatus listFiles',
      HeadObject: 'exists isfile info getFileStatus',
    },
    needs: /s3fs|S3FileSystem|s3[an]?:\/\/|\bS3\b|AmazonS3/u,
    passed: 'path',
    // Node's `fs` looks at the disk.
    unless: /\brequire\(['"](?:node:)?fs|\bfrom ['"](?:node:)?fs\b/u,
  },
  {
    seen: 'the first SDK for Java, and the one for PHP',
    of: String.raw`(?:\.|->|::)`,
    passed: 'bucket',
    methods: {
      HeadObject: 'doesObjectExist doesObjectExistV2',
      HeadBucket: 'doesBucketExist',
      // https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services/s3/AmazonS3.html
      GetBucketAcl: 'doesBucketExistV2',
    },
  },
  {
    seen: 'MinIO’s clients',
    of: String.raw`[\w)]\.`,
    passed: 'bucket',
    methods: {
      HeadObject: 'statObject StatObject stat_object',
      GetObject: 'fGetObject FGetObject fget_object',
      PutObject: 'fPutObject FPutObject fput_object',
      DeleteObject: 'removeObject RemoveObject remove_object',
      CreateBucket: 'makeBucket MakeBucket make_bucket',
      HeadBucket: 'bucketExists BucketExists bucket_exists',
    },
  },
  {
    seen: 'the transfer managers of the SDKs for .NET and Go',
    of: String.raw`\b(?:[tT]ransferUtility|[sS]3Uploader|uploader|[sS]3Downloader|downloader)\.`,
    methods: {
      PutObject: 'Upload UploadAsync UploadWithContext UploadDirectory UploadDirectoryAsync',
      GetObject: 'Download DownloadAsync DownloadWithContext DownloadDirectory DownloadDirectoryAsync',
    },
  },
  {
    seen: 'boto, before boto3',
    of: String.raw`\b(?:(?:[a-z][a-z0-9_]{0,20}_)?(?:bucket|key)|k|conn|s3)\.`,
    methods: {
      ListObjects: 'get_all_keys',
      PutObject: 'set_contents_from_string set_contents_from_file set_contents_from_filename',
      GetObject: 'get_contents_as_string get_contents_to_file get_contents_to_filename',
      HeadObject: 'get_key',
      HeadBucket: 'get_bucket lookup',
    },
  },
  {
    seen: 'RightAws, aws-s3 and other clients of Ruby and JavaScript',
    of: String.raw`[\w)]\.`,
    methods: { ListBuckets: 'list_all_my_buckets listAllMyBuckets' },
  },
  {
    seen: 'pandas and Polars, on addresses of S3',
    of: String.raw`\.(?=(?:read|scan|to|write)_[a-z]{2,10}\(f?["']s3[an]?:\/\/)`,
    methods: {
      GetObject: 'read_csv read_parquet read_json read_excel read_pickle read_feather read_table scan_csv scan_parquet',
      PutObject: 'to_csv to_parquet to_json to_excel to_pickle to_feather write_csv write_parquet',
    },
  },
]

/** What is said to work is not what was refused. */
const works =
  /^[^()\n]{0,120}\)?[`'"]{0,2},? (?:works?|worked|succeeds?|succeeded|passes|is (?:fine|ok)|returns? true)\b/u

const placed = {
  bucket:
    /^\s{0,3}["'](?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])["'](?:\s{0,3},\s{0,3}["'](?<key>[^"'\n]{1,500})["'])?/u,
  path: /^\s{0,3}["'](?:s3[an]?:\/\/)?(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(?<key>[^"'\n]{0,500})["']/u,
}

const tables = libraries.map(({ of, methods, needs, unless, passed }) => ({
  shape: new RegExp(
    `${of}(?<method>${Object.values(methods).join(' ').replaceAll(' ', '|')})(?<open>\\(|(?![\\w(]))`,
    'gu',
  ),
  needs,
  unless,
  passed,
  operations: Object.fromEntries(
    Object.entries(methods).flatMap(([operation, names]) => names.split(' ').map((name) => [name, operation])),
  ),
}))

/** What all have in common, found faster in texts without code. */
const anyCall = /[A-Za-z_0-9]\(|[dD]oes(?:Object|Bucket)Exist|list_all_my_buckets/
/** Methods that no other library has. */
const ownNames = /^does(?:Object|Bucket)Exist|^list_?[aA]ll_?[mM]y_?[bB]uckets$/u
const mostPerLibrary = 60
const near = 700

/** Calls of libraries in front of S3, as the operations that they make. */
export function findLibraryCalls(view: TextView, text: string): readonly Clue[] {
  if (!anyCall.test(text)) return []
  const found: Clue[] = []
  for (const { shape, needs, unless, passed, operations } of tables) {
    if (needs?.test(text) === false || unless?.test(text) === true) continue
    let count = 0
    for (const { index, groups, 0: whole } of text.matchAll(shape)) {
      const { method = '', open = '' } = groups ?? {}
      const operation = ownValue(operations, method)
      const end = index + whole.length
      const after = text.slice(end, end + near)
      if (operation === undefined || works.test(after)) continue
      // Of words without a call only what no other library has is a method.
      if (open === '' && !ownNames.test(method)) continue
      if (++count > mostPerLibrary) break
      const { bucket, key = '' } = (passed && open !== '' ? placed[passed].exec(after)?.groups : undefined) ?? {}
      const isListing = operation.startsWith('List')
      const place = { ...(bucket !== undefined && { bucket }), ...(key !== '' && !isListing && { key }) }
      found.push({
        kind: 'frame-told',
        values: { operation, from: 'code', service: 's3', ...place },
        span: view.spanOf(index, end),
      })
    }
  }
  return found
}
