import type { ToldDocument } from '../denial.ts'
import { isList, type Literal, type LiteralObject } from './literals.ts'

/*
 * Statements by the names that Terraform, the CDK and Pulumi have for their elements.
 */

const names: Readonly<Record<string, string>> = {
  sid: 'Sid',
  effect: 'Effect',
  action: 'Action',
  actions: 'Action',
  notaction: 'NotAction',
  notactions: 'NotAction',
  resource: 'Resource',
  resources: 'Resource',
  notresource: 'NotResource',
  notresources: 'NotResource',
  principal: 'Principal',
  principals: 'Principal',
  notprincipal: 'NotPrincipal',
  notprincipals: 'NotPrincipal',
  condition: 'Condition',
  conditions: 'Condition',
}

/** `null`: one of its elements is none that is known, so that the whole may mean something else. */
export function statementOf(told: LiteralObject): ToldDocument | null {
  const statement: Record<string, unknown> = { Effect: 'Allow' }
  for (const [name, value] of Object.entries(told)) {
    const element = names[name.replaceAll('_', '').toLowerCase()]
    const read = element === undefined ? null : readElement(element, value)
    if (element === undefined || read === null) return null
    statement[element] = read
  }
  return 'Action' in statement || 'NotAction' in statement ? statement : null
}

function readElement(element: string, value: Literal): unknown {
  if (element === 'Effect') return typeof value === 'string' ? effectOf(value) : null
  if (element.endsWith('Principal')) return principalOf(value)
  if (element === 'Condition') return conditionOf(value)
  return isTexts(value) ? value : null
}

const isTexts = (value: Literal): boolean =>
  typeof value === 'string' || (isList(value) && value.every((one) => typeof one === 'string'))

/** `Allow`, and the CDK's `iam.Effect.ALLOW`. */
const effectOf = (value: string): string | null => {
  const name = /^(?:\$\{(?:[\w.]{0,80}\.)?Effect\.)?(Allow|Deny)\}?$/i.exec(value)?.[1]
  return name === undefined ? null : name.toLowerCase() === 'deny' ? 'Deny' : 'Allow'
}

const objects = (value: Literal): readonly LiteralObject[] | null => {
  const items: readonly Literal[] = isList(value) ? value : [value]
  return items.every((one): one is LiteralObject => typeof one === 'object' && !isList(one)) ? items : null
}

function principalOf(value: Literal): unknown {
  if (value === '*') return value
  const blocks = objects(value)
  if (blocks === null) return isList(value) ? constructed(value) : null
  // As IAM itself writes it.
  const [only] = blocks
  if (!isList(value) && only !== undefined && !('type' in only)) return only
  const principal = new Map<string, unknown>()
  for (const { type, identifiers, ...others } of blocks) {
    if (typeof type !== 'string' || identifiers === undefined || Object.keys(others).length > 0) return null
    if (type === '*') return '*'
    principal.set(type, identifiers)
  }
  return Object.fromEntries(principal)
}

/** The CDK's: `new iam.ServicePrincipal('lambda.amazonaws.com')`. */
function constructed(value: readonly Literal[]): unknown {
  const principal = new Map<string, readonly string[]>()
  for (const one of value) {
    if (typeof one !== 'string') return null
    if (/\bAnyPrincipal\(/.test(one)) return '*'
    const [, made, name] =
      /^\$\{(?:new )?[\w.]{0,40}?(Service|Arn)Principal\(\s*["']([^"']+)["'],?\s*\)\}$/.exec(one) ?? []
    const kind = made === 'Service' ? 'Service' : 'AWS'
    principal.set(kind, [...(principal.get(kind) ?? []), name ?? one])
  }
  return Object.fromEntries(principal)
}

/** Blocks of Terraform, and the block of IAM itself. */
function conditionOf(value: Literal): unknown {
  const blocks = objects(value)
  if (blocks === null) return null
  const [only] = blocks
  if (!isList(value) && only !== undefined && !('test' in only))
    return Object.values(only).every((keys) => typeof keys === 'object' && !isList(keys)) ? only : null
  const condition: Record<string, Record<string, Literal>> = {}
  for (const { test, variable, values, ...others } of blocks) {
    if (typeof test !== 'string' || typeof variable !== 'string' || values === undefined) return null
    if (Object.keys(others).length > 0) return null
    condition[test] = { ...condition[test], [variable]: values }
  }
  return condition
}
