// Prints the bill of materials of what is shipped, as CycloneDX. `npm sbom --omit dev` leaves out every package that a
// development dependency needs as well, so npm is asked about a project that has none.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A reader such as `head` may leave early.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'sbom-'))
const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value))

try {
  const project = read('package.json')
  const { packages, ...lock } = read('package-lock.json')
  const root = packages['']
  delete project.devDependencies
  delete root.devDependencies
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true)
  write('package.json', project)
  write('package-lock.json', { ...lock, packages: { '': root, ...Object.fromEntries(shipped) } })
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  process.stdout.write(execFileSync('npm', args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }))
} finally {
  rmSync(folder, { recursive: true })
}
