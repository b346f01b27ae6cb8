import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'

/*
 * A name leaves its file only where another file takes it, and what only tests take is used in its own file: else it is
 * dead. Files are read one by one, without types, which finds names and is quick.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name))

/** Taken by what is no TypeScript: Lambda's runtime, and the README by way of its test. */
const takenElsewhere = new Set(['src/lambda.ts handler', 'src/config.ts settingsTable'])

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)

function importsOf(source: ts.SourceFile): readonly string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
    const from = relative(root, join(dirname(source.fileName), statement.moduleSpecifier.text))
    const bindings = statement.importClause?.namedBindings
    return bindings === undefined || !ts.isNamedImports(bindings)
      ? []
      : bindings.elements.map(({ name, propertyName }) => `${from} ${(propertyName ?? name).text}`)
  })
}

/** Modules that are loaded as a whole, `await import('./signature.ts')`: which of their names are used is not seen. */
const loadedWhole = (source: ts.SourceFile): readonly string[] =>
  [...source.text.matchAll(/import\('(\.[^']+)'\)/g)].map(([, target]) =>
    relative(root, join(dirname(source.fileName), target ?? '')),
  )

function exportsOf(source: ts.SourceFile): readonly string[] {
  const isExported = (node: ts.Node): boolean =>
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  return source.statements.filter(isExported).flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText(source))
    const { name } = statement as ts.Statement & { readonly name?: ts.Identifier }
    return name === undefined ? [] : [name.text]
  })
}

const sources = filesIn('src').map(parse)
const takenBy = (files: readonly ts.SourceFile[]): ReadonlySet<string> => new Set(files.flatMap(importsOf))
const taken = takenBy([...sources, ...[...filesIn('bench'), ...filesIn('scripts')].map(parse)])
const takenByTests = takenBy(filesIn('test').map(parse))
const whole = new Set(sources.flatMap(loadedWhole))
const timesIn = (text: string, name: string): number =>
  text.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))?.length ?? 0

t.test('every exported name is taken by another file', (t) => {
  t.ok(taken.size > 1000)
  for (const source of sources) {
    const file = relative(root, source.fileName)
    if (whole.has(file)) continue
    for (const name of exportsOf(source)) {
      const place = `${file} ${name}`
      if (taken.has(place) || takenElsewhere.has(place)) continue
      t.ok(takenByTests.has(place), `${place}: nothing imports it`)
      t.ok(timesIn(source.text, name) > 1, `${place}: only tests use it`)
    }
  }
  t.end()
})
