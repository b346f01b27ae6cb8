import type { RemedyCommands, RemedyTarget } from '../remedy/remedy.ts'
import type { Words } from '../words/words.ts'

/** Policies that are a property of the thing itself, of which nobody here knows the others. */
const properties: Readonly<Record<string, string>> = {
  key: 'KeyPolicy',
  repository: 'RepositoryPolicyText',
}

const propertyOf = ({ policyType, attachTo }: RemedyTarget): string | null => {
  if (policyType === 'role-trust') return 'AssumeRolePolicyDocument'
  return policyType === 'resource-based' ? (properties[attachTo.split('/')[0] ?? ''] ?? null) : null
}

/** Templates of CloudFormation and the CDK that would make a new key or role say what they are a part of. */
export function withPartsSaid(
  commands: RemedyCommands | null,
  target: RemedyTarget | null,
  { labels }: Words,
): RemedyCommands | null {
  const property = target === null ? null : propertyOf(target)
  if (commands === null || property === null) return commands
  const said = labels.partOfTemplate(property)
  return {
    ...commands,
    // Terraform has resources of their own for the policies of keys and repositories, and none for a trust policy.
    terraform:
      commands.terraform === null || property !== 'AssumeRolePolicyDocument'
        ? commands.terraform
        : `# ${labels.partOfTemplate('assume_role_policy')}\n${commands.terraform}`,
    cloudformation: commands.cloudformation === null ? null : `# ${said}\n${commands.cloudformation}`,
    cdk: commands.cdk === null ? null : `// ${said}\n${commands.cdk}`,
  }
}
