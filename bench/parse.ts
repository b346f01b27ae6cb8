/*
 * How long a paste takes to read: a build log of 1 MB with 200 denials in five wrappers, and hostile texts of
 * doubling size, for which time must grow with the text and no faster.
 *   node bench/parse.ts        (Node 24; Node 22 with --experimental-strip-types)
 */
import { parsePaste } from '../src/denial/parse.ts'

const megabyte = 1024 * 1024

const wrapped: readonly ((index: number) => string)[] = [
  (index) =>
    `An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/app/s1 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::amzn-s3-demo-bucket/${index}" because no identity-based policy allows the s3:GetObject action`,
  (index) =>
    `│ Error: creating IAM Role (r${index}): operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: 11111111-2222-4333-8444-555555555555, api error AccessDenied: User: arn:aws:iam::111122223333:user/ops is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/r${index} with an explicit deny in a service control policy`,
  (index) =>
    `Caused by: com.amazonaws.AmazonServiceException: User: arn:aws:iam::111122223333:user/ops is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/t${index} (Service: AmazonDynamoDB; Status Code: 400; Error Code: AccessDeniedException; Request ID: A1B2C3D4E5F6; Proxy: null)`,
  (index) =>
    `{"level":"error","msg":"{\\"__type\\":\\"AccessDeniedException\\",\\"Message\\":\\"User: arn:aws:iam::111122223333:user/ops is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/p${index} because no session policy allows the ssm:GetParameter action\\"}"}`,
  (index) =>
    `AccessDenied: User: arn:aws:iam::111122223333:user/ops is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/r${index}\n\tstatus code: 403, request id: 11111111-2222-4333-8444-555555555555`,
]

function buildLog(size: number, denials: number): string {
  const lines: string[] = []
  const every = Math.floor(size / denials)
  let length = 0
  let printed = 0
  for (let step = 0; length < size; step++) {
    const line =
      length >= printed * every && printed < denials
        ? (wrapped[printed % wrapped.length]?.(printed++) ?? '')
        : `2026-01-05T08:12:44.${String(step % 1000).padStart(3, '0')}Z [INFO] step ${step}: compiled src/module-${step}.ts --target es2022 (${step % 97} ms)`
    lines.push(line)
    length += line.length + 1
  }
  return lines.join('\n')
}

const hostile: Readonly<Record<string, (size: number) => string>> = {
  'repeated markers': (size) => 'is not authorized to perform: '.repeat(size / 30),
  'markers with values': (size) => 'User: a is not authorized to perform: s3:GetObject on resource: '.repeat(size / 63),
  'distinct denials': (size) =>
    Array.from(
      { length: Math.floor(size / 80) },
      (_, index) => `User: u${index} is not authorized to perform: a:Get${index} on resource: r${index}`,
    ).join('\n'),
  'same action, distinct resources': (size) =>
    Array.from(
      { length: Math.floor(size / 80) },
      (_, index) => `User: u is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/${index}`,
    ).join('\n'),
  'unclosed quotes': (size) =>
    'is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/'.repeat(size / 72),
  'nested escapes': (size) => '\\'.repeat(size - 2) + '"n',
  'escaped quotes': (size) => '\\\\\\"'.repeat(size / 4),
  'long blanks': (size) => `User: a is not authorized to perform:${' '.repeat(size)}s3:GetObject`,
  'line breaks': (size) => `User:${'\n'.repeat(size)}is not authorized`,
  'open brackets': (size) => '{'.repeat(size),
  'open JSON': (size) => '{"userIdentity":'.repeat(size / 16),
  'encoded markers': (size) => 'encoded message'.repeat(size / 15),
  'one blob': (size) => `Encoded authorization failure message: ${'aB3_'.repeat(size / 4)}`,
  'error codes': (size) => 'AccessDenied '.repeat(size / 13),
  'wrapper heads': (size) => 'An error occurred (AccessDenied) when calling the '.repeat(size / 50),
  commands: (size) => 'aws s3 cp '.repeat(size / 10),
  'quote prefixes': (size) => '> '.repeat(size / 2),
  asterisks: (size) => '*'.repeat(size),
  tables: (size) => 'ResourceStatus ResourceStatusReason '.repeat(size / 36),
  endpoints: (size) => 'https://s3.eu-west-1.amazonaws.com AccessDenied '.repeat(size / 48),
}

/** Processor time, not time on the wall: others may be at work on the machine. The best of several runs. */
function milliseconds(text: string, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage()
    parsePaste(text)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

const log = buildLog(megabyte, 200)
milliseconds(log, 5)
const whole = milliseconds(log, 9)
console.log(
  `build log of 1 MB: ${parsePaste(log).denials.length} denials, ${whole.toFixed(1)} ms, ${(whole / 1024).toFixed(3)} ms/KB`,
)

let worst = 0
for (const [name, make] of Object.entries(hostile)) {
  const [half, full] = [make(megabyte / 2), make(megabyte)]
  milliseconds(half, 1)
  const [one, two] = [milliseconds(half, 3), milliseconds(full, 3)]
  worst = Math.max(worst, two / one)
  console.log(
    `${name.padEnd(32)} ${one.toFixed(1).padStart(8)} ms ${two.toFixed(1).padStart(8)} ms   x${(two / one).toFixed(2)}`,
  )
}
console.log(`worst growth x${worst.toFixed(2)}`)
