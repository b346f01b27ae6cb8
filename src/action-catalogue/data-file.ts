import { readFileSync } from 'node:fs'

/** A file of the project's `data/` folder, which lies two levels up from here in `src/` as in `dist/`. */
const readText = (name: string): string => readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')

export const readDataFile = (name: string): unknown => JSON.parse(readText(name))

/** A table of many names of which few are ever asked for: what stands beside a name, `null` for a name without line. */
type NameTable = (name: string) => string | null

/** Reads a table of lines `name values`, sorted by code units; it is searched as text, so nothing is built at start. */
export const readNameTable = (name: string): NameTable => {
  const text = readText(name)
  return (wanted) => findLine(text, wanted)
}

function findLine(text: string, wanted: string): string | null {
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high) >> 1
    const start = text.lastIndexOf('\n', middle - 1) + 1
    const end = text.indexOf('\n', middle)
    const blank = text.indexOf(' ', start)
    const name = text.slice(start, blank)
    if (name === wanted) return text.slice(blank + 1, end)
    if (name < wanted) low = end + 1
    else high = start
  }
  return null
}
