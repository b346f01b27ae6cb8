/** A snapshot of 200 MB and more: how long it takes to load, and to answer from. Run: node bench/evidence-snapshot.ts */
import { mkdtempSync, rmSync, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSnapshot } from '../src/evidence/snapshot/snapshot-store.ts'
import { principalInSnapshot } from '../src/evidence/snapshot/principal.ts'

const megabytes = Number(process.argv[2] ?? 200)
const account = '111122223333'
const folder = mkdtempSync(join(tmpdir(), 'bench-snapshot-'))
const path = join(folder, 'account.json')

const statement = {
  Sid: 'Reads',
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: ['arn:aws:s3:::example-*', 'arn:aws:s3:::example-*/*'],
}
const role = (at: number): string =>
  JSON.stringify(
    {
      Path: '/',
      RoleName: `role-${at}`,
      RoleId: `AROA${at}`,
      Arn: `arn:aws:iam::${account}:role/role-${at}`,
      CreateDate: '2025-01-01T00:00:00+00:00',
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      RolePolicyList: [0, 1, 2].map((policy) => ({
        PolicyName: `policy-${policy}`,
        PolicyDocument: { Version: '2012-10-17', Statement: Array.from({ length: 12 }, () => statement) },
      })),
      AttachedManagedPolicies: [],
      Tags: [],
    },
    null,
    4,
  )

const file = createWriteStream(path)
file.write('{"UserDetailList": [], "GroupDetailList": [], "Policies": [], "RoleDetailList": [')
let written = 0
let roles = 0
while (written < megabytes * 1024 * 1024) {
  const text = (roles === 0 ? '' : ',') + role(roles)
  written += text.length
  roles += 1
  if (!file.write(text)) await once(file, 'drain')
}
file.end(']}')
await once(file, 'finish')

const started = performance.now()
const store = await openSnapshot({ path, pollMilliseconds: 0, log: () => undefined })
const loaded = performance.now() - started
const index = store.index()
const cold = performance.now()
const asked = 5000
for (let at = 0; at < asked; at += 1) principalInSnapshot(index, 'role', account, `role-${(at * 7919) % roles}`)
const answered = ((performance.now() - cold) / asked) * 1000
console.log(
  `${megabytes} MB, ${roles} roles: loaded in ${(loaded / 1000).toFixed(1)} s, ${answered.toFixed(0)} µs a role`,
)
console.log(
  `resident ${(process.memoryUsage().rss / 1024 / 1024).toFixed(0)} MB, heap ${(process.memoryUsage().heapUsed / 1024 / 1024).toFixed(0)} MB`,
)
store.close()
rmSync(folder, { recursive: true })
