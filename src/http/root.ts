import { readFileSync } from 'node:fs'

/** The project's folder, the same from `src` and from `dist`. */
export const projectRoot = new URL('../../', import.meta.url)

const packageFile = JSON.parse(readFileSync(new URL('package.json', projectRoot), 'utf8')) as {
  readonly version: string
}

export const version = packageFile.version
