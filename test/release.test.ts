import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { findTool } from './helper/deploy.ts'

const read = (path: string): string => readFileSync(path, 'utf8')
const { version } = JSON.parse(read('package.json')) as { readonly version: string }
const workflows = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`)

t.test('one version: package, lockfile, API description, image and changelog', (t) => {
  t.match(version, /^\d+\.\d+\.\d+$/)
  const lock = JSON.parse(read('package-lock.json')) as {
    version: string
    packages: Record<string, { version: string }>
  }
  t.equal(lock.version, version)
  t.equal(lock.packages['']?.version, version)
  t.equal((parse(read('openapi.yaml')) as { info: { version: string } }).info.version, version)
  t.equal(/opencontainers\.image\.version="(.+)"/.exec(read('Dockerfile'))?.[1], version)
  const heading = /^## (.*)$/m.exec(read('CHANGELOG.md'))?.[1] ?? ''
  t.ok(heading === `${version} - unreleased` || /^\d{4}(-\d\d){2}$/.test(heading.replace(`${version} - `, '')), heading)
  t.end()
})

t.test('a tag is released when it is the version and the changelog has its date', (t) => {
  const folder = t.testdir()
  mkdirSync(join(folder, 'scripts'))
  cpSync('scripts/release-notes.sh', join(folder, 'scripts/release-notes.sh'))
  writeFileSync(join(folder, 'package.json'), '{"version":"1.2.3"}')
  const notes = (tag: string, changelog: string): string => {
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog)
    return execFileSync(join(folder, 'scripts/release-notes.sh'), [tag], { stdio: 'pipe', encoding: 'utf8' })
  }
  const changelog = '# Changelog\n\n## 1.2.3 - 2026-11-27\n\n- New.\n\n## 1.2.2 - 2026-10-01\n\n- Old.\n'
  t.equal(notes('v1.2.3', changelog).trim(), '- New.')
  t.throws(() => notes('v1.2.4', changelog), 'another version')
  t.throws(() => notes('1.2.3', changelog), 'no v')
  t.throws(() => notes('v1.2.3', changelog.replace('2026-11-27', 'unreleased')), 'no date')
  t.end()
})

t.test('the workflows fit GitHub’s schemas, run the gate, and use no action by a name that can move', (t) => {
  const judge = findTool(t, 'check-jsonschema', ['.venv/bin/check-jsonschema', 'check-jsonschema'])
  const check = (schema: string, ...paths: readonly string[]): Buffer =>
    execFileSync(judge ?? '', ['--builtin-schema', `vendor.${schema}`, ...paths], { stdio: 'pipe' })
  if (judge !== null) {
    t.doesNotThrow(() => check('github-workflows', ...workflows))
    t.doesNotThrow(() => check('dependabot', '.github/dependabot.yml'))
    const slip = join(t.testdir(), 'slip.yaml')
    writeFileSync(slip, read('.github/workflows/ci.yaml').replace('runs-on', 'run-on'))
    t.throws(() => check('github-workflows', slip), 'a slip is found')
  }
  t.match(read('.github/workflows/ci.yaml'), '- run: .ci/run\n')
  for (const path of workflows)
    for (const [, used = ''] of read(path).matchAll(/uses: (\S+)/g))
      t.ok(used.startsWith('./') || /^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/.test(used), used)
  t.end()
})
