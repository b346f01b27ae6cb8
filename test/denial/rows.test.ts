import t from 'tap'
import { consoleRows } from '../../src/denial/formats/console.ts'
import { findSignals } from '../../src/denial/find-signals.ts'
import { neighbourNames } from '../../src/denial/neighbours/neighbour-names.ts'
import { normalise } from '../../src/denial/normalise/normalise.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { formatRows, neighbourRows, rows } from '../../src/denial/rows.ts'
import { squeeze } from '../../src/denial/squeezed-text.ts'
import { compileTemplate, matchTemplate } from '../../src/denial/template.ts'

t.test('every row recognises its own example', (t) => {
  for (const row of rows) {
    const names = findSignals(squeeze(normalise(row.example))).map(({ name }) => name)
    t.ok(names.includes(row.name), `${row.name}: ${row.example}`)
  }
  t.end()
})

t.test('every row says where it was seen', (t) => {
  for (const row of rows) t.match(row.seen, /\S{2}/, row.name)
  t.end()
})

t.test('a neighbour gives its name and class, and no action', (t) => {
  for (const row of neighbourRows.filter((candidate) => candidate.outer !== true)) {
    const { denials } = parsePaste(row.example)
    t.equal(denials.length, 1, `${row.name}: one diagnosis`)
    t.match(
      denials[0],
      { class: row.class, format: `neighbour:${row.name}`, action: null, principal: null },
      row.example,
    )
  }
  t.end()
})

t.test('a format that is no neighbour gives an authorization failure', (t) => {
  for (const row of [...formatRows, ...consoleRows]) {
    const { denials } = parsePaste(row.example)
    t.equal(denials.length, 1, `${row.name}: one diagnosis`)
    t.ok(['authorization', 'bare'].includes(denials[0]?.class ?? ''), `${row.name}: ${denials[0]?.class ?? 'none'}`)
  }
  t.end()
})

t.test('names of neighbours are distinct', (t) => {
  t.equal(new Set(neighbourNames).size, neighbourNames.length)
  t.end()
})

t.test('templates', (t) => {
  const matches = (source: string, text: string): boolean =>
    matchTemplate(compileTemplate(source), squeeze(normalise(text)), 0) !== null
  t.throws(() => compileTemplate('{action} is denied'), 'needs fixed words in front')
  t.ok(matches('calling {operation} on {service}', 'Calling CreateConnection on EC2'), '`on` inside a name is no end')
  t.notOk(matches('calling {operation} on {service}', 'Calling CreateConnectiononEC2'))
  t.ok(matches('code: {status}[, id {word}] done', 'code: 403, id x done'))
  t.ok(matches('code: {status}[, id {word}] done', 'code:\n403 done'))
  t.notOk(matches('code: {status} done', 'code: many done'))
  t.ok(matches('action: \\[{operation}\\]', '"action": ["ListQueues"]'), 'brackets of the text')
  t.notOk(matches('action: \\[{operation}\\]', '"action": "ListQueues"'))
  t.end()
})

t.test('words that others use as well count where their own system is told', (t) => {
  const formatsOf = (text: string): readonly string[] => parsePaste(text).denials.map(({ format }) => format)
  const refusedByS3 = 'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied'
  const storage = 'neighbour:object-storage'
  const rows: readonly (readonly [text: string, format: string | null])[] = [
    ['NotAuthorizedException: Invalid login token. Token expired', 'neighbour:cognito-other-login'],
    ['signin failed: invalid login token', null],
    [
      'The IAM Role arn:aws:iam::111122223333:role/dms-vpc-role is not configured properly.',
      'neighbour:dms-role-not-ready',
    ],
    [
      'DMS replication subnet group: The IAM Role arn:aws:iam::111122223333:role/move is not configured properly.',
      'neighbour:dms-role-not-ready',
    ],
    ['The IAM Role arn:aws:iam::111122223333:role/app is not configured properly.', null],
    ['pull access denied for acme/app, repository does not exist', 'neighbour:package-registry'],
    ['docker.io/acme/app:1: insufficient_scope: authorization failed', 'neighbour:package-registry'],
    ['Azure: AuthorizationFailed: no', 'neighbour:azure'],
    ['Our portal says: authorization failed for ann', null],
    ['pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app, repository does not exist', 'ecr-pull'],
    [
      'pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app, repository does not exist or may require docker login: denied: Your authorization token has expired. Reauthenticate and try again.',
      'neighbour:ecr-login-expired',
    ],
    [
      'pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app, repository does not exist: denied: Your authorization token has expired.',
      'neighbour:ecr-login-expired',
    ],
    ['Kibana says: No roles available for this user', 'neighbour:opensearch-fgac'],
    ['Our portal says: no roles available for this user', null],
    [
      'AccessDenied: Your account must be verified before you can add new CloudFront resources.',
      'neighbour:account-not-entitled',
    ],
    ['Your account must be verified before you can post comments. We run on AWS.', null],
    [
      'An error occurred (AccessDeniedException) when calling the GenerateAssistantResponse operation: Your account is not authorized to make this call.',
      'neighbour:account-not-entitled',
    ],
    ['Your account is not authorized to access this page of the AWS partner portal.', null],
    [
      'CannotPullContainerError: manifest for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1 not found',
      'neighbour:resource-not-found',
    ],
    ['docker pull ghcr.io/acme/app:1\nmanifest unknown\nUnlike 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app', null],
    ['Access is not allowed. (Service: LakeFormation, Status Code: 400)', 'neighbour:lake-formation'],
    ['S3: public access is not allowed beside Lake Formation', null],
    ['AccessDenied: the bucket must have Block Public Access turned off for a site', 'code-only'],
    ['PutObject on "https://docs.s3.eu-central-1.wasabisys.com/a": 403 Forbidden Access Denied', storage],
    ['sync --endpoint-url https://s3.wasabisys.com\nupload: Access Denied', storage],
    ['PUT https://docs.compat.objectstorage.eu-frankfurt-1.oraclecloud.com/a 403 AccessDenied', storage],
    ['<Code>AccessDenied</Code>\n<HostId>x.s3.wasabisys.com</HostId>', storage],
    [`${refusedByS3}\nThe copy in https://docs.s3.wasabisys.com/a is there.`, 'access-denied'],
    [`${refusedByS3}\nI am signed in to https://cloud.oraclecloud.com too.`, 'access-denied'],
    [
      'GET https://docs.s3.eu-west-1.amazonaws.com/a 403 AccessDenied, not https://docs.s3.wasabisys.com/a',
      'code-only',
    ],
  ]
  for (const [text, format] of rows) t.strictSame(formatsOf(text), format === null ? [] : [format], text)
  t.end()
})
