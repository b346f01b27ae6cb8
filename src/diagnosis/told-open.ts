import type { ToldDocument } from '../denial/denial.ts'
import { isObject } from '../iam/json.ts'
import { holdsOpen, isOpen, openParts } from '../iam/open-text.ts'
import { list } from '../iam/policy-document.ts'
import type { AccessRequest } from '../iam/request.ts'
import { compileWildcard, matchesWildcard } from '../verdict/wildcard.ts'
import type { Finding } from './finding.ts'
import type { Situation } from './situation.ts'
import { coversAction, type ReadStatement } from './statements.ts'

/*
 * Parts of told policies that something else fills in before they are stored. They may be what the request has, and
 * nothing is told of them.
 */

/** The document as it may be in force for this request. */
export function filledFor(document: ToldDocument, request: AccessRequest): ToldDocument {
  if (!holdsOpen(document)) return document
  const statements = list(document['Statement']).map((one) => (isObject(one) ? statementFor(one, request) : one))
  return { ...document, Version: '2012-10-17', Statement: statements }
}

function statementFor(statement: ToldDocument, request: AccessRequest): ToldDocument {
  const filled = { ...statement }
  for (const element of ['Resource', 'NotResource'])
    if (holdsOpen(statement[element])) filled[element] = eachText(statement[element], (arn) => arnFor(arn, request))
  for (const element of ['Principal', 'NotPrincipal']) {
    const principal = statement[element]
    if (isObject(principal) && holdsOpen(principal))
      filled[element] = Object.fromEntries(
        Object.entries(principal).map(([kind, names]) => [
          kind,
          eachText(names, (name) => (isOpen(name) ? principalFor(kind, request, statement, name) : name)),
        ]),
      )
  }
  return filled
}

const eachText = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  return Array.isArray(value) ? value.map((one: unknown) => (typeof one === 'string' ? change(one) : one)) : value
}

/** Partition, Region and account are mostly the caller's own. */
function arnFor(text: string, { resource }: AccessRequest): string {
  const parts = openParts(text)
  if (parts.length === 0) return text
  const bare = parts.reduce((left, part) => left.replace(part, () => nameOf(part)), text)
  const [scheme = '', partition = '', service = '', region = '', account = '', ...rest] = bare.split(':')
  if (rest.length === 0 || scheme !== 'arn' || isOpen(service)) return `\${${bare.replace(/[${}:]/g, '')}}`
  const asked = resource?.split(':') ?? []
  const own = (part: string, index: number): string => (isOpen(part) ? (asked[index] ?? '*') : part)
  return ['arn', own(partition, 1), service, own(region, 3), own(account, 4), ...rest].join(':')
}

/** What it is called, without what would be read as an ARN or a variable with a default. */
const nameOf = (part: string): string => {
  const [name = ''] = /[\w.-]+(?:::?[\w.-]+)*/.exec(part) ?? []
  return `\${${name.replaceAll(':', '.')}}`
}

function principalFor(
  kind: string,
  { principal, resource }: AccessRequest,
  statement: ToldDocument,
  name: string,
): string {
  if (kind === 'Service') return principal.service ?? name
  if (kind !== 'Federated') return principal.roleArn ?? principal.arn ?? name
  const host = issuerIn(statement['Condition'])
  const account = resource?.split(':')[4] ?? ''
  return principal.provider ?? (host === null ? name : `arn:aws:iam::${account || '<AccountId>'}:oidc-provider/${host}`)
}

/** Claims are named after the issuer of the token. */
const issuerIn = (condition: unknown): string | null =>
  (isObject(condition) ? Object.values(condition).filter(isObject).flatMap(Object.keys) : [])
    .map((key) => /^([\w-]+(?:\.[\w-]+)+(?:\/[\w./-]+)?):(?:sub|aud)$/.exec(key)?.[1])
    .find((host) => host !== undefined) ?? null

const types = ['identity-based', 'resource-based', 'role-trust'] as const

/** Whether a finding goes by something that is filled in. */
export function goesByOpen(told: Situation, { facts }: Finding): boolean {
  const { resource } = told
  const found = facts['found'] ?? ''
  if (isWhollyOpen(found)) return true
  const pointedAt = types
    .flatMap((type) => told.statements(type))
    .filter(({ policy, statement }) => policy === facts['policy'] && String(statement + 1) === facts['statement'])
  return pointedAt.some((read) => leavesOpen(read, resource) || (found !== '' && mayCover(read, resource)))
}

const isWhollyOpen = (text: string): boolean => !text.startsWith('arn:') && isOpen(text)

function leavesOpen({ source, effect, resources }: ReadStatement, resource: string | null): boolean {
  if (!holdsOpen(source)) return false
  const { Action, NotAction, NotResource, Condition } = source
  if (effect === 'Deny' || [Action, NotAction, NotResource, Condition].some(holdsOpen)) return true
  return resource === '*' && resources.some(isWhollyOpen)
}

const mayCover = ({ resources }: ReadStatement, resource: string | null): boolean =>
  resource !== null && resources.some((one) => isWhollyOpen(one) || (isOpen(one) && mayBe(one, resource)))

/** Whether an ARN may cover the resource, whatever is filled in. */
export const mayBe = (arn: string, resource: string): boolean =>
  matchesWildcard(compileWildcard(openParts(arn).reduce((left, part) => left.replace(part, '*'), arn)), resource)

/** Whether a statement that has the action leaves open on what. */
export const grantsOpen = (told: Situation, action: string | null): boolean =>
  types
    .flatMap((type) => told.statements(type))
    .some((read) => action !== null && coversAction(read, action) && holdsOpen(read.source))
