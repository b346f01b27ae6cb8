// Joins the service's 400 modules, and the quarter of zod that they use, to a few files in dist/bundle: loading each
// by itself takes a third of a start. All other packages stay what they are, for tracing and for their licences.
import { readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const outdir = 'dist/bundle'
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
rmSync(outdir, { recursive: true, force: true })
await build({
  entryPoints: ['dist/main.js'],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: Object.keys(dependencies)
    .filter((name) => name !== 'zod')
    .flatMap((name) => [name, `${name}/*`]),
  // Comments and blanks are a third of it, and are held in memory; lines stay short, for stacks.
  minifyWhitespace: true,
  lineLimit: 160,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
})
