import { parseArn } from '../../iam/arn.ts'
import { list, type ConditionBlock, type Statement } from '../../iam/policy-document.ts'
import type { Home } from '../home.ts'
import { sidFor } from '../sid.ts'
import { hclLabel, hclResource } from './hcl.ts'
import type { CommandInput } from './command-input.ts'
import type { CloudFormationResource } from './cloudformation-resource.ts'
import type { Argv } from './shell.ts'

/** A statement in the terms of Lambda's AddPermission, which knows no whole documents. */
interface LambdaPermission {
  readonly statementId: string
  readonly action: string
  readonly principal: string
  readonly sourceArn: string | null
  readonly sourceAccount: string | null
  readonly organization: string | null
  readonly urlAuthType: string | null
  /** `true`, or not asked for. */
  readonly viaUrl: string | null
}

const keys = {
  sourceArn: 'aws:sourcearn',
  sourceAccount: 'aws:sourceaccount',
  organization: 'aws:principalorgid',
  urlAuthType: 'lambda:functionurlauthtype',
  viaUrl: 'lambda:invokedviafunctionurl',
} as const

type Conditions = { readonly [K in keyof typeof keys]: string | null }

const noConditions: Conditions = {
  sourceArn: null,
  sourceAccount: null,
  organization: null,
  urlAuthType: null,
  viaUrl: null,
}

/** What AddPermission can say of a condition; `null`: something that it cannot, and would leave out. */
const conditionsOf = (block: ConditionBlock): Conditions | null => {
  const found: Record<string, string> = {}
  for (const members of Object.values(block))
    for (const [key, values] of Object.entries(members)) {
      const name = Object.entries(keys).find(([, known]) => known === key.toLowerCase())?.[0]
      const [value, ...further] = list(values)
      if (name === undefined || value === undefined || further.length > 0 || found[name] !== undefined) return null
      // AddPermission asks for this one, or does not.
      if (name === 'viaUrl' && String(value) !== 'true') return null
      found[name] = String(value)
    }
  return { ...noConditions, ...found }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const urlAuthTypeOf = (action: string, given: string | null): string | null =>
  given ?? (action.toLowerCase() === 'lambda:invokefunctionurl' ? 'AWS_IAM' : null)

/** Each permission names one action and one principal. `null` where AddPermission would open more than the statement. */
const lambdaPermissionsOf = (statement: Statement): readonly LambdaPermission[] | null => {
  const conditions = conditionsOf(statement.Condition ?? {})
  if (conditions === null || statement.Effect !== 'Allow') return null
  const principals =
    typeof statement.Principal === 'object' ? Object.values(statement.Principal).flatMap((value) => list(value)) : ['*']
  const actions = list(statement.Action)
  const sid = statement.Sid ?? sidFor(statement)
  const pairs = actions.flatMap((action) => principals.map((principal) => ({ action, principal })))
  return pairs.map(({ action, principal }, index) => ({
    ...conditions,
    statementId: index === 0 ? sid : `${sid}${String(index + 1)}`,
    action,
    principal,
    urlAuthType: urlAuthTypeOf(action, conditions.urlAuthType),
  }))
}

const option = (name: string, value: string | null): Argv => (value === null ? [] : [name, value])

/** Every version and alias has a policy of its own: that of the function says nothing of them. */
const qualifierOf = (statement: Statement): string | null => {
  const named = list(statement.Resource).map((resource) => parseArn(resource)?.resource.split(':') ?? [])
  const [kind, , qualifier] = named[0] ?? []
  return named.length === 1 && kind === 'function' && qualifier !== undefined && /^[\w$-]+$/u.test(qualifier)
    ? qualifier
    : null
}

const functionIn = (home: Home, statement: Statement): Argv => [
  ...['--function-name', home.arn, ...option('--region', home.region)],
  ...option('--qualifier', qualifierOf(statement)),
]

/** AddPermission adds one statement and fails if its id is taken: it can replace nothing. */
export const addPermissions = ({ home }: CommandInput, statement: Statement): readonly Argv[] | null =>
  lambdaPermissionsOf(statement)?.map((permission) => [
    ...['aws', 'lambda', 'add-permission', ...functionIn(home, statement)],
    ...['--statement-id', permission.statementId, '--action', permission.action, '--principal', permission.principal],
    ...option('--source-arn', permission.sourceArn),
    ...option('--source-account', permission.sourceAccount),
    ...option('--principal-org-id', permission.organization),
    ...option('--function-url-auth-type', permission.urlAuthType),
    ...(permission.viaUrl === null ? [] : ['--invoked-via-function-url']),
  ]) ?? null

export const removePermissions = ({ home }: CommandInput, statement: Statement): readonly Argv[] | null =>
  lambdaPermissionsOf(statement)?.map(({ statementId }) => [
    ...['aws', 'lambda', 'remove-permission', ...functionIn(home, statement)],
    ...['--statement-id', statementId],
  ]) ?? null

const known = (members: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(members).filter((entry): entry is [string, string] => entry[1] !== null))

export const permissionBlocks = ({ home }: CommandInput, statement: Statement): string | null =>
  lambdaPermissionsOf(statement)
    ?.map((permission) =>
      hclResource(
        'aws_lambda_permission',
        hclLabel(permission.statementId),
        known({
          statement_id: permission.statementId,
          action: permission.action,
          function_name: home.arn,
          qualifier: qualifierOf(statement),
          principal: permission.principal,
          source_arn: permission.sourceArn,
          source_account: permission.sourceAccount,
          principal_org_id: permission.organization,
          function_url_auth_type: permission.urlAuthType,
          invoked_via_function_url: permission.viaUrl,
        }),
        null,
      ),
    )
    .join('\n') ?? null

/** A resource of CloudFormation's is one permission. */
export const permissionResource = ({ home }: CommandInput, statement: Statement): CloudFormationResource | null => {
  const [permission, ...further] = lambdaPermissionsOf(statement) ?? []
  if (permission === undefined || further.length > 0) return null
  const qualifier = qualifierOf(statement)
  return {
    type: 'AWS::Lambda::Permission',
    properties: known({
      FunctionName: qualifier === null ? home.arn : `${home.arn}:${qualifier}`,
      Action: permission.action,
      Principal: permission.principal,
      SourceArn: permission.sourceArn,
      SourceAccount: permission.sourceAccount,
      PrincipalOrgID: permission.organization,
      FunctionUrlAuthType: permission.urlAuthType,
      InvokedViaFunctionUrl: permission.viaUrl,
    }),
    documentProperty: null,
  }
}
