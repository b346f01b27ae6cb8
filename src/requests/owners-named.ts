import { isAccountId, parseArn, type Arn } from '../iam/arn.ts'
import type { Policies } from '../iam/policies.ts'

/** Accounts under which policies name a thing, by `thingOf`. */
export type OwnersNamed = ReadonlyMap<string, ReadonlySet<string>>

/** An ARN without its account. */
const thingOf = ({ service, region, resource }: Arn): string =>
  // The id of an API is its own, whatever stage, method and path stand behind it.
  `${service}:${region}:${service === 'execute-api' ? (resource.split('/')[0] ?? '') : resource}`

const anyArn = /"(arn:[^"\\]{1,1600})"/gu

/** In which accounts the policies at hand know the things that they name one by one. */
export function ownersNamed(policies: Policies | undefined): OwnersNamed {
  const owners = new Map<string, Set<string>>()
  if (policies === undefined) return owners
  for (const [, text = ''] of JSON.stringify(policies).matchAll(anyArn)) {
    const arn = parseArn(text)
    if (arn === null || !isAccountId(arn.account)) continue
    const thing = thingOf(arn)
    if (/[*?]/u.test(thing)) continue
    owners.set(thing, (owners.get(thing) ?? new Set()).add(arn.account))
  }
  return owners
}

/** The policies know this very thing, and in no such account. */
export const isOnlyElsewhere = (owners: OwnersNamed | undefined, arn: Arn, account: string): boolean =>
  owners?.get(thingOf(arn))?.has(account) === false

/** The one account in which the policies know this very thing. */
export const onlyOwner = (owners: OwnersNamed | undefined, arn: Arn): string | null => {
  const [owner, ...others] = owners?.get(thingOf(arn)) ?? []
  return owner === undefined || others.length > 0 ? null : owner
}
