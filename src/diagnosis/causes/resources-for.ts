import { isWithoutArn } from '../../requests/resource-text.ts'
import { usualTypes } from '../../requests/usual-types.ts'
import type { Situation } from '../situation.ts'
import { coveringArn } from './arn-form.ts'

/** `*` for an action that takes no resource, the resource as policies write it, or its marked pattern. */
export function resourcesFor(s: Situation, action: string, resource: string | null): readonly string[] {
  const facts = s.catalogue.find(action)
  if (facts?.resourceTypes.length === 0 || (resource !== null && isWithoutArn(action, resource))) return ['*']
  if (resource !== null) return [ownSessions(s, action, resource) ?? coveringArn(resource)]
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

/** AWS's pattern with what is known filled in and the rest marked. */
const marked = (s: Situation, pattern: string): string =>
  pattern
    .replaceAll('${Partition}', s.partition)
    .replaceAll('${Region}', s.region ?? '<Region>')
    .replaceAll('${Account}', s.resourceAccount ?? s.callerAccount ?? '<AccountId>')
    .replaceAll(/\$\{([A-Za-z]{1,60})\}/gu, '<$1>')
