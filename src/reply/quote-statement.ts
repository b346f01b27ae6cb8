import { isObject, parseJson } from '../iam/json.ts'
import type { NamedPolicy, Policies } from '../iam/policies.ts'
import { isLevelled, type PolicyType } from '../iam/policy-type.ts'
import type { StatementRef } from '../verdict/verdict.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** A statement as it stands in the policy that was read; `null` where it cannot be quoted. */
export function quoteStatement(policies: Policies, type: PolicyType, ref: StatementRef): JsonObject | null {
  const quoted = policiesOf(policies, type)
    .filter(({ name }) => name === ref.policy)
    .map(({ document }) => statementAt(document, ref.statement))
    .find((statement) => statement !== null && sidOf(statement) === ref.sid)
  return quoted ?? null
}

function policiesOf(policies: Policies, type: PolicyType): readonly NamedPolicy[] {
  if (!isLevelled(type)) return readOnly(policies[type])
  return readOnly(policies[type]).flatMap((level) => readOnly(level.policies))
}

const readOnly = <Item>(items: readonly Item[] | 'unknown' | null | undefined): readonly Item[] =>
  items === 'unknown' || items === null || items === undefined ? [] : items

function statementAt(document: unknown, position: number): JsonObject | null {
  const parsed = typeof document === 'string' ? parseJson(document) : document
  if (!isObject(parsed)) return null
  const statements = parsed['Statement']
  // A document may hold its single statement without a list around it.
  const statement: unknown = Array.isArray(statements) ? statements[position] : position === 0 ? statements : null
  return isObject(statement) ? statement : null
}

const sidOf = ({ Sid: sid }: JsonObject): unknown => sid ?? null
