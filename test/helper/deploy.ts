import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { parse, parseAllDocuments } from 'yaml'

const folder = new URL('../../deploy/', import.meta.url)

export const deployPath = (path: string): string => fileURLToPath(new URL(path, folder))
export const readDeployed = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

/** CloudFormation's own tags (`!Ref`, `!GetAtt`, `!Sub`) leave the text that they stand before. */
export const readYaml = (path: string): unknown => parse(readDeployed(path), { logLevel: 'error' })

/** Every document of every file of a folder; a document that does not parse is a failure. */
export const readManifests = (path: string): readonly unknown[] =>
  readdirSync(new URL(path, folder))
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parseAllDocuments(readDeployed(path + name)))
    .map((document): unknown => {
      const [error] = document.errors
      if (error !== undefined) throw error
      return document.toJS()
    })

/** Reads deep into parsed YAML; a step that is missing is a failure with its name. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !(step in here)) throw new Error(`no ${path.join('.')}`)
    here = (here as Readonly<Record<string | number, unknown>>)[step]
  }
  return here
}

/** A tool that a machine may lack: the test is skipped with a reason, but never in CI. */
export const findTool = (t: Test, name: string, candidates: readonly string[]): string | null =>
  find(t, name, candidates, ['--version'])

/** A Python that can import what a test needs of `test/requirements.txt`; skipped like a tool. */
export const findPython = (t: Test, module: string): string | null =>
  find(t, `Python with ${module}`, ['.venv/bin/python', 'python3'], ['-c', `import ${module}`])

function find(t: Test, name: string, candidates: readonly string[], check: readonly string[]): string | null {
  const found = candidates.find((candidate) => {
    if (candidate.includes('/') && !existsSync(candidate)) return false
    try {
      execFileSync(candidate, check, { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
  if (found !== undefined) return found
  if (process.env['CI'] === 'true') t.fail(`${name} is needed in CI`)
  else t.comment(`skipped: ${name} is not installed`)
  return null
}
