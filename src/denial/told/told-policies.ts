import { isObject, parseJsonObject } from '../../iam/json.ts'
import { isLevelled, type PolicyType } from '../../iam/policy-type.ts'
import type { Denial, ToldDocument, ToldGuardrail } from '../denial.ts'
import { findPolicies, type PolicyPlace } from '../policy-text.ts'
import { isDeployed, isElsewhere, typeTold } from './circumstances.ts'
import { withoutIntrinsics } from './intrinsics.ts'
import { readCutStatement } from './cut-statements.ts'
import { isList, readArguments, readLiteral, type Literal, type LiteralObject } from './literals.ts'
import { isNamed, isOfKind, nobody, ownerAt, ownerInCode, type Owner } from './owner.ts'
import { statementOf } from './statement-forms.ts'
import { readYaml } from './yaml.ts'

export interface ToldPolicy {
  readonly document: ToldDocument
  readonly owner: Owner
  /** Told by the words before it; `null`: a policy of a principal, a resource or a role. */
  readonly type: PolicyType | null
}

/** More of them are a collection, of which nobody knows what it is for. */
const most = 50
const mostYaml = 60_000
/** Three times the longest that AWS stores, for white space. */
const longest = 100_000

/** Statements one after another, and where the last of them ends. */
interface Lone extends Pick<ToldPolicy, 'type'> {
  readonly statements: readonly ToldDocument[]
  readonly end: number
}
const none: Lone = { statements: [], end: 0, type: null }

/**
 * The policies at these places that may be the ones in force of a principal or a resource; of lone statements one after
 * another a document is made. What is half understood is left out.
 */
export function readToldPolicies(text: string, places: readonly PolicyPlace[]): readonly ToldPolicy[] {
  const told: ToldPolicy[] = []
  let yaml = 0
  let lone = none
  for (const place of places) {
    const [start, end] = place.span
    if (place.notation === 'unread' || told.length > most) continue
    if (place.notation === 'yaml' && (yaml += end - start) > mostYaml) continue
    if (end - start > longest) continue
    const isNext: boolean = lone !== none && /^[\s,]*$/.test(text.slice(lone.end, start))
    const before = isNext ? lone : none
    const isApart = isElsewhere(text, place)
    const type: PolicyType | null = isApart ? typeTold(text, place) : before.type
    if (isApart && type === null) continue
    const owner = ownerOf(text, place)
    if (owner === null) continue
    const read = readPlace(text.slice(start, end), place)
    if (isObject(read) && 'Effect' in read) {
      const statements: readonly ToldDocument[] = [...before.statements, read]
      lone = { statements, end, type }
      if (isNext) told.pop()
      told.push({ document: documentOf(statements), owner, type })
    } else told.push(...(isObject(read) ? [read] : read).map((document) => ({ document, owner, type })))
  }
  return told
}

/** What of them may concern a denial; the policies of several roles are nobody's, unless the caller is one of them. */
export function concerning(
  told: readonly ToldPolicy[],
  denial: Denial | undefined,
  text: string,
): readonly ToldDocument[] {
  const usual = told.filter(({ type }) => type === null)
  if (denial === undefined) return usual.map(({ document }) => document)
  const role = /:role\/(?:.*\/)?([^/]+)$/.exec(denial.resource ?? '')?.[1] ?? null
  const called = ({ document }: ToldPolicy): string | null => (isAttached(document) ? role : denial.roleOrUserName)
  const fitting = usual.filter(
    (one) => isNamed(one.owner, called(one)) !== false && (isAttached(one.document) || isOfKind(one.owner, denial)),
  )
  const isSure = (one: ToldPolicy): boolean => isNamed(one.owner, called(one)) === true
  const owners = fitting.filter(({ document }) => !isAttached(document)).map(({ owner }) => owner.apart)
  const isMany = new Set(owners.filter((one) => one !== null)).size > 1
  const isOwn = fitting.some((one) => isSure(one) && !isAttached(one.document))
  const isBeingMade = isDeployed(text)
  return fitting
    .filter((one) => {
      if (!one.owner.isMade || isSure(one)) return true
      return !isBeingMade && (isAttached(one.document) || one.owner.apart === null || !(isMany || isOwn))
    })
    .map(({ document }) => document)
}

/** Those of the type that the message names. A role has one boundary: of several it is not known whose they are. */
export function guardrailsOf(told: readonly ToldPolicy[], denial: Denial | undefined): readonly ToldGuardrail[] {
  const found = told.flatMap(({ type, document }) =>
    type !== null && type === denial?.policyType ? [{ type, document }] : [],
  )
  return found.length < 2 || found.every(({ type }) => isLevelled(type)) ? found : []
}

