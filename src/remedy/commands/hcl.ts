import { isObject } from '../../iam/json.ts'
import { jsonText } from './json-text.ts'

/** A value of Terraform's language: JSON, or an expression that is written as it stands. */
export type HclValue = unknown

const indentation = '  '

/**
 * A quoted string. `${` and `%{` start templates and are doubled, so that IAM's policy variables stay what they are.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export const hclString = (text: string): string => {
  const quoted = jsonText(text)
  return quoted.includes('{') ? quoted.replaceAll('${', '$$${').replaceAll('%{', '%%{') : quoted
}

/** A JSON value in Terraform's object syntax; keys are quoted, since IAM's hold colons. */
export const hclValue = (value: HclValue, outer = ''): string => {
  if (typeof value === 'string') return hclString(value)
  const inner = outer + indentation
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += `${inner}${hclValue(item, inner)},\n`
    return items === '' ? '[]' : `[\n${items}${outer}]`
  }
  if (!isObject(value)) return String(value)
  let members = ''
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (member !== undefined) members += `${inner}${hclString(key)} = ${hclValue(member, inner)}\n`
  }
  return members === '' ? '{}' : `{\n${members}${outer}}`
}

/** A resource block whose arguments are strings, lists of them, or a policy document behind `jsonencode`. */
export const hclResource = (
  type: string,
  label: string,
  argumentsByName: Readonly<Record<string, string | readonly string[]>>,
  document: { readonly argument: string; readonly value: unknown } | null,
): string => {
  let lines = ''
  for (const name of Object.keys(argumentsByName))
    lines += `${indentation}${name} = ${hclValue(argumentsByName[name], indentation)}\n`
  if (document !== null)
    lines += `${indentation}${document.argument} = jsonencode(${hclValue(document.value, indentation)})\n`
  return `resource "${type}" "${label}" {\n${lines}}\n`
}

/** A label of Terraform's: letters, digits and underscores, never a digit in front. */
export const hclLabel = (text: string): string => {
  const label = text
    .replaceAll(/[^A-Za-z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
    .toLowerCase()
  return /^[a-z]/u.test(label) ? label : `r_${label}`
}
