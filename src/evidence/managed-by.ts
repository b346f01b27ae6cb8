import type { ManagedBy } from './evidence.ts'

/** What is known of a principal, from its ARN alone or from IAM too. */
export interface PrincipalTraits {
  readonly name: string | null
  readonly path?: string | null | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

interface Rule {
  readonly kind: ManagedBy['kind']
  readonly find: (traits: Required<Traits>) => string | null | undefined
}

interface Traits {
  readonly name: string
  readonly path: string
  readonly tags: Readonly<Record<string, string>>
}

/** A permission set's role: its name, then 16 hex digits that Identity Center appends. */
const identityCenterRole = /^AWSReservedSSO_(.{1,100})_[0-9a-f]{16}$/
const mask = String.raw`(?:[xX]{2,20}|[*.\u2026]{1,20}|<[^<>]{1,40}>|REDACTED|redacted)`
/** The same name, its end or all of it masked before pasting: nobody else's roles begin so. */
const maskedCenterRole = new RegExp(`^AWSReservedSSO_(?:(.{1,100})_)?${mask}$`, 'u')
const masked = new RegExp(`^${mask}$`, 'u')
const serviceLinkedRole = /^AWSServiceRoleFor([A-Za-z0-9]{1,50})/
/** CDK's bootstrap roles: a qualifier, what the role is for, account and Region. */
const bootstrapRole = /^cdk-[a-z0-9]{1,10}-(deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-/
const terraformTags = new Set(['terraform', 'opentofu', 'tofu'])
const toolTags = ['managed-by', 'managedby', 'managed_by', 'provisioner', 'created-by', 'createdby', 'iac']

/**
 * In the order in which they are tried: what AWS forbids to edit comes before what would only drift.
 * `undefined`: the rule does not apply; `null`: it does, without a name.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const rules: readonly Rule[] = [
  {
    kind: 'identity-center',
    find: ({ name, path }) =>
      identityCenterRole.exec(name)?.[1] ??
      (path.startsWith('/aws-reserved/sso.amazonaws.com/') ? permissionSet(name) : ofMasked(name)),
  },
  {
    kind: 'service-linked',
    find: ({ name, path }) =>
      path.startsWith('/aws-service-role/') ? (path.split('/')[2] ?? null) : serviceLinkedRole.exec(name)?.[1],
  },
  {
    kind: 'aws-reserved',
    find: ({ path }) => (path.startsWith('/aws-reserved/') ? path.split('/')[2] || null : undefined),
  },
  { kind: 'lab', find: ({ name }) => (/^(voclabs|vocareum|LabRole)$/.test(name) ? name : undefined) },
  {
    kind: 'control-tower',
    find: ({ name }) =>
      name.startsWith('AWSControlTower') || name.startsWith('aws-controltower-') || name.startsWith('stacksets-exec-')
        ? name
        : undefined,
  },
  { kind: 'cdk-bootstrap', find: ({ name, tags }) => (bootstrapRole.test(name) ? stackName(tags) : undefined) },
  {
    kind: 'cloudformation',
    find: ({ tags }) =>
      'aws:cloudformation:stack-id' in tags || stackName(tags) !== null ? stackName(tags) : undefined,
  },
  { kind: 'terraform', find: ({ tags }) => (isTerraform(tags) ? workspace(tags) : undefined) },
]

/** Who manages a principal that should not, or cannot, be edited in place. Works from a name alone. */
export function managedBy(traits: PrincipalTraits): ManagedBy | null {
  const known = { name: traits.name ?? '', path: traits.path ?? '/', tags: traits.tags ?? {} }
  for (const { kind, find } of rules) {
    const name = find(known)
    if (name !== undefined) return { kind, name }
  }
  return null
}

const permissionSet = (name: string): string | null => name.split('_').slice(1, -1).join('_') || null

/** `undefined` for another name, `null` where the permission set's was taken out too. */
function ofMasked(name: string): string | null | undefined {
  const found = maskedCenterRole.exec(name)
  if (found === null) return undefined
  const [, permissionSet] = found
  return permissionSet === undefined || masked.test(permissionSet) ? null : permissionSet
}

const stackName = (tags: Traits['tags']): string | null => tags['aws:cloudformation:stack-name'] ?? null

function isTerraform(tags: Traits['tags']): boolean {
  return Object.entries(tags).some(([key, value]) => {
    const [name, said] = [key.toLowerCase(), value.toLowerCase()]
    return (terraformTags.has(name) && said !== 'false') || (toolTags.includes(name) && terraformTags.has(said))
  })
}

const workspace = (tags: Traits['tags']): string | null =>
  Object.entries(tags).find(([key]) => /^(terraform[-_:]?)?workspace$/i.test(key))?.[1] ?? null
