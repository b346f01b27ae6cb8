import t from 'tap'
import { maskSecrets, redactPaste } from '../../src/denial/redact.ts'

/** Secrets as they stand in what people paste. None of them is one: they are made here. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
function made(length: number, seed: number): string {
  let state = seed * 7919
  let text = ''
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    text += letters.charAt((state >>> 8) % letters.length)
  }
  return text
}
const keyId = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')
const secretKey = ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')
const token = made(300, 3)
const signature = 'c0ffee'.repeat(11).slice(0, 64)
const blob = made(300, 4)
const keyBody = made(64, 2)
const opaque = `opaque-${made(20, 8)}`
const password = ['not', 'a', 'Passw0rd'].join('-')
const privateKey = ['RSA PRIVATE', 'KEY'].join(' ')
const begin = `-----BEGIN ${privateKey}-----`
const end = `-----END ${privateKey}-----`

type Row = readonly [name: string, secret: string, text: string]

const everywhere: readonly Row[] = [
  ['a key id', keyId, `with key ${keyId} here`],
  ['a key id in a name', keyId, `backup_${keyId}`],
  ['a key id in JSON', keyId, `{"accessKeyId":"${keyId}"}`],
  ['a credential in a URL', keyId, `X-Amz-Credential=${keyId}%2F20260101%2Fus-east-1`],
  ['a secret key in the environment', secretKey, `export AWS_SECRET_ACCESS_KEY=${secretKey}`],
  ['… in a profile', secretKey, `aws_secret_access_key = ${secretKey}`],
  ['… in JSON', secretKey, `"SecretAccessKey": "${secretKey}",`],
  ['… in escaped JSON', secretKey, `\\"SecretAccessKey\\": \\"${secretKey}\\",`],
  ['… in XML', secretKey, `<SecretAccessKey>${secretKey}</SecretAccessKey>`],
  ['… in a table', secretKey, `|  SecretAccessKey |  ${secretKey}  |`],
  ['… in Terraform', secretKey, `secret_key = "${secretKey}"`],
  ['… asked for', secretKey, `AWS Secret Access Key [None]: ${secretKey}`],
  ['… asked for again', secretKey, `AWS Secret Access Key [****************EKEY]: ${secretKey}`],
  ['… in the console', secretKey, `Secret access key\n${secretKey}`],
  ['… in a downloaded file', secretKey, `Access key ID,Secret access key\n${keyId},${secretKey}`],
  ['… as an option', secretKey, `--secret-key ${secretKey}`],
  ['… as a setting', secretKey, `aws configure set aws_secret_access_key ${secretKey}`],
  ['a session token in the environment', token, `AWS_SESSION_TOKEN=${token}`],
  ['… in XML', token, `<SessionToken>${token}</SessionToken>`],
  ['… in words', token, `Session token: ${token}`],
  ['… wrapped', token.slice(150), `AWS_SESSION_TOKEN=${token.slice(0, 150)}\n${token.slice(150)}`],
  ['… by its looks', token, `IQoJb3JpZ2lu${token}`],
  ['… in a header', token, `x-amz-security-token: ${token}`],
  ['… in a URL', token, `https://a.example/k?X-Amz-Security-Token=${token}&x=1`],
  ['… of the console', token, `https://signin.aws.amazon.com/federation?Action=login&SigninToken=${token}`],
  ['a signed URL', signature, `https://b.s3.amazonaws.com/k?a=1&X-Amz-Signature=${signature}`],
  ['… in HTML', signature, `https://b.s3.amazonaws.com/k?a=1&amp;X-Amz-Signature=${signature}`],
  ['… in JSON', signature, `https://b.s3.amazonaws.com/k?a=1\\u0026X-Amz-Signature=${signature}`],
  ['… in a URL', signature, `to=https%3A%2F%2Fb%2Fk%3Fa%3D1%26X-Amz-Signature%3D${signature}`],
  ['… of version 2', signature, `https://b.s3.amazonaws.com/k?AWSAccessKeyId=${keyId}&Signature=${signature}`],
  ['… of CloudFront', `${made(20, 6)}~${made(20, 7)}-`, `?Signature=${made(20, 6)}~${made(20, 7)}-&Key-Pair-Id=K`],
  ['… of Google', signature, `https://storage.googleapis.com/b/k?X-Goog-Signature=${signature}`],
  ['… of Azure', made(44, 5), `https://a.blob.core.windows.net/c/b?sv=2020&sig=${made(44, 5)}%3D`],
  ['a cookie of CloudFront', signature, `Cookie: CloudFront-Signature=${signature}; x=1`],
  [
    'a signature in a header',
    signature,
    `Credential=${keyId}/20260101/us-east-1/s3/aws4_request, Signature=${signature}`,
  ],
  ['… of version 2', made(27, 5), `Authorization: AWS ${keyId}:${made(27, 5)}=`],
  ['a bearer token', opaque, `Authorization: Bearer ${opaque}`],
  ['… in JSON', opaque, `"Authorization": "Bearer ${opaque}"`],
  ['… in a command', opaque, `curl -H 'authorization: bearer ${opaque}'`],
  ['basic credentials', opaque, `Authorization: Basic ${opaque}`],
  ['… in XML', opaque, `<Authorization>Basic ${opaque}</Authorization>`],
  ['… in a URL', opaque, `authorization%3Dbasic ${opaque}`],
  ['a web token', token, `eyJ${made(30, 5)}.eyJ${token}.${made(40, 6)}`],
  ['a password of ECR', token, `docker login -u AWS -p eyJ${token} 111122223333.dkr.ecr.eu-west-1.amazonaws.com`],
  ['an encoded message', blob, `Encoded authorization failure message: ${blob}`],
  ['… in a frame', blob, `│ Encoded authorization\n│ failure message:\n│ ${blob}`],
  ['… in colours', blob, `Encoded authorization failure\n\u001b[31m│\u001b[0m \u001b[0mmessage: \u001b[0m${blob}`],
  ['… as an option', blob, `aws sts decode-authorization-message --encoded-message ${blob}`],
  ['… in JSON', blob, `{"encodedMessage":"${blob}"}`],
  ['an authorization id', 'a1b2c3d4e5f6a7b8', 'Authorization ID: a1b2c3d4e5f6a7b8'],
  ['… in JSON', 'a1b2c3d4e5f6a7b8', '"authorizationId": "a1b2c3d4e5f6a7b8"'],
  ['… in an address', 'a1b2c3d4', 'https://eu-west-1.console.aws.amazon.com/iam/authorization-details/a1b2c3d4'],
  ['a private key', keyBody, `${begin}\n${keyBody}\n${end}`],
  ['… in JSON', keyBody, `"${begin}\\n${keyBody}\\n${end}\\n"`],
  ['… quoted', keyBody, `> ${begin}\n> ${keyBody}\n> ${end}`],
  ['… under a password', keyBody, `${begin}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,AB\n\n${keyBody}\n${end}`],
]

/** What a copy for the public hides beside all that. */
const inPublic: readonly Row[] = [
  ['a secret key by its looks', secretKey, `key and ${secretKey} pasted`],
  ['a registry’s credentials', opaque, `{"auths":{"a.example":{"auth":"${opaque}"}}}`],
  ['a password as an option', password, `docker login -u me -p ${password} registry.example`],
  ['a password in an address', password, `postgres://admin:${password}@db.example/x`],
  ['a password in the environment', password, `DB_PASSWORD=${password}`],
  ['a password in JSON', password, `{"password":"${password}"}`],
  ['an access token', opaque, `"accessToken": "${opaque}"`],
  ['a token of GitHub', made(36, 9), ['ghp', made(36, 9)].join('_')],
  ['a token of Slack', made(24, 9), ['xoxb', '11111111', made(24, 9)].join('-')],
  ['an account in an address', '444455556666', '?m=arn%3Aaws%3Aiam%3A%3A444455556666%3Auser%2Fb'],
  ['… in an address in an address', '444455556666', '?m=arn%253Aaws%253Aiam%253A%253A444455556666%253Auser'],
  ['a blob by its length', blob, `You are not authorized to perform this operation. ${blob}`],
]