const isAttached = ({ Statement: statements }: ToldDocument): boolean =>
  [statements].flat().some((one) => isObject(one) && ('Principal' in one || 'NotPrincipal' in one))

/** Of Serverless's statements it is told where they stand. */
function ownerOf(text: string, { span, notation, keys }: PolicyPlace): Owner | null {
  const [first, second, third] = keys
  if (first === 'iamRoleStatements' || (first === 'statements' && second === 'role'))
    return { ...nobody, isMade: true, kind: 'role', apart: (first === 'statements' ? third : second) ?? null }
  const owner = ownerAt(text, span)
  return owner === nobody && notation === 'container' ? ownerInCode(text, span[0]) : owner
}

/** A document, a lone statement, or a list of documents. */
function readPlace(text: string, { notation }: PolicyPlace): ToldDocument | readonly ToldDocument[] {
  if (notation === 'yaml') return fromYaml(text)
  if (notation === 'cut') return readCutStatement(text) ?? []
  if (notation === 'container') return fromContainer(text)
  const read = parsed(text)
  const usual = read === null ? null : withoutIntrinsics(read)
  if (usual === null) {
    const literal = fromLiteral(readLiteral(text))
    return literal.length > 0 ? (literal[0] ?? []) : withoutBraces(text.slice(1, -1))
  }
  return isObject(usual) && ('Statement' in usual || 'Effect' in usual) && isWhole(usual) ? usual : []
}

/** A statement in place of which something is filled in leaves open what the others are. */
const isWhole = (read: ToldDocument): boolean =>
  !('Statement' in read) || [read['Statement']].flat().every((one) => isObject(one))

function fromYaml(text: string): ToldDocument | readonly ToldDocument[] {
  const read = withoutIntrinsics(readYaml(text))
  if (isObject(read)) return isStatement(read) ? read : []
  const items: readonly unknown[] = Array.isArray(read) ? read : []
  const statements = items.filter((one): one is ToldDocument => isObject(one) && isStatement(one))
  return statements.length === items.length && items.length > 0 ? [documentOf(statements)] : []
}

/** Of lines that have lost what they were indented by, this is left. */
const isStatement = (read: ToldDocument): boolean =>
  (read['Effect'] === 'Allow' || read['Effect'] === 'Deny') && ('Action' in read || 'NotAction' in read)

function fromContainer(text: string): ToldDocument | readonly ToldDocument[] {
  if (text.startsWith('PolicyStatement(')) {
    const told = readArguments(text.slice('PolicyStatement('.length, -1))
    return (told === null ? null : statementOf(told)) ?? []
  }
  const body = readLiteral(text.slice(text.indexOf('{')))
  if (body === null || !isLiteralObject(body)) return []
  if (/^[ \t>]*statement\b/.test(text)) return statementOf(body) ?? []
  const blocks = body['statement']
  if (blocks === undefined || !isList(blocks)) return []
  const statements = blocks
    .map((block) => (isLiteralObject(block) ? statementOf(block) : null))
    .filter((statement) => statement !== null)
  return statements.length === blocks.length && statements.length > 0 ? [documentOf(statements)] : []
}

const isLiteralObject = (value: Literal): value is LiteralObject => typeof value === 'object' && !isList(value)

/** A document or a statement, by the names of IAM or by those of Terraform and Pulumi. */
function fromLiteral(value: Literal | null): readonly ToldDocument[] {
  if (value === null || !isLiteralObject(value)) return []
  const statements: readonly unknown[] = 'Statement' in value ? [value['Statement']].flat() : [value]
  if ('Statement' in value || 'Effect' in value)
    return statements.every((one) => isObject(one) && isStatement(one)) ? [value] : []
  const statement = statementOf(value)
  return statement === null ? [] : [statement]
}

const documentOf = (statements: readonly ToldDocument[]): ToldDocument => ({
  Version: '2012-10-17',
  Statement: statements,
})

/** What is left of a document whose brackets do not match: its statements. */
function withoutBraces(text: string): readonly ToldDocument[] {
  const statements = findPolicies(text)
    .map(({ span: [start, end] }) => parsed(text.slice(start, end)))
    .flatMap((one) => (one !== null && 'Effect' in one ? [one] : []))
  return statements.length === 0 ? [] : [documentOf(statements)]
}

/** JSON as people paste it: escaped within other JSON, with typographic quotes, with a comma too many. */
function parsed(text: string): ToldDocument | null {
  const plain = text.includes('\\"') ? text.replace(/\\n/g, '\n').replace(/\\+"/g, '"') : text
  return parseJsonObject(plain.replace(/[\u201C\u201D]/g, '"').replace(/,(?=\s{0,200}[}\]])/g, ''))
}
