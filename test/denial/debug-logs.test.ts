import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const refused = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
const botocore = (operation: string): string =>
  `DEBUG - Making request for OperationModel(name=${operation}) with params\n`

t.test('the call that a log at level DEBUG names in front of its answer', (t) => {
  const rows: readonly (readonly [name: string, text: string, calls: readonly (readonly unknown[])[]])[] = [
    [
      "the EB CLI's last one",
      "ebcli.lib.aws : Making api call: (elasticbeanstalk, describe_environments) to region: eu-west-1 with args:{}\nebcli.lib.aws : Making api call: (s3, list_multipart_uploads) to region: eu-west-1 with args:{'Bucket': 'docs', 'Prefix': 'a.zip'}\nebcli.lib.aws : Response: {'Error': {'Code': 'AccessDenied', 'Message': 'Access Denied'}}",
      [['s3', 'ListMultipartUploads', { bucket: 'docs' }]],
    ],
    [
      'with bucket and key',
      `Making api call: (s3, get_object) to region: eu-west-1 with args:{'Bucket': 'docs', 'Key': 'a/b.zip'}\n${refused}`,
      [['s3', 'GetObject', { bucket: 'docs', key: 'a/b.zip' }]],
    ],
    [
      "botocore's last one, behind many others",
      `${botocore('HeadObject').repeat(12)}${botocore('PutBucketTagging')}${refused}`,
      [['s3', 'PutBucketTagging', {}]],
    ],
    [
      'an error with a call of its own',
      `${botocore('GetObject')}An error occurred (AccessDenied) when calling the PutObject operation: Access Denied`,
      [['s3', 'PutObject', {}]],
    ],
    [
      'an answer in front of the first request',
      `${refused}\n${'\n'.repeat(3)}No request: making api calls (s3, get_object)`,
      [],
    ],
  ]
  for (const [name, text, calls] of rows)
    t.strictSame(
      parsePaste(text).denials[0]?.calls.map(({ service, operation, parameters }) => [service, operation, parameters]),
      calls,
      name,
    )
  t.end()
})
