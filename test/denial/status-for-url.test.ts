import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const read = (text: string) => parsePaste(text).denials.map((one) => [one.class, one.service])

t.test('a status beside an address of S3, as package managers and curl print it', (t) => {
  for (const text of [
    'Errors during downloading metadata:\n  - Status code: 403 for https://repo-eu.s3.dualstack.eu-west-1.amazonaws.com/core/mirror.list (IP: 198.51.100.7)',
    'Status code: 403 for url: https://s3.eu-west-1.amazonaws.com/repo-eu/core/repomd.xml',
    '$ curl -fO https://acme-tools.s3.eu-west-1.amazonaws.com/tool.tgz\ncurl: (22) The requested URL returned error: 403',
  ])
    t.strictSame(read(text), [['bare', 's3']], text)
  t.end()
})

t.test('beside another address it is nobody’s of AWS', (t) => {
  for (const text of [
    'Status code: 403 for https://mirror.example.org/core/mirror.list (IP: 198.51.100.7)',
    'Status code: 404 for https://repo-eu.s3.eu-west-1.amazonaws.com/core/mirror.list',
    '$ curl -fO https://example.org/tool.tgz\ncurl: (22) The requested URL returned error: 403',
  ])
    t.strictSame(
      read(text).filter(([kind]) => kind === 'bare'),
      [],
      text,
    )
  t.end()
})
