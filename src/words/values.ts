import { isHiddenText } from '../iam/hidden-text.ts'

/** Names, ARNs and keys that a sentence is built on. A key that is absent is not known. */
export type Values = Readonly<Record<string, string>>

/** A sentence or clause that adapts to the values there are: it reads well with all of them and with none. */
export type Phrase = (values: Values) => string

/** Longest value quoted in a sentence; whole ARNs stand in the data beside it. */
const longestQuote = 400

const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu

/** Printable ASCII without a backtick and without blanks around it, as nearly all names and ARNs are. */
const isPlain = /^[!-_a-~](?:[ -_a-~]*[!-_a-~])?$/u

/** A value as it may stand inside a sentence: one line, no backtick, nothing that turns the text around. */
const plain = (value: string): string => {
  if (value.length <= longestQuote && isPlain.test(value)) return value
  const clean = value.replaceAll(controlCharacters, ' ').replaceAll('`', "'").trim()
  const letters = Array.from(clean)
  return letters.length <= longestQuote ? clean : `${letters.slice(0, longestQuote - 1).join('')}…`
}

/** Values stand between backticks in every sentence, so that each rendering can set them apart. */
export const quote = (value: string): string => `\`${plain(value)}\``

/** The value itself; null where it is absent, empty, or a marked placeholder such as `role/<RoleName>`. */
export const known = (values: Values, key: string): string | null => {
  const value = Object.hasOwn(values, key) ? values[key] : undefined
  if (value === undefined || value.trim() === '') return null
  return value.includes('<') && /<[A-Za-z][A-Za-z0-9 _-]{0,60}>/u.test(value) ? null : value
}

/** The quoted value, or what is said in its place. */
export const orElse = (values: Values, key: string, otherwise: string): string => {
  const value = known(values, key)
  return value === null ? otherwise : quote(value)
}

/** A part of a sentence that is there only where the value is known. */
export const where = (values: Values, key: string, phrase: (quoted: string) => string): string => {
  const value = known(values, key)
  return value === null ? '' : phrase(quote(value))
}

/** Several values that came as one text, joined by commas or blanks. */
export const several = (values: Values, key: string): readonly string[] =>
  (known(values, key) ?? '').split(/,\s*/u).filter((part) => part !== '')

/** Those of them that nobody hid. */
export const severalShown = (values: Values, key: string): readonly string[] =>
  several(values, key).filter((value) => !isHiddenText(value))

/** A part of a sentence that is there only where some of them are known, and nobody hid them. */
export const whereShown = (values: Values, key: string, phrase: (quoted: string) => string): string =>
  where({ [key]: severalShown(values, key).join(', ') }, key, phrase)

/** Denies that may have matched in place of the one that is told: number, Sid and key of each, as far as it has them. */
export const rivalsOf = (
  values: Values,
): readonly { readonly number: string; readonly sid: string | null; readonly key: string | null }[] =>
  several(values, 'rivals').map((rival) => {
    const [number = '', sid = '-', key = '-'] = rival.split(' ')
    return { number, sid: sid === '-' ? null : sid, key: key === '-' ? null : key }
  })

/** The command that tells whose unique id it is. */
export const lookUpOf = (kind: 'role' | 'user', id: string | null): string =>
  kind === 'user'
    ? `aws iam list-users --query "Users[?UserId=='${id ?? ''}'].Arn"`
    : `aws iam list-roles --query "Roles[?RoleId=='${id ?? ''}'].Arn"`

/** The policy variable as the policy writes it, where the fact that is missing is what one stands for; else `null`. */
export const variableAsked = (key: string | null, values: readonly string[]): string | null => {
  const names = values.flatMap((value) =>
    [...value.matchAll(/\$\{([^},]{1,200})/gu)].map(([, name = '']) => name.trim()),
  )
  return names.find((name) => name.toLowerCase() === key?.toLowerCase()) ?? null
}
