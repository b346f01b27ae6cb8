/** A value of Terraform's language: JSON, or an expression that is written as it stands. */
export type HclValue = unknown

const indentation = '  '

/**
 * A quoted string. `${` and `%{` start templates and are doubled, so that IAM's policy variables stay what they are.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export const hclString = (text: string): string => JSON.stringify(text).replaceAll('${', '$$${').replaceAll('%{', '%%{')

/** A JSON value in Terraform's object syntax; keys are quoted, since IAM's hold colons. */
export const hclValue = (value: HclValue, depth = 0): string => {
  const inner = indentation.repeat(depth + 1)
  const outer = indentation.repeat(depth)
  if (typeof value === 'string') return hclString(value)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => `${inner}${hclValue(item, depth + 1)},\n`).join('')}${outer}]`
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    if (members.length === 0) return '{}'
    return `{\n${members.map(([key, member]) => `${inner}${hclString(key)} = ${hclValue(member, depth + 1)}\n`).join('')}${outer}}`
  }
  return String(value)
}

/** A resource block whose arguments are strings, lists of them, or a policy document behind `jsonencode`. */
export const hclResource = (
  type: string,
  label: string,
  argumentsByName: Readonly<Record<string, string | readonly string[]>>,
  document: { readonly argument: string; readonly value: unknown } | null,
): string => {
  const lines = Object.entries(argumentsByName).map(([name, value]) => `${indentation}${name} = ${hclValue(value, 1)}`)
  const policy =
    document === null ? [] : [`${indentation}${document.argument} = jsonencode(${hclValue(document.value, 1)})`]
  return [`resource "${type}" "${label}" {`, ...lines, ...policy, '}', ''].join('\n')
}

/** A label of Terraform's: letters, digits and underscores, never a digit in front. */
export const hclLabel = (text: string): string => {
  const label = text
    .replaceAll(/[^A-Za-z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
    .toLowerCase()
  return /^[a-z]/u.test(label) ? label : `r_${label}`
}