const denial = 'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues'
const around = (text: string): string => `before\n${text}\n${denial}`

t.test('masked wherever they stand', (t) => {
  for (const [name, secret, text] of everywhere) {
    const masked = maskSecrets(around(text))
    t.notOk(masked.includes(secret), `${name}: ${masked.slice(0, 120)}`)
    t.ok(masked.startsWith('before\n') && masked.endsWith(denial), `${name}: the rest stays`)
    t.equal(maskSecrets(masked), masked, `${name}: once is enough`)
  }
  t.end()
})

t.test('a copy for the public hides more', (t) => {
  for (const [name, secret, text] of [...everywhere, ...inPublic]) {
    const copy = redactPaste(around(text))
    t.notOk(copy.includes(secret), `${name}: ${copy.slice(0, 120)}`)
    t.match(copy, 'is not authorized to perform: sqs:ListQueues', `${name}: the denial stays`)
  }
  t.end()
})

t.test('what is no secret stays', (t) => {
  const texts = [
    'The security token included in the request is invalid.',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/secret_key-AbCdEf',
    '"Resource":["arn:aws:ssm:eu-west-1:111122223333:parameter/app/secret_key","arn:aws:s3:::b/*"]',
    '"Resource":["arn:aws:ssm:eu-west-1:111122223333:parameter/app/password","arn:aws:s3:::example-bucket/*"]',
    'aws sts decode-authorization-message --encoded-message <EncodedMessage>',
    'aws sts decode-authorization-message --encoded-message "$MESSAGE"',
    'because the authorization id in the message opens AWS’s evaluation',
    'the web identity token is bound to another audience',
    'aws ecr get-login-password | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    'Access denied for user admin (using password: YES)',
    'arn:aws:s3:::example-bucket/Reports2026/Quarter1/Summary/Overview12.csv',
    'commit 0123456789abcdef0123456789abcdef01234567',
  ]
  for (const text of texts) t.equal(maskSecrets(text), text)
  for (const text of texts.filter((line) => !line.includes('111122223333'))) t.equal(redactPaste(text), text)
  t.end()
})

