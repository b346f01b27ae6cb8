import { isObject, parseJsonObject } from '../../iam/json.ts'
import type { Span, ToldDocument } from '../denial.ts'

/*
 * Lines out of the middle of a JSON policy, without the braces round them: the elements of one statement.
 */

const elements: ReadonlySet<string> = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
])

/** Lines as the elements of a statement are written; a blank line ends them. */
const line = /^[ \t]{0,80}(?:"[^"\n]{1,300}"[ \t]?(?::[^\n]{0,400})?,?|[[\]{}]{1,4},?)[ \t\r]*$/
/** What is worth a look, in a text as in one line of it. */
const sign = /^[ \t]{0,80}"(?:NotAction|Action|Resource)"[ \t]?:/m

const mostLines = 60
const mostBlocks = 20

/** Where such lines stand, in order and apart. */
export function findCutStatements(text: string): readonly Span[] {
  if (!sign.test(text)) return []
  const spans: Span[] = []
  let start = 0
  let lines: string[] = []
  const end = (): void => {
    const block = lines.join('\n')
    if (lines.length > 1 && lines.length <= mostLines && lines.some((one) => sign.test(one)))
      if (spans.length < mostBlocks && readCutStatement(block) !== null) spans.push([start, start + block.length])
    lines = []
  }
  let at = 0
  for (const one of text.split('\n')) {
    if (line.test(one)) {
      if (lines.length === 0) start = at
      lines.push(one)
    } else end()
    at += one.length + 1
  }
  end()
  return spans
}

/** A `Version` that there is not: how the document goes on is not shown, so that it is never taken to grant. */
const notShown = '<Version>'

/** The document of the one statement whose elements these are; `null` where they are those of something else. */
export function readCutStatement(block: string): ToldDocument | null {
  const read = parsed(`{${closed(block)}}`)
  if (read === null || !Object.keys(read).every((name) => elements.has(name))) return null
  const { Action: action, NotAction: others, Resource: resource, Condition: condition } = read
  const isTold = action !== undefined || others !== undefined ? (resource ?? condition) !== undefined : isList(resource)
  if (!isTold || (condition !== undefined && !isObject(condition))) return null
  const principal = read['Principal'] === undefined && isOfToken(action) ? providerOf(condition) : null
  const statement = { Effect: 'Allow', ...read, ...(principal === null ? {} : { Principal: principal }) }
  return { Version: notShown, Statement: [statement] }
}

const isList = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string')

const isOfToken = (action: unknown): boolean => [action].flat().includes('sts:AssumeRoleWithWebIdentity')

/** Claims are named after the provider, whose account is not shown. */
function providerOf(condition: unknown): ToldDocument | null {
  const keys = isObject(condition) ? Object.values(condition).filter(isObject).flatMap(Object.keys) : []
  const host = keys.map((key) => /^([^:\s]+\.[^:\s]+):(?:sub|aud)$/.exec(key)?.[1]).find((one) => one !== undefined)
  return host === undefined ? null : { Federated: `arn:aws:iam::<AccountId>:oidc-provider/${host}` }
}

/** With the brackets that the lines leave open, and without those that close what stands above them. */
function closed(block: string): string {
  const open: string[] = []
  let inText = false
  for (let at = 0; at < block.length; at++) {
    const char = block[at] ?? ''
    if (char === '\\') at++
    else if (char === '"') inText = !inText
    else if (!inText && (char === '{' || char === '[')) open.push(char === '{' ? '}' : ']')
    else if (!inText && (char === '}' || char === ']') && open.pop() !== char) return block.slice(0, at)
  }
  return `${block}${open.reverse().join('')}`
}

const parsed = (text: string): ToldDocument | null => parseJsonObject(text.replace(/,(?=\s{0,200}[}\]])/g, ''))
