#!/usr/bin/env node
import process from 'node:process'
import { exitCodes } from './exit-codes.ts'
import { run } from './run.ts'

// The SDK's notice about Node's versions is for those who run a service, and would stand between error and answer.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

// A reader such as `head` may leave early; that is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

try {
  process.exitCode = await run({
    argv: process.argv.slice(2),
    environment: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signals: process,
  })
} catch (error) {
  // Our own mistake: Node would end with 1, which says something else here.
  console.error(error)
  process.exitCode = exitCodes.failed
}
