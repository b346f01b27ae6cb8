import { isAccountId, parseArn, type Arn } from '../iam/arn.ts'
import type { Policies } from '../iam/policies.ts'

/** Accounts under which policies name a thing, by `thingOf`. */
export type OwnersNamed = ReadonlyMap<string, ReadonlySet<string>>

/** An ARN without its account. */
const thingOf = ({ service, region, resource }: Arn): string => `${service}:${region}:${resource}`

const anyArn = /"(arn:[^"\\]{1,1600})"/gu

/** In which accounts the policies at hand know the things that they name one by one. */
export function ownersNamed(policies: Policies | undefined): OwnersNamed {
  const owners = new Map<string, Set<string>>()
  if (policies === undefined) return owners
  for (const [, text = ''] of JSON.stringify(policies).matchAll(anyArn)) {
    const arn = parseArn(text)
    if (arn === null || !isAccountId(arn.account) || /[*?]/u.test(arn.resource)) continue
    const thing = thingOf(arn)
    owners.set(thing, (owners.get(thing) ?? new Set()).add(arn.account))
  }
  return owners
}

/** The policies know this very thing, and in no such account. */
export const isOnlyElsewhere = (owners: OwnersNamed | undefined, arn: Arn, account: string): boolean =>
  owners?.get(thingOf(arn))?.has(account) === false
