import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import t from 'tap'
import { startService } from '../helper/service.ts'

/** Generated requests from our own description: no 5xx, no reply that it does not describe. */
const tool = '.venv/bin/schemathesis'
const full = process.env['CI'] === 'true'

const skip = full || existsSync(tool) ? false : 'no schemathesis: .venv/bin/pip install -r test/requirements.txt'

t.test('the service keeps what openapi.yaml promises', { timeout: 600_000, skip }, async (t) => {
  const service = await startService(t, { EVIDENCE: 'sample', LOG_LEVEL: 'warn' })
  const args = [
    'run',
    'openapi.yaml',
    '--url',
    service.url,
    '--checks',
    'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
    '--max-examples',
    full ? '60' : '5',
    '--seed',
    '7',
    '--no-color',
  ]
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    const env = { ...process.env, SCHEMATHESIS_HOOKS: 'test/http/schemathesis_hooks.py' }
    execFile(tool, args, { timeout: 580_000, maxBuffer: 64 * 1024 * 1024, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    )
  })
  t.equal(code, 0, code === 0 ? 'schemathesis found nothing' : findings(output))
})

/** What was found, without the progress bars and the generated values, which can be long. */
const findings = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line.length < 300 && !line.includes('━'))
    .slice(-120)
    .join('\n')
