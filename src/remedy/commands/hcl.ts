import { isObject } from '../../iam/json.ts'
import { jsonText } from './json-text.ts'

/** A value of Terraform's language: JSON, or an expression that is written as it stands. */
type HclValue = unknown

const indentation = '  '

/**
 * A quoted string. `${` and `%{` start templates and are doubled, so that IAM's policy variables stay what they are.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export const hclString = (text: string): string => {
  const quoted = jsonText(text)
  return quoted.includes('{') ? quoted.replaceAll('${', '$$${').replaceAll('%{', '%%{') : quoted
}

type Member = readonly [name: string, value: string]

/**
 * `name = value` lines as `terraform fmt` sets them: those of one line each under one another, their signs aligned; a
 * value of several lines stands apart.
 */
const membersOf = (members: readonly Member[], indent: string): string => {
  let lines = ''
  let chain: Member[] = []
  const close = (): void => {
    const width = Math.max(...chain.map(([name]) => name.length))
    for (const [name, value] of chain) lines += `${indent}${name.padEnd(width)} = ${value}\n`
    chain = []
  }
  for (const [name, value] of members) {
    if (!value.includes('\n')) {
      chain.push([name, value])
      continue
    }
    close()
    lines += `${indent}${name} = ${value}\n`
  }
  close()
  return lines
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
  const members = Object.entries(value).flatMap(([key, member]): readonly Member[] =>
    member === undefined ? [] : [[hclString(key), hclValue(member, inner)]],
  )
  return members.length === 0 ? '{}' : `{\n${membersOf(members, inner)}${outer}}`
}

/** A resource block whose arguments are strings, lists of them, or a policy document behind `jsonencode`. */
export const hclResource = (
  type: string,
  label: string,
  argumentsByName: Readonly<Record<string, string | readonly string[]>>,
  document: { readonly argument: string; readonly value: unknown } | null,
): string => {
  const named = Object.entries(argumentsByName).map(([name, value]): Member => [name, hclValue(value, indentation)])
  const encoded: readonly Member[] =
    document === null ? [] : [[document.argument, `jsonencode(${hclValue(document.value, indentation)})`]]
  return `resource "${type}" "${label}" {\n${membersOf([...named, ...encoded], indentation)}}\n`
}

/** A label of Terraform's: letters, digits and underscores, never a digit in front. */
export const hclLabel = (text: string): string => {
  const label = text
    .replaceAll(/[^A-Za-z0-9]+/gu, '_')
    .replaceAll(/^_+|_+$/gu, '')
    .toLowerCase()
  return /^[a-z]/u.test(label) ? label : `r_${label}`
}
