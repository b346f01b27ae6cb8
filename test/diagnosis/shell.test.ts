import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { promisify } from 'node:util'
import { readConfig } from '../../src/config.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { createExplainer } from '../../src/explain.ts'

/** A paste comes from anybody, and our commands are copied into shells: no name in it may become a command. */
const hostile = ["x'$(touch${IFS}made)'", 'x$(touch${IFS}made)', 'x`touch${IFS}made`', "x';touch${IFS}made;'"]
const account = '111122223333'
const pastes: readonly ((name: string) => string)[] = [
  (name) =>
    `User arn:aws:redshift:eu-west-1:${account}:dbuser:${name}/ann is not authorized to assume IAM Role arn:aws:iam::${account}:role/${name}`,
  (name) =>
    `User: arn:aws:iam::${account}:user/${name} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::reports/${name} with an explicit deny in an identity-based policy. MFA is required`,
  (name) =>
    `User: arn:aws:sts::${account}:assumed-role/${name}/s is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:${account}:function:${name} because no resource-based policy allows the lambda:InvokeFunction action`,
  (name) =>
    `Insufficient Lake Formation permission(s) on ${name} for arn:aws:iam::${account}:role/${name} (AccessDeniedException)`,
  (name) =>
    `User: arn:aws:iam::${account}:user/${name} is not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::${account}:role/aws-service-role/${name}.amazonaws.com/AWSServiceRoleFor${name}`,
]

const commandsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? /^aws /.test(value)
      ? [value]
      : []
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(commandsIn)
      : []

t.test(
  'nothing of a paste is run by the commands that answer it',
  { skip: process.platform === 'win32' },
  async (t) => {
    const gatherer = await createGatherer(readConfig({ EVIDENCE: 'none' }))
    const explainer = createExplainer({ gatherer, offline: gatherer, version: '0' })
    const folder = t.testdir()
    let tried = 0
    for (const paste of pastes)
      for (const name of hostile) {
        const explained = await explainer.explain({ text: paste(name) })
        const commands = explained.kind === 'reply' ? commandsIn(explained.reply.diagnoses) : []
        tried += commands.length
        const script = `aws() { :; }\n${commands.join('\n')}\n`
        await promisify(execFile)('sh', ['-c', script], { cwd: folder, env: {} }).catch(() => null)
        t.notOk(existsSync(join(folder, 'made')), commands.join('\n'))
      }
    t.ok(tried > 20, `${tried} commands`)
  },
)
