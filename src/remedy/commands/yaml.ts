import { isObject } from '../../iam/json.ts'
import { jsonText } from './json-text.ts'

const inText = String.raw`[\w$*{}<>?./@=+,;()'-]`
const plainText = new RegExp(String.raw`^[A-Za-z/$<](?:${inText}| (?=${inText})|:(?=:|${inText}))*$`, 'u')
// Booleans, null, numbers without digits in front and the merge key of YAML 1.1, which CloudFormation reads.
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+|<<)$/iu

const textOf = (text: string): string => (plainText.test(text) && !reserved.test(text) ? text : jsonText(text))

/**
 * A JSON value as YAML in block style, where a line has begun already: its first line follows, further lines are
 * indented. Texts stay plain where no reader of YAML 1.1 or 1.2 takes them for anything else; all others (`2012-10-17`,
 * account ids, `*`) are quoted as JSON quotes them, which YAML reads alike.
 */
export const yamlBlock = (value: unknown, indent: string): string => {
  if (typeof value === 'string') return textOf(value)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const inner = `${indent}  `
    return value.map((item) => `- ${yamlBlock(item, inner)}`).join(`\n${indent}`)
  }
  if (!isObject(value)) return JSON.stringify(value)
  let lines = ''
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (member === undefined) continue
    lines += `${lines === '' ? '' : `\n${indent}`}${textOf(key)}:${memberOf(member, indent)}`
  }
  return lines === '' ? '{}' : lines
}

const memberOf = (value: unknown, indent: string): string => {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return ` ${yamlBlock(value, '')}`
  const inner = `${indent}  `
  return `\n${inner}${yamlBlock(value, inner)}`
}
