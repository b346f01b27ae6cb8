import {
  arnLike,
  binaryEquals,
  bool,
  compare,
  date,
  ipAddress,
  numeric,
  stringEquals,
  stringEqualsIgnoreCase,
  stringLike,
  type Prepare,
} from './value-tests.ts'

interface ConditionOperator {
  readonly prepare: Prepare
  /** The answer is turned round: none of the values may match. */
  readonly negated: boolean
}

const positive = (prepare: Prepare): ConditionOperator => ({ prepare, negated: false })
const negated = (prepare: Prepare): ConditionOperator => ({ prepare, negated: true })

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: positive(stringEquals),
  StringNotEquals: negated(stringEquals),
  StringEqualsIgnoreCase: positive(stringEqualsIgnoreCase),
  StringNotEqualsIgnoreCase: negated(stringEqualsIgnoreCase),
  StringLike: positive(stringLike),
  StringNotLike: negated(stringLike),
  NumericEquals: positive(numeric(compare.equals)),
  NumericNotEquals: negated(numeric(compare.equals)),
  NumericLessThan: positive(numeric(compare.less)),
  NumericLessThanEquals: positive(numeric(compare.lessOrEqual)),
  NumericGreaterThan: positive(numeric(compare.greater)),
  NumericGreaterThanEquals: positive(numeric(compare.greaterOrEqual)),
  DateEquals: positive(date(compare.equals)),
  DateNotEquals: negated(date(compare.equals)),
  DateLessThan: positive(date(compare.less)),
  DateLessThanEquals: positive(date(compare.lessOrEqual)),
  DateGreaterThan: positive(date(compare.greater)),
  DateGreaterThanEquals: positive(date(compare.greaterOrEqual)),
  Bool: positive(bool),
  BinaryEquals: positive(binaryEquals),
  IpAddress: positive(ipAddress),
  NotIpAddress: negated(ipAddress),
  ArnEquals: positive(arnLike),
  ArnLike: positive(arnLike),
  ArnNotEquals: negated(arnLike),
  ArnNotLike: negated(arnLike),
}

const byLowerCase: ReadonlyMap<string, ConditionOperator> = new Map(
  Object.entries(operators).map(([name, operator]) => [name.toLowerCase(), operator]),
)

type SetOperator = 'all' | 'any'

/** An operator's name taken apart. `base` is `'null'` for the test of presence. */
export interface OperatorForm {
  readonly base: ConditionOperator | 'null'
  readonly set: SetOperator | null
  readonly ifExists: boolean
}

const setPrefixes: readonly (readonly [string, SetOperator])[] = [
  ['forallvalues:', 'all'],
  ['foranyvalue:', 'any'],
]

/** Reads an operator's name, without regard to case; `null` for one that IAM does not have. */
export const parseOperator = (name: string): OperatorForm | null => {
  const lower = name.toLowerCase()
  const [prefix, set] = setPrefixes.find(([text]) => lower.startsWith(text)) ?? ['', null]
  const suffixed = lower.endsWith('ifexists')
  const bare = lower.slice(prefix.length, suffixed ? -'ifexists'.length : undefined)
  if (bare === 'null') return suffixed || set !== null ? null : { base: 'null', set, ifExists: false }
  const base = byLowerCase.get(bare)
  return base === undefined ? null : { base, set, ifExists: suffixed }
}
