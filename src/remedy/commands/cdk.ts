import { cloudFormationResource, logicalIdOf } from './cloudformation-resource.ts'
import type { CommandInput } from './command-input.ts'

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

/** `PrincipalOrgID` is `principalOrgId` there. */
const propertyName = (name: string): string => lowerFirst(name).replace(/ID$/u, 'Id')

const isIdentifier = (name: string): boolean => /^[A-Za-z_]\w*$/u.test(name)

const literal = (value: unknown, depth: number): string => {
  const inner = '  '.repeat(depth + 1)
  const outer = '  '.repeat(depth)
  if (Array.isArray(value)) {
    return value.length === 0
      ? '[]'
      : `[\n${value.map((item) => `${inner}${literal(item, depth + 1)},\n`).join('')}${outer}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
  const key = (name: string): string => (isIdentifier(name) ? name : JSON.stringify(name))
  return members.length === 0
    ? '{}'
    : `{\n${members.map(([name, member]) => `${inner}${key(name)}: ${literal(member, depth + 1)},\n`).join('')}${outer}}`
}

/** The change for the CDK in TypeScript, as the L1 class that mirrors CloudFormation's resource. */
export const cdk = (input: CommandInput): string | null => {
  const resource = cloudFormationResource(input)
  if (resource === null) return null
  const [, service = '', name = ''] = resource.type.split('::')
  const library = service.toLowerCase()
  const properties = Object.fromEntries(
    Object.entries(resource.properties).map(([key, value]) => [propertyName(key), value]),
  )
  return [
    `import * as ${library} from 'aws-cdk-lib/aws-${library}'`,
    '',
    `new ${library}.Cfn${name}(this, ${JSON.stringify(logicalIdOf(input))}, ${literal(properties, 0)})`,
    '',
  ].join('\n')
}
