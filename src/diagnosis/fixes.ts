import { holdsText } from '../iam/holds-text.ts'
import type { ConditionBlock, PrincipalElement, Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import { withReservedPath } from '../iam/reserved-path.ts'
import type { Fix, FixStep } from '../remedy/fix.ts'
import { withHiddenPlaces } from '../remedy/hidden-places.ts'
import type { Readiness, RemedyKind } from '../remedy/remedy.ts'
import type { Situation } from './situation.ts'
import type { ReadStatement } from './statements.ts'

type Values = Readonly<Record<string, string>>

const one = (values: readonly string[]): string | readonly string[] => {
  const distinct = [...new Set(values)]
  return distinct.length === 1 ? (distinct[0] ?? '') : distinct
}

export const allow = (
  actions: readonly string[],
  resources: readonly string[],
  condition: ConditionBlock | null = null,
): Statement => ({
  Effect: 'Allow',
  Action: one(actions),
  ...(resources.length === 0 ? {} : { Resource: one(resources) }),
  ...(condition === null ? {} : { Condition: condition }),
})

export const allowTo = (
  principal: PrincipalElement,
  actions: readonly string[],
  resources: readonly string[],
  condition: ConditionBlock | null = null,
): Statement => {
  const [named, permissionSet] = nameable(principal)
  const conditions =
    permissionSet === null ? condition : { ...condition, ArnLike: { ...condition?.['ArnLike'], ...permissionSet } }
  const { Effect, ...rest } = allow(actions, resources, conditions)
  return { Effect, Principal: named, ...rest }
}

/**
 * A role of IAM Identity Center has a path, without which IAM takes it for no principal, and gets a new suffix when its
 * permission set is assigned anew: such a role is named by a condition.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
const nameable = (
  principal: PrincipalElement,
): readonly [PrincipalElement, Readonly<Record<string, string>> | null] => {
  const arn = principal === '*' ? undefined : principal['AWS']
  const pattern = typeof arn === 'string' ? permissionSetPattern(arn) : null
  if (typeof arn !== 'string' || pattern === null) return [principal, null]
  return [{ AWS: arn.replace(/:role\/.*$/u, ':root') }, { 'aws:PrincipalArn': pattern }]
}

const setRole = /^(arn:[^:]+:iam::[^:]+:role\/)(AWSReservedSSO_[\w+=,.@-]+)$/u
const suffix = /_[0-9a-f]{16}$/u

/**
 * The role of a permission set, whatever suffix it gets when the set is assigned anew, and of no other set whose name
 * begins alike; `null` for the ARN of any other role.
 */
export function permissionSetPattern(arn: string): string | null {
  const [, head, name] = setRole.exec(arn) ?? []
  if (head === undefined || name === undefined) return null
  return withReservedPath(`${head}${name.replace(suffix, `_${'?'.repeat(16)}`)}`)
}

/** Whom a statement beside this one is for: the same principals, but never everybody. */
export const namedPrincipal = (present: PrincipalElement | undefined, caller: string | null): PrincipalElement =>
  present === undefined || present === '*' || JSON.stringify(present) === '{"AWS":"*"}'
    ? { AWS: caller ?? '<PrincipalArn>' }
    : present

const placeholder = /<([A-Za-z][^<>"]{0,60})>/gu

/** Marked placeholders in a statement, each once. */
const placeholdersIn = (value: unknown): Fix['placeholders'] => {
  if (!holdsText(value, '<')) return []
  const names = [...JSON.stringify(value ?? null).matchAll(placeholder)].map((match) => match[1] ?? '')
  return [...new Set(names)].map((name) => ({ name, meaning: name }))
}

interface FixInput {
  readonly kind: RemedyKind
  readonly step: FixStep
  readonly values?: Values
  readonly target?: { readonly policyType: PolicyType; readonly attachTo: string } | null
  readonly statement?: Statement | null
  readonly edit?: Fix['edit']
  readonly owner?: string
  readonly readiness?: Readiness
  readonly alternative?: boolean
  readonly command?: string | null
}

const splitOffOf = (edit: Fix['edit']): readonly Statement[] => (edit?.beside ?? []).map(({ after }) => after)

/** Readiness follows from the change: nothing to paste, marked placeholders, somebody else's policy, or ready. */
const readinessOf = ({ statement = null, edit = null, target = null }: FixInput): Readiness => {
  if (statement === null && edit === null) return 'none'
  if (placeholdersIn([statement, edit?.after, ...splitOffOf(edit), target]).length > 0) return 'has-placeholders'
  return target?.policyType === 'identity-based' ? 'ready' : 'needs-review'
}

export const fix = (input: FixInput): Fix => {
  const { kind, step, values = {}, target = null, alternative = false, command = null } = input
  const { statement, edit } = withoutMasks(input)
  return {
    kind,
    step,
    values,
    target,
    statement,
    edit,
    owner: { code: input.owner ?? ownerOf(input), values: target === null ? {} : { attachTo: target.attachTo } },
    readiness: input.readiness ?? readinessOf({ ...input, statement, edit }),
    alternative,
    command,
    placeholders: placeholdersIn([statement, edit?.after, ...splitOffOf(edit)]),
  }
}

const withoutMasks = ({ statement = null, edit = null }: FixInput): Pick<Fix, 'statement' | 'edit'> => ({
  statement: statement === null ? null : withHiddenPlaces(statement, null),
  edit:
    edit === null
      ? null
      : {
          ...edit,
          after: withHiddenPlaces(edit.after, edit.before ?? null),
          ...(edit.beside === undefined
            ? {}
            : {
                beside: edit.beside.map((part) => ({
                  ...part,
                  after: withHiddenPlaces(part.after, edit.before ?? null),
                })),
              }),
        },
})

const owners: Readonly<Record<PolicyType, string>> = {
  'identity-based': 'identity-owner',
  'permissions-boundary': 'boundary-owner',
  session: 'session-issuer',
  'resource-based': 'resource-owner',
  'role-trust': 'role-owner',
  'vpc-endpoint': 'endpoint-owner',
  'service-control': 'organization-owner',
  'resource-control': 'organization-owner',
}

const ownerOf = ({ target = null, kind }: FixInput): string => {
  if (kind === 'key-policy') return 'key-owner'
  if (target !== null) return owners[target.policyType]
  return callersOwn.has(kind) ? 'caller' : 'identity-owner'
}

/** What whoever made the call does, without touching any policy. */
const callersOwn: ReadonlySet<RemedyKind> = new Set(['not-iam', 'other', 'session', 'switch-principal'])

/** A new statement in the policies of the caller, or of another role where one is named. */
export const addToIdentity = (
  s: Situation,
  actions: readonly string[],
  resources: readonly string[],
  more: {
    readonly condition?: ConditionBlock | null
    readonly attachTo?: string
    readonly values?: Values
    readonly alternative?: boolean
    readonly readiness?: Readiness
  } = {},
): Fix =>
  fix({
    kind: 'add-identity-statement',
    step: 'add-statement',
    values: more.values ?? {},
    target: { policyType: 'identity-based', attachTo: more.attachTo ?? s.principalLabel },
    statement: allow(actions, resources, more.condition ?? null),
    alternative: more.alternative ?? false,
    ...(more.readiness === undefined ? {} : { readiness: more.readiness }),
  })

/** The statement that nearly matched, edited; `after` is what becomes of it. */
export const editStatement = (
  s: Situation,
  read: ReadStatement,
  statement: Statement | null,
  after: Statement,
  more: {
    readonly step?: FixStep
    readonly kind?: RemedyKind
    readonly values?: Values
    readonly attachTo?: string
    readonly alternative?: boolean
    readonly readiness?: Readiness
    readonly beside?: NonNullable<Fix['edit']>['beside']
  } = {},
): Fix =>
  fix({
    kind: more.kind ?? 'edit-statement',
    step: more.step ?? 'edit-statement',
    values: {
      ...more.values,
      policy: read.policy,
      statement: String(read.statement + 1),
      ...(read.sid === null ? {} : { sid: read.sid }),
    },
    target: { policyType: read.policyType, attachTo: more.attachTo ?? s.principalLabel },
    statement,
    edit: {
      at: { policy: read.policy, statement: read.statement, sid: read.sid },
      before: read.source,
      after,
      ...(more.beside === undefined ? {} : { beside: more.beside }),
    },
    alternative: more.alternative ?? false,
    ...(more.readiness === undefined ? {} : { readiness: more.readiness }),
  })

/** A statement for the policy of the resource. */
export const allowInResource = (
  attachTo: string,
  statement: Statement,
  more: {
    readonly kind?: RemedyKind
    readonly step?: FixStep
    readonly policyType?: PolicyType
    readonly values?: Values
    readonly command?: string | null
    readonly alternative?: boolean
  } = {},
): Fix =>
  fix({
    kind: more.kind ?? 'resource-policy',
    step: more.step ?? 'allow-in-resource-policy',
    values: more.values ?? {},
    target: { policyType: more.policyType ?? 'resource-based', attachTo },
    statement,
    command: more.command ?? null,
    alternative: more.alternative ?? false,
  })

/** Something to do that changes no policy. */
export const act = (
  kind: RemedyKind,
  step: FixStep,
  values: Values = {},
  more: { readonly command?: string | null; readonly owner?: string; readonly alternative?: boolean } = {},
): Fix => fix({ kind, step, values, ...more })
