/**
 * JSON values as YAML in block style. Texts stay plain where no reader of YAML 1.1 or 1.2 takes them for anything else;
 * all others (`2012-10-17`, account ids, `*`) are quoted as JSON quotes them, which YAML reads alike.
 */
export const yamlOf = (value: unknown): string => `${block(value, '')}\n`

const inText = String.raw`[\w$*{}<>?./@=+,;()'-]`
const plainText = new RegExp(String.raw`^[A-Za-z/$<](?:${inText}| (?=${inText})|:(?=:|${inText}))*$`, 'u')
// Booleans, null, numbers without digits in front and the merge key of YAML 1.1, which CloudFormation reads.
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+|<<)$/iu

const scalar = (value: unknown): string =>
  typeof value === 'string' && plainText.test(value) && !reserved.test(value) ? value : JSON.stringify(value)

/** A value where a line has begun already: its first line follows, further lines are indented. */
const block = (value: unknown, indent: string): string => {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return value.map((item) => `- ${block(item, `${indent}  `)}`).join(`\n${indent}`)
  }
  if (typeof value !== 'object' || value === null) return scalar(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  if (members.length === 0) return '{}'
  return members.map(([key, member]) => `${scalar(key)}:${memberOf(member, indent)}`).join(`\n${indent}`)
}

const memberOf = (value: unknown, indent: string): string => {
  const inner = `${indent}  `
  const isBlock = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  return isBlock ? `\n${inner}${block(value, inner)}` : ` ${block(value, inner)}`
}
