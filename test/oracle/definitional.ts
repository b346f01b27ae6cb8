/**
 * A second evaluator, deliberately naive: written from the specification of the evaluation, line by line, sharing no
 * code with the engine and caring for nothing but being obviously right. No index, no compilation, no explanation.
 * AWS's own rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { NamedPolicy, Policies, PolicyLevel } from '../../src/iam/policies.ts'
import type { AccessRequest } from '../../src/iam/request.ts'
import { conditionValue, keyValue } from './definitional-conditions.ts'
import { type Case, like, splitArn, type V, AND, NOT, OR, fill } from './definitional-values.ts'

type Statement = Record<string, unknown>
type Layer = 'rcp' | 'scp' | 'endpoint' | 'resource' | 'identity' | 'boundary' | 'session'

export interface Answer {
  decision: string
  policyType: string
  statement: { policy: string; statement: number } | null
}

interface Placed {
  policy: string
  index: number
  statement: Statement
  version2012: boolean
}

const many = (value: unknown): string[] => (Array.isArray(value) ? value : [value]) as string[]

const listStatements = (policies: readonly NamedPolicy[]): Placed[] =>
  policies.flatMap(({ name, document }) => {
    const { Version, Statement } = document as { Version?: string; Statement: Statement | Statement[] }
    const all = Array.isArray(Statement) ? Statement : [Statement]
    return all.map((statement, index) => ({ policy: name, index, statement, version2012: Version === '2012-10-17' }))
  })

// ---- 6.2 action, 6.3 resource

const actionValue = (s: Statement, c: Case): V => {
  const hit = (patterns: unknown): boolean =>
    many(patterns).some((pattern) => like(pattern.toLowerCase(), c.request.action.toLowerCase()))
  if (s['Action'] !== undefined) return hit(s['Action']) ? 'T' : 'F'
  return hit(s['NotAction']) ? 'F' : 'T'
}

/** One pattern against the request's resource; 'none' for a variable that is absent and has no default. */
const onePattern = (pattern: string, resource: string | null, version2012: boolean, c: Case): V | 'none' => {
  if (pattern === '*') return 'T'
  if (resource === null) return 'U'
  if (resource === '*') return 'F'
  const wanted = splitArn(pattern)
  if (wanted === null) return 'U'
  const found = splitArn(resource)
  if (found === null) return 'F'
  if (wanted[2] !== found[2]) return 'F'
  for (const i of [0, 1, 3, 4]) if (!like(wanted[i]!, found[i]!)) return 'F'
  if (!version2012) return like(wanted[5]!, found[5]!) ? 'T' : 'F'
  const filled = fill(wanted[5]!, (key) => keyValue(key, c))
  if (filled === 'none') return 'none'
  if (!filled.match(found[5]!, true)) return 'F'
  return filled.unknown ? 'U' : 'T'
}

const resourceValue = (s: Statement, version2012: boolean, c: Case): V => {
  const patterns = s['Resource'] ?? s['NotResource']
  if (patterns === undefined) return 'T'
  const negated = s['Resource'] === undefined
  let resources: (string | null)[] = [c.request.resource]
  // 6.3: this one action is evaluated with both of its resources.
  if (c.request.action.toLowerCase() === 's3:listallmybuckets' && c.request.resource === '*')
    resources = ['*', 'arn:aws:s3:::*']
  let value: V = 'F'
  for (const pattern of many(patterns))
    for (const resource of resources) {
      const one = onePattern(pattern, resource, version2012, c)
      value = OR(value, one === 'none' ? (negated ? 'U' : 'F') : one)
    }
  return negated ? NOT(value) : value
}

// ---- 4 principals

interface Cover {
  direct: V
  limited: V
  delegation: V
}

const account = (arn: string | undefined): string => arn?.split(':')[4] ?? ''
const isSession = (type: string): boolean => type === 'assumed-role' || type === 'role'

const roleOf = (c: Case): string => {
  const { principal } = c.request
  return principal.roleArn ?? (principal.type === 'role' ? principal.arn! : '')
}

