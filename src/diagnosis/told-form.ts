import type { ToldDocument } from '../denial/denial.ts'
import { onOtherKind } from './causes/other-kind.ts'
import { none, type Finding } from './finding.ts'
import type { Situation } from './situation.ts'
import { toldStatements } from './told-situation.ts'

/**
 * Statements of told policies that can never match: an action of S3 on the other kind of ARN. That shows whatever was
 * asked for, so it tells where the text names no action too.
 */
export function neverMatching(s: Situation, told: readonly ToldDocument[]): readonly Finding[] {
  if (s.service !== 's3' || s.denial.effect === 'explicit') return none
  const allows = toldStatements(told).filter(({ effect }) => effect === 'Allow')
  const asked = s.action === null ? allows.flatMap(({ actions }) => actions) : [s.action]
  const found = [...new Set(asked)].flatMap((action) => onOtherKind(s, action, allows, 'possible') ?? [])
  return found.slice(0, 1).map((one) => ({ ...one, facts: { ...one.facts, told: 'text' } }))
}
