/**
 * Global condition keys, in small letters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const names = [
  'AssumedRoot',
  'CalledVia',
  'CalledViaAWSMCP',
  'CalledViaFirst',
  'CalledViaLast',
  'ChatbotSourceArn',
  'CurrentTime',
  'Ec2InstanceSourcePrivateIPv4',
  'Ec2InstanceSourceVpc',
  'EpochTime',
  'FederatedProvider',
  'IsMcpServiceAction',
  'MultiFactorAuthAge',
  'MultiFactorAuthPresent',
  'PrincipalAccount',
  'PrincipalArn',
  'PrincipalIsAWSService',
  'PrincipalOrgID',
  'PrincipalOrgPaths',
  'PrincipalServiceName',
  'PrincipalServiceNamesList',
  'PrincipalType',
  'Referer',
  'RequestedRegion',
  'ResourceAccount',
  'ResourceOrgID',
  'ResourceOrgPaths',
  'SecureTransport',
  'SourceAccount',
  'SourceArn',
  'SourceIdentity',
  'SourceIp',
  'SourceOrgID',
  'SourceOrgPaths',
  'SourceOwner',
  'SourceVpc',
  'SourceVpcArn',
  'SourceVpce',
  'TagKeys',
  'TokenIssueTime',
  'UserAgent',
  'userid',
  'username',
  'ViaAWSMCPService',
  'ViaAWSService',
  'VpceAccount',
  'VpceOrgID',
  'VpceOrgPaths',
  'VpcSourceIp',
] as const

const known: ReadonlySet<string> = new Set(names.map((name) => `aws:${name.toLowerCase()}`))

/** Keys that take a name of the customer's, of which any is one. */
const named = /^aws:(?:principaltag|requesttag|resourcetag)\/./u

export const isGlobalKey = (key: string): boolean => known.has(key) || named.test(key)

/** The key that a misspelt one was meant to be: the longest that begins it or that it begins. */
export const nearestGlobalKey = (key: string): string | null => {
  const wanted = key.toLowerCase().replace(/^aws:/u, '')
  const alike = names.filter((name) => {
    const one = name.toLowerCase()
    return one.length >= shortest && wanted.length >= shortest && (wanted.startsWith(one) || one.startsWith(wanted))
  })
  const [best] = alike.toSorted((a, b) => b.length - a.length)
  // Of two that it begins nobody knows which was meant.
  const isOne = best !== undefined && (wanted.startsWith(best.toLowerCase()) || alike.length === 1)
  return isOne ? `aws:${best}` : null
}
const shortest = 8
