import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'

interface Locked {
  readonly name?: string
  readonly version?: string
  readonly dev?: boolean
  readonly license?: string
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>
}
const installed = Object.entries(packages).filter(([path]) => path !== '')
const shipped = installed.filter(([, { dev }]) => dev !== true)

/** What a company's lawyers let pass without a question: keep the notice, and do what you like. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** An SPDX expression without nesting: one of the alternatives, and all of its parts. */
const isPermissive = (expression: string): boolean =>
  expression
    .replace(/^\(([^()]*)\)$/, '$1')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => permissive.has(licence)))

/** What the package itself says; the lockfile where it is not installed on this platform. */
function licenceOf(path: string, { license }: Locked): string {
  const file = `${path}/package.json`
  const said = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown }).license : license
  return typeof said === 'string' ? said : 'unknown'
}

t.test('every package that is shipped has a permissive licence', (t) => {
  t.ok(shipped.length > 100, `${shipped.length} packages`)
  const others = shipped.map(([path, locked]) => [path, licenceOf(path, locked)] as const)
  t.strictSame(
    others.filter(([, licence]) => !isPermissive(licence)),
    [],
  )
  t.end()
})

t.test('what is under the AGPL judges our engine in tests, and is never shipped', (t) => {
  const agpl = installed.filter(([path, locked]) => licenceOf(path, locked).startsWith('AGPL'))
  t.ok(agpl.some(([path]) => path === 'node_modules/@cloud-copilot/iam-simulate'))
  for (const [path, { dev }] of agpl) t.equal(dev, true, path)
  t.end()
})

t.test('the check knows what is not permissive', (t) => {
  for (const licence of ['AGPL-3.0-or-later', 'GPL-2.0-only', 'SSPL-1.0', 'BUSL-1.1', 'UNLICENSED', 'unknown', ''])
    t.notOk(isPermissive(licence), licence)
  t.ok(isPermissive('(WTFPL OR MIT)'))
  t.notOk(isPermissive('MIT AND GPL-3.0-only'))
  t.ok(isPermissive('(MIT AND Zlib)'))
  t.end()
})

t.test('the bill of materials lists every package that is shipped, with its licence, and no other', (t) => {
  const { components } = JSON.parse(
    execFileSync(process.execPath, ['scripts/sbom.mjs'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  ) as { components: { group?: string; name: string; version: string; licenses: readonly unknown[] }[] }
  const listed = components.map(({ name, version }) => `${name}@${version}`)
  const wanted = shipped.map(
    ([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version ?? ''}`,
  )
  t.strictSame(listed.sort(), [...new Set(wanted)].sort())
  for (const { name, licenses } of components) t.ok(licenses.length > 0, name)
  t.end()
})