const coverBy = (kind: string, text: string, c: Case): Cover => {
  const { principal } = c.request
  const none: Cover = { direct: 'F', limited: 'F', delegation: 'F' }
  const { type, arn } = principal
  if (kind === 'AWS' && text === '*') return { ...none, direct: 'T' }
  const isAccount = kind === 'AWS' && (/^\d{12}$/.test(text) || /^arn:[^:]*:iam::\d{12}:root$/.test(text))
  if (type === 'unknown') {
    if (kind === 'CanonicalUser' || (kind === 'AWS' && !text.startsWith('arn:') && !isAccount)) return none
    if (isAccount) return { ...none, delegation: 'U' }
    return text.includes(':role/') ? { ...none, limited: 'U' } : { ...none, direct: 'U' }
  }
  if (kind === 'Service') return { ...none, direct: type === 'service' && principal.service === text ? 'T' : 'F' }
  if (kind === 'Federated') {
    const federated = type === 'web-identity' || type === 'saml'
    return { ...none, direct: federated && principal.provider === text ? 'T' : 'F' }
  }
  if (kind !== 'AWS') return none
  if (isAccount) {
    const named = /^\d{12}$/.test(text) ? text : account(text)
    const lives = ['user', 'assumed-role', 'role', 'federated-user', 'root'].includes(type)
    return { ...none, delegation: lives && named === account(arn) ? 'T' : 'F' }
  }
  if (/^arn:[^:]*:iam::\d{12}:role\//.test(text) && isSession(type)) {
    const role = roleOf(c)
    if (role !== '') return { ...none, limited: role === text ? 'T' : 'F' }
    const sameName = text.split('/').at(-1) === arn!.split('/')[1]
    return { ...none, limited: sameName && account(text) === account(arn) ? 'T' : 'F' }
  }
  if (/^arn:[^:]*:iam::\d{12}:user\//.test(text)) {
    // Which user made a federated session is nowhere said; the same name is taken as told.
    if (type === 'federated-user') {
      const sameName = text.split('/').at(-1) === arn!.split('/').at(-1)
      return { ...none, limited: account(text) !== account(arn) ? 'F' : sameName ? 'T' : 'U' }
    }
    return { ...none, direct: type === 'user' && arn === text ? 'T' : 'F' }
  }
  if (text.includes(':assumed-role/') && type === 'role') {
    const [, name] = text.split('/')
    return { ...none, direct: name === arn!.split('/').at(-1) && account(text) === account(arn) ? 'U' : 'F' }
  }
  return { ...none, direct: text === arn && text.includes(':sts:') ? 'T' : 'F' }
}

const entriesOf = (element: unknown): [string, string][] =>
  element === '*'
    ? [['AWS', '*']]
    : Object.entries(element as Record<string, unknown>).flatMap(([kind, names]) =>
        many(names).map((name): [string, string] => [kind, name]),
      )

const covering = (element: unknown, c: Case): Cover =>
  entriesOf(element)
    .map(([kind, text]) => coverBy(kind, text, c))
    .reduce((a, b) => ({
      direct: OR(a.direct, b.direct),
      limited: OR(a.limited, b.limited),
      delegation: OR(a.delegation, b.delegation),
    }))

const anyOf = (cover: Cover): V => OR(OR(cover.direct, cover.limited), cover.delegation)

const allowCover = (s: Statement, c: Case): Cover => {
  if (s['Principal'] !== undefined) return covering(s['Principal'], c)
  if (s['NotPrincipal'] !== undefined)
    return { direct: NOT(anyOf(covering(s['NotPrincipal'], c))), limited: 'F', delegation: 'F' }
  return { direct: 'T', limited: 'F', delegation: 'F' }
}

