import { isObject } from '../../iam/json.ts'

/** No policy is. */
const deepest = 16

/**
 * A value with what CloudFormation fills in as `${…}`, which is how it writes that itself.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function withoutIntrinsics(value: unknown, depth = 0): unknown {
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((one) => withoutIntrinsics(one, depth + 1))
  if (typeof value === 'string') return flat(value.replace(template, '${$1}'))
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only !== undefined && /^(?:Ref$|Fn::)/.test(only[0]))
    return filledIn(only[0], withoutIntrinsics(only[1], depth + 1))
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutIntrinsics(one, depth + 1)]))
}

function filledIn(name: string, of: unknown): string {
  const values: readonly unknown[] = Array.isArray(of) ? of : [of]
  const [first, second] = values
  if (name === 'Ref' && typeof of === 'string') return open(of)
  if (name === 'Fn::GetAtt' && typeof first === 'string')
    return open(typeof second === 'string' ? `${first}.${second}` : first)
  // Beside a map of its own names, which are not known either.
  if (name === 'Fn::Sub' && typeof first === 'string') return first.replaceAll('${!', '${')
  if (name === 'Fn::Join' && typeof first === 'string' && isTexts(second)) return second.join(first)
  return open(name)
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

const open = (text: string): string => `\${${text.replace(/[${}]/g, '')}}`

/** Of Ansible, Helm and dynamic references. */
const template = /\{\{-?\s{0,8}([\w.:/-]{1,200})[^{}]{0,200}\}\}/g

/** What is filled in within what is filled in: `${self:custom.${opt:stage}.table}`. */
function flat(text: string): string {
  if (!/\$\{[^}]*\$\{/.test(text)) return text
  let depth = 0
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    const opens = text.startsWith('${', at)
    if (opens) depth++
    const isInner = depth > 1 && (opens || text[at] === '}')
    if (!isInner) plain += text[at] ?? ''
    if (isInner && opens) at++
    if (text[at] === '}' && depth > 0) depth--
  }
  return plain
}
