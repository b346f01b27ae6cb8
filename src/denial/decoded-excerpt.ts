import type { JsonObjectSeen } from './json-objects.ts'

/*
 * A decoded authorization message of which a part was pasted, or whose quotes were lost on the way: no JSON any more,
 * and its fields can be read all the same.
 */

const sign = /\\{0,3}["\u201C\u201D](?:explicitDeny|DecodedMessage|matchedStatements)\\{0,3}["\u201C\u201D]\s{0,8}:/g
const mostSigns = 40
/** How far its fields stand behind its first one. */
const longest = 6000

const named = (name: string, value: string): RegExp =>
  new RegExp(
    String.raw`["\u201C\u201D]${name}\\{0,3}["\u201C\u201D]\s{0,8}:\s{0,8}\\{0,3}["\u201C\u201D](${value})\\{0,3}["\u201C\u201D]`,
  )

const action = named('action', String.raw`[a-z0-9-]{2,40}:[A-Za-z]{2,80}`)
const resource = named('resource', String.raw`(?:arn:|\*)[^"\u201C\u201D\\\s]{0,600}`)
const caller = named('arn', String.raw`arn:[\w-]{3,12}:(?:iam|sts)::[^"\u201C\u201D\\\s]{1,300}`)
const flag = (name: string): RegExp =>
  new RegExp(String.raw`["\u201C\u201D]${name}\\{0,3}["\u201C\u201D]\s{0,8}:\s{0,8}(true|false)\b`)
const explicitDeny = flag('explicitDeny')
const allowed = flag('allowed')

const quote = String.raw`\\{0,3}["\u201C\u201D]`
const space = String.raw`\s{0,8}`
/** A key of the request that had one value: `{"key":"aws:Service","values":{"items":[{"value":"ec2"}]}}` */
const condition = new RegExp(
  String.raw`${quote}key${quote}${space}:${space}${quote}([\w:./-]{3,128}?)${quote}${space},${space}` +
    String.raw`${quote}values${quote}${space}:${space}\{${space}${quote}items${quote}${space}:${space}\[${space}` +
    String.raw`\{${space}${quote}value${quote}${space}:${space}${quote}([^"\u201C\u201D\\\n]{1,300})${quote}${space}\}${space}\]`,
  'gu',
)
const mostConditions = 60

const conditionsIn = (excerpt: string): readonly unknown[] =>
  [...excerpt.matchAll(condition)]
    .slice(0, mostConditions)
    .map(([, key, value]) => ({ key, values: { items: [{ value }] } }))

const beforeIt = 80
const verdict = /\\{0,3}["\u201C\u201D]allowed\\{0,3}["\u201C\u201D]\s{0,8}:\s{0,8}\w{1,8},\s{0,20}$/

/** `"allowed"` is the field in front of the first one. */
function startOf(text: string, from: number, at: number): number {
  const first = Math.max(from, at - beforeIt)
  const found = text.slice(first, at).search(verdict)
  return found === -1 ? at : first + found
}

/** What is left of decoded messages, as objects with the fields that were read; at least the action is among them. */
export const findDecodedExcerpts = (text: string): readonly JsonObjectSeen[] => {
  const found = findBrokenJson(text)
  return found.length > 0 ? found : findYaml(text)
}

function findBrokenJson(text: string): readonly JsonObjectSeen[] {
  const found: JsonObjectSeen[] = []
  let count = 0
  let done = 0
  for (const { index } of text.matchAll(sign)) {
    if (index < done || ++count > mostSigns) continue
    const start = startOf(text, done, index)
    const excerpt = text.slice(start, index + longest)
    const asked = action.exec(excerpt)
    if (asked === null) continue
    const [on, by, denied] = [resource.exec(excerpt), caller.exec(excerpt), explicitDeny.exec(excerpt)]
    const end = Math.max(
      ...[asked, on, by, denied].map((match) => (match === null ? 0 : match.index + match[0].length)),
    )
    found.push({
      value: {
        ...(allowed.exec(excerpt)?.[1] === 'true' && { allowed: true }),
        explicitDeny: denied === null ? null : denied[1] === 'true',
        context: {
          ...(by !== null && { principal: { arn: by[1] } }),
          action: asked[1],
          ...(on !== null && { resource: on[1] }),
          conditions: { items: conditionsIn(excerpt) },
        },
      },
      span: [start, start + end],
    })
    done = start + end
  }
  return found
}

const yamlSign = /^[ \t>|]{0,20}explicitDeny:[ \t]{1,4}(?<denied>true|false)\b/gm
const member = (name: string, value: string): RegExp =>
  new RegExp(String.raw`^[ \t>|]{0,40}${name}:[ \t]{1,4}["']?(${value})`, 'm')
const yamlAction = member('action', String.raw`[a-z0-9-]{2,40}:[A-Za-z]{2,80}`)
const yamlResource = member('resource', String.raw`(?:arn:|\*)[^"'\s]{0,600}`)
const yamlCaller = member('arn', String.raw`arn:[\w-]{3,12}:(?:iam|sts)::[^"'\s]{1,300}`)

/** A decoded message as a tool shows it in YAML. */
function findYaml(text: string): readonly JsonObjectSeen[] {
  const found: JsonObjectSeen[] = []
  let done = 0
  for (const { index, groups } of [...text.matchAll(yamlSign)].slice(0, mostSigns)) {
    if (index < done) continue
    const excerpt = text.slice(index, index + longest)
    const asked = yamlAction.exec(excerpt)
    if (asked === null) continue
    const [on, by] = [yamlResource.exec(excerpt), yamlCaller.exec(excerpt)]
    const end =
      index + Math.max(...[asked, on, by].map((match) => (match === null ? 0 : match.index + match[0].length)))
    found.push({
      value: {
        explicitDeny: groups?.['denied'] === 'true',
        context: {
          ...(by !== null && { principal: { arn: by[1] } }),
          action: asked[1],
          ...(on !== null && { resource: on[1] }),
        },
      },
      span: [index, end],
    })
    done = end
  }
  return found
}
