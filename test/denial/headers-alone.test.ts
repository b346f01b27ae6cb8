import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

t.test('status and headers of what AWS answered', (t) => {
  const headers = '"x-amz-request-id": "8VPEPRCGVAXTQ69D", "content-type": "application/xml"'
  t.match(
    parsePaste(`Parts { status: 403, version: HTTP/1.1, headers: {${headers}, "server": "AmazonS3"} }, body: ""`)
      .denials,
    [{ class: 'bare', service: 's3', requestId: '8VPEPRCGVAXTQ69D' }],
  )
  t.same(parsePaste(`Parts { status: 403, headers: {${headers}, "server": "Ceph"} }`).denials, [], 'of others')
  t.same(parsePaste(`Parts { status: 200, headers: {${headers}, "server": "AmazonS3"} }`).denials, [], 'no refusal')
  t.end()
})

t.test('the log of a producer, of a cluster of AWS', (t) => {
  const line = 'ERROR [Producer clientId=p1] Topic authorization failed for topics [payments]'
  t.match(parsePaste(`${line}\nsasl.mechanism = AWS_MSK_IAM`).denials, [{ class: 'bare', service: 'kafka-cluster' }])
  t.same(parsePaste(line).denials, [])
  t.end()
})
