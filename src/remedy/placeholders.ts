import { holdsText } from '../iam/holds-text.ts'
import type { RemedyCommands } from './remedy.ts'

/** A marked gap in a statement, `<BucketName>`, and the key of `words/` that says what belongs there. */
interface Placeholder {
  readonly name: string
  readonly meaning: string
}

const kebab = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1-$2').toLowerCase()

/** Every `<LikeThis>` in a text, each once. */
const placeholdersIn = (text: string): readonly Placeholder[] => {
  const names = [...text.matchAll(/<([A-Za-z][\w -]{0,60})>/gu)].map((match) => match[1] ?? '')
  return [...new Set(names)].map((name) => ({ name, meaning: kebab(name) }))
}

/** The same for every text of a JSON value. */
export const placeholdersWithin = (value: unknown): readonly Placeholder[] =>
  holdsText(value, '<') ? placeholdersIn(JSON.stringify(value)) : []

/** Those of a change, and of its home as far as a command has them: nobody fills in what stands nowhere. */
export function placeholdersShown(
  change: unknown,
  home: unknown,
  commands: RemedyCommands | null,
): readonly Placeholder[] {
  const inHome = placeholdersWithin(home).filter(({ name }) => holdsText(commands, `<${name}>`))
  const all = [...placeholdersWithin(change), ...inHome, ...placeholdersWithin(commands?.awsCli ?? null)]
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index)
}
