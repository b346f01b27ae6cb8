import t from 'tap'
import { diagnosesOf } from '../diagnosis/explain-text.ts'

/** Action and resource of the first statement that the answer gives. */
const askedFor = async (text: string): Promise<string> => {
  const [found] = await diagnosesOf(text)
  const { Action, Resource } = found?.causes[0]?.remedies[0]?.statement ?? {}
  return JSON.stringify([Action, Resource])
}

const refused =
  'com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7D3C2B1A0F9E8D7C)'

t.test('S3A prints the key alone behind the operation', async (t) => {
  for (const [did, action] of [
    ['PUT 0-byte object ', 's3:PutObject'],
    ['innerMkdirs', 's3:PutObject'],
    ['open', 's3:GetObject'],
  ] as const)
    t.equal(
      await askedFor(`java.nio.file.AccessDeniedException: s3a://lake-raw/out/_tmp: ${did} on out/_tmp: ${refused}`),
      JSON.stringify([action, 'arn:aws:s3:::lake-raw/out/_tmp']),
      did,
    )
})

t.test('a stack of EMRFS tells that it listed', async (t) => {
  t.match(
    await askedFor(
      `java.io.IOException: ${refused}\n  at com.amazon.ws.emr.hadoop.fs.EmrFileSystem.listStatus(EmrFileSystem.java:473)\n  s3://lake-raw/in`,
    ),
    '["s3:ListBucket","arn:aws:s3:::lake-raw"]',
  )
})

t.test('restic prints methods of MinIO’s library', async (t) => {
  t.equal(
    await askedFor(
      'Fatal: create repository at s3:s3.amazonaws.com/vault-bak failed: client.MakeBucket: Access Denied.',
    ),
    '["s3:CreateBucket","arn:aws:s3:::vault-bak"]',
  )
  t.match(await askedFor('Fatal: client.PutObject: Access Denied. s3: AccessDenied'), '"s3:PutObject"')
})
