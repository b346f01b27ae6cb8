/*
 * `${…}` that is filled in before a policy is stored: by CloudFormation, Terraform, Serverless or a program. What it
 * stands for is not known.
 */

const interpolation = /\$\{[^}]{0,300}\}/g

/** Policy variables, which AWS fills in with each request: a prefix of a service or an identity provider, and a key. */
const variable =
  /^\$\{(?:[*?$]|(?!(?:aws:(?:accountId|region|partition)|self|opt|env|cf|param|file|ssm|sls|terraform)\b)[a-z][a-z0-9-]*(?:\.[\w-]+)*(?:\/[\w./-]+)?:[A-Za-z][\w/.-]*(?:,\s?'[^']*')?)\}$/

/** What is filled in, as it is written. */
export const openParts = (text: string): readonly string[] =>
  text.includes('${') ? (text.match(interpolation) ?? []).filter((part) => !variable.test(part)) : []

/** The text with something else in place of each. */
export const withOpen = (text: string, by: string): string =>
  text.includes('${') ? text.replaceAll(interpolation, (part) => (variable.test(part) ? part : by)) : text

export const isOpen = (text: string): boolean => openParts(text).length > 0

/** Whether anything in a value is filled in. */
export const holdsOpen = (value: unknown): boolean => {
  if (typeof value === 'string') return isOpen(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, one]) => isOpen(name) || holdsOpen(one))
}