const denyReach = (s: Statement, c: Case): V => {
  if (s['Principal'] !== undefined) return anyOf(covering(s['Principal'], c))
  if (s['NotPrincipal'] === undefined) return 'T'
  const boundary = c.policies['permissions-boundary']
  if (boundary !== undefined && boundary !== null && boundary !== 'unknown') return 'T'
  const entries = entriesOf(s['NotPrincipal'])
  let spared: V
  if (entries.some(([kind, text]) => kind === 'AWS' && text === '*')) spared = 'T'
  else {
    const { type } = c.request.principal
    const layer = (test: (text: string) => boolean): V =>
      entries
        .filter(([, text]) => test(text))
        .map(([kind, text]) => anyOf(coverBy(kind, text, c)))
        .reduce(OR, 'F')
    const accounts = layer((t) => /^\d{12}$/.test(t) || t.endsWith(':root'))
    const users = layer((t) => t.includes(':user/'))
    const roles = layer((t) => t.includes(':role/'))
    const sessions = layer((t) => t.includes(':assumed-role/'))
    const federated = layer((t) => t.includes(':federated-user/'))
    const any = entries.map(([kind, text]) => anyOf(coverBy(kind, text, c))).reduce(OR, 'F')
    const needed: V[] =
      type === 'user'
        ? [accounts, users]
        : isSession(type)
          ? [accounts, roles, sessions]
          : type === 'federated-user'
            ? [accounts, federated]
            : type === 'unknown'
              ? [accounts]
              : [any]
    spared = needed.every((v) => v === 'T') ? 'T' : needed.every((v) => v === 'F') ? 'F' : 'U'
  }
  const reached = NOT(spared)
  return boundary === 'unknown' ? OR(reached, 'U') : reached
}

// ---- a statement, and 2: a layer

const bodyValue = ({ statement, version2012 }: Placed, c: Case): V =>
  AND(
    AND(actionValue(statement, c), resourceValue(statement, version2012, c)),
    conditionValue(statement['Condition'] as Record<string, Record<string, unknown>> | undefined, version2012, c),
  )

interface LayerValues {
  deny: V
  denyBy: Placed | null
  allow: V
  allowBy: Placed | null
  direct: V
  directBy: Placed | null
  limited: V
  limitedBy: Placed | null
}

const fixedLayer = (deny: V, allow: V, grants: V): LayerValues => ({
  deny,
  denyBy: null,
  allow,
  allowBy: null,
  direct: grants,
  directBy: null,
  limited: grants,
  limitedBy: null,
})

const firstOf = (rows: readonly { p: Placed; v: V }[]): { v: V; by: Placed | null } => {
  const v = rows.map((row) => row.v).reduce(OR, 'F')
  return { v, by: v === 'F' ? null : rows.find((row) => row.v === v)!.p }
}

const flatLayer = (policies: readonly NamedPolicy[], c: Case): LayerValues => {
  const placed = listStatements(policies)
  const denies = placed.filter(({ statement }) => statement['Effect'] === 'Deny')
  const allows = placed.filter(({ statement }) => statement['Effect'] === 'Allow')
  const deny = firstOf(denies.map((p) => ({ p, v: AND(bodyValue(p, c), denyReach(p.statement, c)) })))
  const covers = allows.map((p) => ({ p, body: bodyValue(p, c), cover: allowCover(p.statement, c) }))
  const allow = firstOf(covers.map(({ p, body, cover }) => ({ p, v: AND(body, anyOf(cover)) })))
  const direct = firstOf(covers.map(({ p, body, cover }) => ({ p, v: AND(body, cover.direct) })))
  const limited = firstOf(covers.map(({ p, body, cover }) => ({ p, v: AND(body, cover.limited) })))
  return {
    deny: deny.v,
    denyBy: deny.by,
    allow: allow.v,
    allowBy: allow.by,
    direct: direct.v,
    directBy: direct.by,
    limited: limited.v,
    limitedBy: limited.by,
  }
}

const levelledLayer = (levels: readonly PolicyLevel[], c: Case): LayerValues => {
  const each = levels.map(({ policies }) =>
    policies === 'unknown' ? fixedLayer('U', 'U', 'U') : flatLayer(policies, c),
  )
  const deny = each.map((l) => l.deny).reduce(OR, 'F')
  const gate = each.map((l) => l.allow).reduce(AND, 'T')
  return {
    ...fixedLayer(deny, gate, 'F'),
    denyBy: each.find((l) => l.deny === deny && l.denyBy !== null && deny !== 'F')?.denyBy ?? null,
    allowBy: gate === 'U' ? (each.find((l) => l.allow === 'U' && l.allowBy !== null)?.allowBy ?? null) : null,
  }
}

