import { parseArn } from '../../iam/arn.ts'
import { list, type Statement } from '../../iam/policy-document.ts'
import type { Home } from '../home.ts'
import { sidFor } from '../sid.ts'
import type { CloudFormationResource } from './cloudformation-resource.ts'
import { hclLabel, hclResource } from './hcl.ts'
import type { Argv } from './shell.ts'

/*
 * Versions of layers have policies of their own, whose principals are whole accounts:
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 */

interface LayerVersion {
  readonly layer: string
  readonly version: string
}

/** `arn:…:layer:name` and the number behind it. */
const versionOf = ({ arn }: Home): LayerVersion => {
  const [version = '', ...rest] = arn.split(':').toReversed()
  return /^(?:\d+|<.*>)$/u.test(version)
    ? { layer: rest.toReversed().join(':'), version }
    : { layer: arn, version: '<LayerVersion>' }
}

const partsOf = (statement: Statement): { readonly id: string; readonly action: string; readonly account: string } => {
  const principals = typeof statement.Principal === 'object' ? Object.values(statement.Principal) : ['*']
  const principal = principals.flatMap((value) => list(value))[0] ?? '*'
  return {
    id: statement.Sid ?? sidFor(statement),
    action: list(statement.Action)[0] ?? 'lambda:GetLayerVersion',
    account: parseArn(principal)?.account ?? principal,
  }
}

const place = (home: Home): Argv => {
  const { layer, version } = versionOf(home)
  return [
    ...['--layer-name', layer, ...(home.region === null ? [] : ['--region', home.region])],
    ...['--version-number', version],
  ]
}

export const addLayerPermission = (home: Home, statement: Statement): Argv => {
  const { id, action, account } = partsOf(statement)
  return [
    ...['aws', 'lambda', 'add-layer-version-permission', ...place(home)],
    ...['--statement-id', id, '--action', action, '--principal', account],
  ]
}

export const removeLayerPermission = (home: Home, statement: Statement): Argv => [
  ...['aws', 'lambda', 'remove-layer-version-permission', ...place(home)],
  ...['--statement-id', partsOf(statement).id],
]

export const layerPermissionResource = (home: Home, statement: Statement): CloudFormationResource => {
  const { action, account } = partsOf(statement)
  return {
    type: 'AWS::Lambda::LayerVersionPermission',
    properties: { LayerVersionArn: home.arn, Action: action, Principal: account },
    documentProperty: null,
  }
}

export const layerPermissionBlock = (home: Home, statement: Statement): string => {
  const { id, action, account } = partsOf(statement)
  const { layer, version } = versionOf(home)
  return hclResource(
    'aws_lambda_layer_version_permission',
    hclLabel(id),
    { statement_id: id, action, layer_name: layer, version_number: version, principal: account },
    null,
  )
}
