import { list, type Statement } from '../../iam/policy-document.ts'
import { sidFor } from '../sid.ts'
import type { CommandInput } from './command-input.ts'
import type { Argv } from './shell.ts'

/** A statement in the terms of Lambda's AddPermission, which knows no whole documents. */
export interface LambdaPermission {
  readonly statementId: string
  readonly action: string
  readonly principal: string
  readonly sourceArn: string | null
  readonly sourceAccount: string | null
  readonly organization: string | null
}

const conditionValue = (statement: Statement, key: string): string | null => {
  for (const block of Object.values(statement.Condition ?? {})) {
    for (const [name, value] of Object.entries(block)) {
      if (name.toLowerCase() === key.toLowerCase()) return list(value).map(String)[0] ?? null
    }
  }
  return null
}

export const lambdaPermissionOf = (statement: Statement): LambdaPermission => {
  const principals = typeof statement.Principal === 'object' ? Object.values(statement.Principal) : ['*']
  return {
    statementId: statement.Sid ?? sidFor(statement),
    action: list(statement.Action)[0] ?? 'lambda:InvokeFunction',
    principal: principals.flatMap((value) => list(value))[0] ?? '*',
    sourceArn: conditionValue(statement, 'aws:SourceArn'),
    sourceAccount: conditionValue(statement, 'aws:SourceAccount'),
    organization: conditionValue(statement, 'aws:PrincipalOrgID'),
  }
}

const option = (name: string, value: string | null): Argv => (value === null ? [] : [name, value])

/** AddPermission adds one statement and fails if its id is taken: it can replace nothing. */
export const addPermission = ({ home }: CommandInput, statement: Statement): Argv => {
  const permission = lambdaPermissionOf(statement)
  return [
    ...['aws', 'lambda', 'add-permission', '--function-name', home.arn, ...option('--region', home.region)],
    ...['--statement-id', permission.statementId, '--action', permission.action, '--principal', permission.principal],
    ...option('--source-arn', permission.sourceArn),
    ...option('--source-account', permission.sourceAccount),
    ...option('--principal-org-id', permission.organization),
  ]
}

export const removePermission = ({ home }: CommandInput, statement: Statement): Argv => [
  ...['aws', 'lambda', 'remove-permission', '--function-name', home.arn, ...option('--region', home.region)],
  ...['--statement-id', lambdaPermissionOf(statement).statementId],
]
