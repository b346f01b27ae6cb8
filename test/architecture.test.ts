import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

/**
 * Each room may import from itself and from the rooms above it, types included. `web` runs in the browser and may
 * know types alone.
 */
const rooms = [
  'iam',
  'action-catalogue',
  'denial',
  'requests',
  'evidence',
  'verdict',
  'remedy',
  'diagnosis',
  'words',
  'reply',
  'config.ts',
  'explain.ts',
  'lines',
  'line-worker.ts',
  'http',
  'slack',
  'mcp',
  'app.ts',
  'cli',
  'server.ts',
  'lambda',
  'lambda.ts',
  'main.ts',
] as const

const ioRooms = new Set([
  'evidence',
  'http',
  'slack',
  'mcp',
  'cli',
  'line-worker.ts',
  'server.ts',
  'lambda.ts',
  'app.ts',
  'action-catalogue',
])

const source = fileURLToPath(new URL('../src', import.meta.url))

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* files(path)
    else if (path.endsWith('.ts')) yield path
  }
}

const roomOf = (path: string): string => relative(source, path).split('/')[0] ?? ''
const imports = (text: string): string[] =>
  [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name ?? '')

const isTypeImport = (text: string, target: string): boolean =>
  text.split('\n').every((line) => !line.includes(`'${target}'`) || line.startsWith('import type '))

for (const file of files(source)) {
  const name = relative(source, file)
  const room = roomOf(file)
  const text = readFileSync(file, 'utf8')
  for (const target of imports(text)) {
    if (target.startsWith('.')) {
      const other = roomOf(normalize(join(dirname(file), target)))
      if (room === 'web') t.ok(other === 'web' || isTypeImport(text, target), `${name} imports ${target}`)
      else {
        t.ok(rooms.includes(room as never), `${name} is in a room that is drawn`)
        t.ok(
          rooms.indexOf(other as never) <= rooms.indexOf(room as never) && rooms.includes(other as never),
          `${name} imports ${target}`,
        )
      }
    } else {
      if (target.startsWith('@aws-sdk/client') || target.startsWith('@smithy/'))
        t.match(name, /^evidence\/aws\//, `${name} imports ${target}`)
      if (/^node:(fs|net|http|https|child_process|dns|os|process)/.test(target) && !ioRooms.has(room))
        t.fail(`${name} imports ${target}: deciding does no I/O`)
      if (target === '@cloud-copilot/iam-simulate') t.fail(`${name} imports a test-only package`)
    }
  }
  if (room !== 'web' && !ioRooms.has(room))
    t.notMatch(
      text,
      /\b(?:Date\.now|new Date\(\)|process\.env|Math\.random)\b/,
      `${name} reads no clock, environment or chance`,
    )
}
