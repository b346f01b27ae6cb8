import { isObject } from '../../iam/json.ts'
import type { CloudFormationResource } from './cloudformation-resource.ts'
import { jsonText } from './json-text.ts'

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

/** `PrincipalOrgID` is `principalOrgId` there. */
const propertyName = (name: string): string => lowerFirst(name).replace(/ID$/u, 'Id')

const isIdentifier = (name: string): boolean => /^[A-Za-z_]\w*$/u.test(name)

const literal = (value: unknown, outer: string): string => {
  if (typeof value === 'string') return jsonText(value)
  const inner = `${outer}  `
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += `${inner}${literal(item, inner)},\n`
    return items === '' ? '[]' : `[\n${items}${outer}]`
  }
  return isObject(value) ? objectLiteral(value, outer, String) : JSON.stringify(value)
}

const objectLiteral = (
  value: Readonly<Record<string, unknown>>,
  outer: string,
  nameOf: (key: string) => string,
): string => {
  const inner = `${outer}  `
  let members = ''
  for (const key of Object.keys(value)) {
    const name = nameOf(key)
    members += `${inner}${isIdentifier(name) ? name : jsonText(name)}: ${literal(value[key], inner)},\n`
  }
  return members === '' ? '{}' : `{\n${members}${outer}}`
}

/** The change for the CDK in TypeScript, as the L1 class that mirrors CloudFormation's resource. */
export const cdk = (resource: CloudFormationResource, logicalId: string): string => {
  const [, service = '', name = ''] = resource.type.split('::')
  const library = service.toLowerCase()
  return (
    `import * as ${library} from 'aws-cdk-lib/aws-${library}'\n\n` +
    `new ${library}.Cfn${name}(this, ${jsonText(logicalId)}, ${objectLiteral(resource.properties, '', propertyName)})\n`
  )
}