t.test('time grows with the text', (t) => {
  const pieces = [
    'AKIA',
    begin,
    'Encoded authorization ',
    'encoded message: ',
    'aws_session_token=',
    `IQoJb3JpZ2lu${made(20, 1)} `,
    'eyJ',
    `eyJ${made(20, 1)}.`,
    'authorization: ',
    'bearer ',
    'secret key ',
    'docker login ',
    '://a:',
    '"auth":"',
    '&sig=',
    'a1',
    'aA1/',
    ' ',
    '\\',
    '[',
  ]
  for (const piece of pieces) {
    const time = (size: number): number => {
      const text = piece.repeat(Math.ceil(size / piece.length))
      const begun = process.cpuUsage()
      redactPaste(text)
      const { user, system } = process.cpuUsage(begun)
      return (user + system) / 1000
    }
    time(10_000)
    const milliseconds = Math.min(time(500_000), time(500_000))
    t.ok(milliseconds < 700, `${JSON.stringify(piece.slice(0, 20))}: ${milliseconds.toFixed(0)} ms`)
  }
  t.end()
})

t.test('addresses and accounts of a copy for the public', (t) => {
  const rows: readonly (readonly [string, string])[] = [
    ['from 2a02:8108:1234::7 to [2A02:8108:85a3:8d3:1319:8a2e:370:7348]:443', 'from 2001:db8::1 to [2001:db8::1]:443'],
    [
      'at 12:30:45, File "/app/main.py:1024:8", 198.51.100.7:4000:tcp',
      'at 12:30:45, File "/app/main.py:1024:8", 192.0.2.1:4000:tcp',
    ],
    ['std::string, AWS::S3::Bucket and ::1', 'std::string, AWS::S3::Bucket and ::1'],
    [
      'arn:aws:sqs:eu-west-1:444455556666:q, arn:aws:iam::4444:role/x',
      'arn:aws:sqs:eu-west-1:111122223333:q, arn:aws:iam::111122223334:role/x',
    ],
  ]
  for (const [text, want] of rows) t.equal(redactPaste(text), want)
  t.end()
})
