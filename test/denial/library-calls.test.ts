import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const denied = 'AccessDenied: Access Denied (Service: Amazon S3; Status Code: 403)'
const callOf = (text: string): { operation?: string; bucket?: string; key?: string } => {
  const call = parsePaste(text).denials[0]?.calls.at(-1)
  const { bucket, key } = call?.parameters ?? {}
  return {
    ...(call !== undefined && { operation: call.operation }),
    ...(bucket !== undefined && { bucket }),
    ...(key !== undefined && { key }),
  }
}

const rows: readonly (readonly [text: string, operation: string | undefined, bucket?: string, key?: string])[] = [
  ["await Storage.list('in/')", 'ListObjectsV2'],
  ["await Storage.remove('in/a.png')", 'DeleteObject'],
  ['AWSS3Provider - get error', 'GetObject'],
  ["Storage::disk('s3')->exists('a.png')", 'HeadObject'],
  ["Storage::disk('s3')->allFiles('img')", 'ListObjectsV2'],
  ["Unable to list contents for 'img'", 'ListObjectsV2'],
  ['Unable to write file at location: img/a.png', 'PutObject'],
  ['for item in bucket.objects.all():', 'ListObjectsV2'],
  ["s3.Bucket('amzn-s3-demo-img').objects.filter(Prefix='a/')", 'ListObjectsV2', 'amzn-s3-demo-img'],
  ["bucket.objects(prefix: 'a').each", 'ListObjectsV2'],
  ["s3fs: fs.ls('amzn-s3-demo-img/a')", 'ListObjectsV2', 'amzn-s3-demo-img'],
  ["s3fs: fs.info('amzn-s3-demo-img/a/b.csv')", 'HeadObject', 'amzn-s3-demo-img', 'a/b.csv'],
  ["fs.exists('s3://amzn-s3-demo-img/a/b.csv')", 'HeadObject', 'amzn-s3-demo-img', 'a/b.csv'],
  ["pd.read_parquet('s3://amzn-s3-demo-img/a/b.parquet')", 'GetObject', 'amzn-s3-demo-img', 'a/b.parquet'],
  ["df.to_csv('s3://amzn-s3-demo-img/a/b.csv')", 'PutObject', 'amzn-s3-demo-img', 'a/b.csv'],
  ['client.doesObjectExist("amzn-s3-demo-img", "a/b.png")', 'HeadObject', 'amzn-s3-demo-img', 'a/b.png'],
  ['at S3Service.doesObjectExist', 'HeadObject'],
  ['$client->doesObjectExist("amzn-s3-demo-img", "a/b.png")', 'HeadObject', 'amzn-s3-demo-img', 'a/b.png'],
  ['minio.fput_object("amzn-s3-demo-img", "a.png", "/tmp/a.png")', 'PutObject', 'amzn-s3-demo-img', 'a.png'],
  ['transferUtility.UploadAsync(path, "amzn-s3-demo-img")', 'PutObject'],
  ['downloader.Download(file, input)', 'GetObject'],
  ['key.set_contents_from_string("x")', 'PutObject'],
  ['s3.list_all_my_buckets # => error', 'ListBuckets'],
  ['svc.ListObjectsV2PagesWithContext(ctx, input, fn)', 'ListObjectsV2'],
  ['paginateListObjectsV2({ client }, input)', 'ListObjectsV2'],
  ['s3cmd -v ls s3://amzn-s3-demo-img/a/', 'ListObjectsV2', 'amzn-s3-demo-img'],
  ['rclone lsd store:amzn-s3-demo-img', 'ListObjectsV2', 'amzn-s3-demo-img'],
  ['listing the objects fails', 'ListObjectsV2'],
  ['cannot list the objects', 'ListObjectsV2'],
  ['Error reloading remote state', 'GetObject'],
  // What is said to work, and what is somebody else's, is no call that was refused.
  ["Storage.list('') works, the other one does not", undefined],
  ["Storage.list('') and Storage.put('a', b)", undefined],
  ["const fs = require('fs'); fs.exists('a.png')", undefined],
  ['Post.objects.all()', undefined],
  ['I can list objects; the other call fails', undefined],
  ['listing objects works', undefined],
  ['can list buckets', undefined],
]

t.test('libraries in front of S3 have names of their own for its operations', (test) => {
  for (const [text, operation, bucket, key] of rows)
    test.strictSame(
      callOf(`${denied}\n${text}`),
      {
        ...(operation !== undefined && { operation }),
        ...(bucket !== undefined && { bucket }),
        ...(key !== undefined && { key }),
      },
      text,
    )
  test.end()
})

t.test('the operation that the error names goes before the code around', (test) => {
  const text = `An error occurred (AccessDenied) when calling the PutObjectTagging operation: Access Denied\nStorage.list('')`
  test.equal(parsePaste(text).denials[0]?.operation, 'PutObjectTagging')
  test.equal(callOf(text).operation, 'PutObjectTagging')
  test.end()
})

t.test('calls of PHP, whose exceptions leave out which it was', (test) => {
  const exception =
    'Aws\\Ec2\\Exception\\Ec2Exception: AWS Error Code: UnauthorizedOperation, Status Code: 403, AWS Error Message: You are not authorized to perform this operation.'
  test.strictSame(callOf(`${exception}\n$ec2->describeVolumes([]);`), { operation: 'DescribeVolumes' })
  test.strictSame(callOf(`$this->ec2Client->stopInstances(['InstanceIds' => $ids]);\n${exception}`), {
    operation: 'StopInstances',
  })
  const put = "$store = new S3Client($config);\n$store->putObject(['Bucket' => 'heron-docs', 'Key' => 'a/b.txt']);"
  test.strictSame(callOf(`${put}\n${denied}`), { operation: 'PutObject', bucket: 'heron-docs', key: 'a/b.txt' })
  test.strictSame(callOf(`${denied}\n$post->getTitle();`), {}, 'of no client')
  test.end()
})

t.test('an action in the next paragraph is not the one that was refused', (test) => {
  const refused = 'An error occurred (AccessDenied) when calling the PutBucketPolicy operation: Access Denied'
  const [beside] = parsePaste(`${refused} (s3:PutBucketPolicy)`).denials
  test.equal(beside?.action, 's3:PutBucketPolicy', 'in its own line it is')
  const [below] = parsePaste(`${refused}\n\nthe policy: everybody, s3:GetObject on all of it`).denials
  test.match(below, { class: 'bare', action: null, operation: 'PutBucketPolicy' })
  test.end()
})
