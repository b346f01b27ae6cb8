import type { Diagnosis, Facts } from '../diagnosis/diagnosis.ts'
import { parseJson } from '../iam/json.ts'
import type { NamedPolicy, Policies } from '../iam/policies.ts'
import { list } from '../iam/policy-document.ts'
import { policyTypes } from '../iam/policy-type.ts'
import { placeholdersWithin } from '../remedy/placeholders.ts'
import type { Remedy } from '../remedy/remedy.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { statementsOf } from './statements-of.ts'

/**
 * A diagnosis for somebody who may not read the policies. Decisions, causes, and the statement to add stay, and so do
 * names: of policies, statements (`Sid`) and condition keys. What a document grants, demands or forbids, and the
 * asker did not tell, is left out of every value that sentences are built on; they read well without.
 */
export function withoutQuotes(diagnosis: Diagnosis): Diagnosis {
  const quotes = quoteFinder(diagnosis)
  const withheld = (facts: Facts): Facts =>
    Object.fromEntries(Object.entries(facts).filter(([key, value]) => names.has(key) || !quotes(value)))
  const { causes, next, hints, verdict } = diagnosis
  return {
    ...diagnosis,
    verdict: verdict === null ? null : verdictWithoutValues(verdict),
    causes: causes.map(({ facts, check, remedies, ...cause }) => ({
      ...cause,
      facts: withheld(facts),
      check: check === null || quotes(check) ? null : check,
      remedies: remedies.map((remedy) => withoutCopied(remedyWithoutEdit(remedy, withheld), quotes)),
    })),
    next: next.map(({ action, resource, because }) => ({
      action,
      resource: resource === null || quotes(resource) ? null : resource,
      because: { ...because, values: withheld(because.values) },
    })),
    hints: hints.map(({ code, values }) => ({ code, values: withheld(values) })),
  }
}

/** Facts that name a policy, a statement or where it stands. */
const names: ReadonlySet<string> = new Set(['policy', 'policyArn', 'sid', 'level', 'statement', 'key', 'operator'])

function verdictWithoutValues(verdict: Verdict): Verdict {
  return {
    ...verdict,
    policyTypes: verdict.policyTypes.map((type) => ({
      ...type,
      unknowns: type.unknowns.map((fact) => ({ ...fact, values: fact.values.filter(isFlag) })),
      invalid: type.invalid.map((fault) => ({ ...fault, value: null })),
    })),
  }
}

/** The edit itself, and what it opens: both tell what the statement was. */
const remedyWithoutEdit = (remedy: Remedy, withheld: (facts: Facts) => Facts): Remedy => ({
  ...remedy,
  values: withheld(remedy.values),
  editedStatement: null,
  keptStatements: [],
  statement: statementsOf(remedy).length > 1 ? null : remedy.statement,
  verification: remedy.editedStatement === null ? remedy.verification : null,
})

/** A condition that a proposed statement takes over from a document: a placeholder stands for each of its values. */
function withoutCopied(remedy: Remedy, quotes: (text: string) => boolean): Remedy {
  if (remedy.statement?.Condition === undefined || !quotes(JSON.stringify(remedy.statement.Condition))) return remedy
  const withheld = <Value>(key: string, value: Value): Value | string =>
    typeof value === 'string' && quotes(value)
      ? `<${key.slice(key.lastIndexOf(':') + 1).replace(/[^A-Za-z0-9]/g, '')}>`
      : value
  const Condition = mapped(remedy.statement.Condition, (keys) =>
    mapped(keys, (values, key) => {
      const [first, ...others] = list(values).map((value) => withheld(key, value))
      return others.length === 0 ? (first ?? '') : [first ?? '', ...others]
    }),
  )
  const statement = { ...remedy.statement, Condition }
  // Commands hold the statement as it was.
  return { ...remedy, statement, commands: null, placeholders: placeholdersWithin(statement) }
}

const mapped = <Value, Result>(
  members: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Result,
): Readonly<Record<string, Result>> =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, map(value, name)]))

/** Whether a key must be there, or true, is all that these say. */
const isFlag = (value: string): boolean => value === 'true' || value === 'false'

/** Shorter values say nothing, and are part of too many others. */
const shortest = 4

/** Tells whether a text holds a value of a document that the asker did not tell. */
function quoteFinder({ denial, requests, evidence }: Diagnosis): (text: string) => boolean {
  const told = JSON.stringify([denial, requests]).toLowerCase()
  const values = new Set<string>()
  for (const document of documentsOf(evidence.policies)) collectValues(document, values)
  const secret = [...values].filter((value) => !told.includes(JSON.stringify(value).slice(1, -1)))
  return (text) => {
    const lower = text.toLowerCase()
    return secret.some((value) => (value.length < shortest ? lower === value : lower.includes(value)))
  }
}

function documentsOf(policies: Policies): readonly unknown[] {
  return policyTypes.flatMap((type) => {
    const read = policies[type]
    return read === undefined || read === null || read === 'unknown' ? [] : read.flatMap(documentsIn)
  })
}

const documentsIn = (item: Exclude<Policies[keyof Policies], string | null | undefined>[number]): readonly unknown[] =>
  'document' in item ? [parsed(item)] : item.policies === 'unknown' ? [] : item.policies.map(parsed)

const parsed = ({ document }: NamedPolicy): unknown => (typeof document === 'string' ? parseJson(document) : document)

/** Elements that hold neither names nor fixed words. */
const isQuotable = (element: string): boolean => !['Version', 'Id', 'Sid', 'Effect'].includes(element)
const deepest = 12

function collectValues(value: unknown, values: Set<string>, depth = 0): void {
  if (typeof value === 'string') {
    if (value !== '' && value !== '*' && !isFlag(value)) values.add(value.toLowerCase())
  } else if (typeof value === 'object' && value !== null && depth < deepest)
    for (const [element, member] of Object.entries(value))
      if (isQuotable(element)) collectValues(member, values, depth + 1)
}
