import type { NamedResource } from './resource-text.ts'

const overHttp = /^es:ESHttp/iu
const domainItself = /^arn:[a-z-]+:es:[^:]*:[^:]*:domain\/[^/:]+$/u

/**
 * A request over HTTP to a domain of OpenSearch is for an index or an API below it, whatever the message prints: the
 * ARN of the domain itself never matches one.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html#ac-types-resource
 */
export const belowDomain = <Named extends NamedResource>(action: string, named: Named): Named => {
  if (!overHttp.test(action)) return named
  const below = (arn: string): string => coveringDomain(action, arn)
  return {
    ...named,
    resource: named.resource === null ? null : below(named.resource),
    patterns: named.patterns.map(below),
    ...(named.hidden === undefined ? {} : { hidden: below(named.hidden) }),
    ...(named.shown === undefined ? {} : { shown: below(named.shown) }),
  }
}

/** What covers the requests that are sent to the domain, where the ARN is that of the domain itself. */
export const coveringDomain = (action: string, arn: string): string =>
  overHttp.test(action) && domainItself.test(arn) ? `${arn}/*` : arn
