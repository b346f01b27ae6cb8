import { readFileSync } from 'node:fs'

/** A JSON file of the project's `data/` folder, which lies two levels up from here in `src/` as in `dist/`. */
export const readDataFile = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8'))