// ---- 3.1 which layer applies

const rcpServicesHere = ['s3', 'sqs', 'kms', 'sts', 'dynamodb']

const isTrust = ({ request: { action, resource } }: Case): boolean =>
  /^sts:(?:assumerole(?:with(?:saml|webidentity))?|tagsession|setsourceidentity|setcontext)$/i.test(action) &&
  (resource === null || /:role\//.test(resource))

const isKeyOrTrust = (c: Case): boolean =>
  isTrust(c) ||
  (/^kms:/i.test(c.request.action) &&
    (c.request.resource === null
      ? c.policies['resource-based'] !== undefined && c.policies['resource-based'] !== null
      : /:key\//.test(c.request.resource)))

const applies = (layer: Layer, c: Case): boolean => {
  const { principal, action, resourceAccount, resourceAccountIsManagement } = c.request
  const outside = ['service', 'anonymous', 'web-identity', 'saml'].includes(principal.type)
  const sameAccount = resourceAccount !== null && resourceAccount === account(principal.arn)
  switch (layer) {
    case 'rcp':
      if (principal.serviceLinked === true || resourceAccountIsManagement === true) return false
      if (principal.managementAccount === true && sameAccount) return false
      return action.toLowerCase() !== 'kms:retiregrant' && rcpServicesHere.includes(action.split(':')[0]!.toLowerCase())
    case 'scp':
      return !outside && principal.serviceLinked !== true && principal.managementAccount !== true
    case 'endpoint':
    case 'resource':
      return true
    case 'identity':
    case 'boundary':
      return !outside && principal.type !== 'root'
    case 'session':
      return !outside
  }
}

const keyOf: Record<Layer, string> = {
  rcp: 'resource-control',
  scp: 'service-control',
  endpoint: 'vpc-endpoint',
  resource: 'resource-based',
  identity: 'identity-based',
  boundary: 'permissions-boundary',
  session: 'session',
}

const layerValues = (layer: Layer, c: Case): LayerValues => {
  const grants = layer === 'identity' || layer === 'resource'
  const name = layer === 'resource' && isTrust(c) ? 'role-trust' : keyOf[layer]
  const given = c.policies[name as keyof Policies] ?? undefined
  const { type } = c.request.principal
  if (!applies(layer, c)) return fixedLayer('F', grants ? 'F' : 'T', 'F')
  if (given === undefined) {
    if (layer === 'identity' && type === 'unknown') return fixedLayer('U', 'U', 'U')
    if (layer === 'session' && type === 'federated-user') return fixedLayer('F', 'F', 'F')
    return fixedLayer('F', grants ? 'F' : 'T', 'F')
  }
  if (given === 'unknown') return fixedLayer('U', 'U', 'U')
  const values =
    layer === 'rcp' || layer === 'scp'
      ? levelledLayer(given as readonly PolicyLevel[], c)
      : flatLayer(given as readonly NamedPolicy[], c)
  // RCPFullAWSAccess cannot be detached.
  return layer === 'rcp' && values.allow === 'F' ? { ...values, allow: 'T' } : values
}

// ---- 3.2 to 3.5

interface Grant {
  v: V
  layer: Layer | 'root'
  by: Placed | null
}

const sameAccount = (L: Record<Layer, LayerValues>, keyed: boolean): Grant => {
  const { identity, resource, boundary, session } = L
  const ac = resource.allow
  const fromIdentity = keyed ? AND(identity.allow, ac) : identity.allow
  const base = OR(fromIdentity, resource.limited)
  const g = OR(resource.direct, AND(AND(base, boundary.allow), session.allow))
  if (g === 'F') {
    if (base === 'F') return { v: g, layer: keyed && ac === 'F' ? 'resource' : 'identity', by: null }
    return { v: g, layer: boundary.allow === 'F' ? 'boundary' : 'session', by: null }
  }
  if (g === 'U') {
    if (base === 'U') {
      if (identity.allow === 'U') return { v: g, layer: 'identity', by: identity.allowBy }
      const by = resource.limited === 'U' ? resource.limitedBy : ac === 'U' ? resource.allowBy : null
      return { v: g, layer: 'resource', by }
    }
    if (resource.direct === 'U') return { v: g, layer: 'resource', by: resource.directBy }
    if (boundary.allow === 'U') return { v: g, layer: 'boundary', by: boundary.allowBy }
    return { v: g, layer: 'session', by: session.allowBy }
  }
  if (AND(AND(fromIdentity, boundary.allow), session.allow) === 'T')
    return { v: g, layer: 'identity', by: identity.allowBy }
  return { v: g, layer: 'resource', by: resource.direct === 'T' ? resource.directBy : resource.limitedBy }
}

const crossAccount = (L: Record<Layer, LayerValues>): Grant => {
  for (const layer of ['resource', 'identity', 'boundary', 'session'] as const)
    if (L[layer].allow === 'F') return { v: 'F', layer, by: null }
  for (const layer of ['identity', 'resource', 'boundary', 'session'] as const)
    if (L[layer].allow === 'U') return { v: 'U', layer, by: L[layer].allowBy }
  return { v: 'T', layer: 'identity', by: L.identity.allowBy }
}

const outsider = (L: Record<Layer, LayerValues>): Grant => ({
  v: L.resource.allow,
  layer: 'resource',
  by: L.resource.allow === 'F' ? null : L.resource.allowBy,
})

const root = (L: Record<Layer, LayerValues>, own: boolean, keyed: boolean): Grant => {
  const needed: Layer[] = own && !keyed ? ['session'] : ['resource', 'session']
  for (const wanted of ['F', 'U'] as const)
    for (const layer of needed)
      if (L[layer].allow === wanted) return { v: wanted, layer, by: wanted === 'F' ? null : L[layer].allowBy }
  return keyed ? { v: 'T', layer: 'resource', by: L.resource.allowBy } : { v: 'T', layer: 'root', by: null }
}

const grantOf = (L: Record<Layer, LayerValues>, c: Case): Grant => {
  const { principal, resourceAccount } = c.request
  const keyed = isKeyOrTrust(c)
  if (['service', 'anonymous', 'web-identity', 'saml'].includes(principal.type)) return outsider(L)
  const isRoot = principal.type === 'root'
  const same = isRoot ? root(L, true, keyed) : sameAccount(L, keyed)
  const cross = isRoot ? root(L, false, keyed) : crossAccount(L)
  if (resourceAccount !== null && principal.type !== 'unknown')
    return resourceAccount === account(principal.arn) ? same : cross
  if (same.v === cross.v) return same
  // What holds in one account only is unknown; named is the open layer, else the one that the other account needs.
  if (same.v === 'U') return same
  return { v: 'U', layer: cross.layer, by: cross.v === 'U' ? cross.by : null }
}

export const evaluateByDefinition = (request: AccessRequest, policies: Policies): Answer => {
  const c: Case = { request, policies }
  const order: Layer[] = ['rcp', 'scp', 'endpoint', 'resource', 'identity', 'boundary', 'session']
  const L = Object.fromEntries(order.map((layer) => [layer, layerValues(layer, c)])) as Record<Layer, LayerValues>
  const answer = (decision: string, layer: Layer | 'root', by: Placed | null): Answer => ({
    decision,
    policyType: layer === 'root' ? 'root' : layer === 'resource' && isTrust(c) ? 'role-trust' : keyOf[layer],
    statement: by === null ? null : { policy: by.policy, statement: by.index },
  })
  for (const layer of order) if (L[layer].deny === 'T') return answer('explicitDeny', layer, L[layer].denyBy)
  const open = order.find((layer) => L[layer].deny === 'U')
  const gates: Layer[] = ['rcp', 'scp', 'endpoint']
  for (const layer of gates) if (L[layer].allow === 'F') return answer('implicitDeny', layer, null)
  const G = grantOf(L, c)
  if (G.v === 'F') return answer('implicitDeny', G.layer, null)
  if (open !== undefined) return answer('unknown', open, L[open].denyBy)
  for (const layer of gates) if (L[layer].allow === 'U') return answer('unknown', layer, L[layer].allowBy)
  return answer(G.v === 'U' ? 'unknown' : 'allowed', G.layer, G.by)
}
