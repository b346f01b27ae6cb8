import type { ActionFacts } from '../action-catalogue/action-catalogue.ts'
import { parseArn } from '../iam/arn.ts'
import { fitsPattern, tailOf } from './fill-pattern.ts'

const dotted = /^(arn:.*[^.])(?:\.{3}|\u2026)$/u

/**
 * What is left of an ARN that was cut off at its end: `arn:aws:dynamodb:eu-west-1:111122223333:tab...`, or the same
 * without the dots, where no type of the action's has such a kind. `null` for any other text; that a name was cut off
 * without a sign nobody can tell.
 */
export const stemOf = (text: string, facts: ActionFacts | null): string | null =>
  dotted.exec(text)?.[1] ?? (isCutInKind(text, facts) ? text : null)

function isCutInKind(text: string, facts: ActionFacts | null): boolean {
  const arn = parseArn(text)
  if (arn === null || !/^[A-Za-z][A-Za-z-]*$/u.test(arn.resource)) return false
  const tails = (facts?.resourceTypes ?? [])
    .filter(({ arnPattern }) => arnPattern.split(':')[2] === arn.service)
    .map(tailOf)
  const begins = (tail: string): boolean => {
    const kind = tail.slice(0, Math.max(0, tail.indexOf('${'))).replace(/[/:]$/u, '')
    return kind.length > arn.resource.length && kind.startsWith(arn.resource)
  }
  return tails.some(begins) && !tails.some((tail) => fitsPattern(tail, arn.resource))
}
