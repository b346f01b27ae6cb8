import { workloadOf } from '../../denial/workload.ts'
import { identityVariable } from '../../iam/identity-variable.ts'
import { isWithoutArn } from '../../requests/resource-text.ts'
import { usualTypes } from '../../requests/usual-types.ts'
import type { Situation } from '../situation.ts'
import { coveringArn } from './arn-form.ts'

/** `*` for an action that takes no resource, the resource as policies write it, or its marked pattern. */
export function resourcesFor(s: Situation, action: string, resource: string | null): readonly string[] {
  const facts = s.catalogue.find(action)
  if (facts?.resourceTypes.length === 0 || (resource !== null && isWithoutArn(action, resource))) return ['*']
  if (resource !== null) return [ownSessions(s, action, resource) ?? ownIdentity(s, coveringArn(resource, action))]
  const patterns = s.request?.action === action ? s.request.resourcePatterns : []
  if (patterns.length > 0) return patterns
  const types = facts === null ? [] : usualTypes(facts)
  return types.length === 0 ? ['<ResourceArn>'] : types.map(({ arnPattern }) => marked(s, arnPattern))
}

/**
 * Ids of Session Manager begin with the name of the user, or of the role's session, and are new each time: the caller's
 * own sessions are named by it. AWS prints some of them below the ARN of the role's session.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html
 */
function ownSessions({ denial }: Situation, action: string, resource: string): string | null {
  if (!/^ssm:(?:Terminate|Resume)Session$/iu.test(action)) return null
  const isUser = denial.principalType === 'user'
  const name = isUser ? denial.roleOrUserName : denial.sessionName
  if (name === null) return null
  const own = `/${name}-`
  const at = resource.indexOf(own)
  return at === -1 ? null : `${resource.slice(0, at)}/${isUser ? '${aws:username}' : name}-*`
}

/**
 * One role serves all users of an identity pool, and apps name what belongs to one of them by the identity's id: written
 * out, it would open one user's files to all the others, and to nobody his own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_s3_cognito-bucket.html
 */
const ownIdentity = ({ denial }: Situation, resource: string): string =>
  workloadOf(denial) === 'cognito-identity' ? resource.replace(identityId, () => identityVariable) : resource

/** `eu-west-1:` and a UUID, between two slashes or at the end. */
const identityId =
  /(?<=\/)[a-z]{2}(?:-[a-z]{2,9}){1,3}-\d:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\/|$)/gu

/** AWS's pattern with what is known filled in and the rest marked. */
const marked = (s: Situation, pattern: string): string =>
  pattern
    .replaceAll('${Partition}', s.partition)
    .replaceAll('${Region}', s.region ?? '<Region>')
    .replaceAll('${Account}', s.resourceAccount ?? s.callerAccount ?? '<AccountId>')
    .replaceAll(/\$\{([A-Za-z]{1,60})\}/gu, '<$1>')
