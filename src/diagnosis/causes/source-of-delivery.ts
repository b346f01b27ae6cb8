import { parseArn } from '../../iam/arn.ts'
import type { Statement } from '../../iam/policy-document.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { attachmentOf } from './attachments.ts'
import { withValue, withValues } from './condition-edits.ts'
import type { Delivery } from './delivery.ts'

/*
 * A service is let in for what it acts for, `aws:SourceArn`: what it called for, set beside what the statement names.
 */

/** Whether the statement is for what called: `maybe` where the text leaves that open. */
type Fit = 'yes' | 'no' | 'maybe'

const sourceArn = ({ conditions }: ReadStatement): ReadCondition | undefined =>
  conditions.find(({ key, operator }) => key.toLowerCase() === 'aws:sourcearn' && takesArns.test(operator))

const takesArns = /^(?:arn|string)(?:equals|like)(?:ifexists)?$/iu
const takesPatterns = /like|^arn/iu

/**
 * API Gateway makes the ids of APIs of ten lower case letters and digits: a name in their place is that of a template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
const isNoApi = (value: string): boolean => {
  const arn = parseArn(value)
  const id = arn?.resource.split('/')[0] ?? ''
  return arn?.service === 'execute-api' && !/[$<]/u.test(id) && /[^a-z0-9*?]/u.test(id)
}

/** Partition, service, Region, account and resource; of an API its id, since nobody told which stage and method called. */
const partsOf = (arn: string): readonly string[] => {
  const parts = arn.split(':')
  const tail = parts.slice(5).join(':')
  return [...parts.slice(0, 5), parts[2] === 'execute-api' ? (tail.split('/')[0] ?? '') : tail]
}

/** Whether a value of the condition names the source: what is marked in its ARN may be anything. */
function fitOf(value: string, source: string, isPattern: boolean): Fit {
  if (isNoApi(value)) return 'no'
  const theirs = partsOf(value)
  if (!value.startsWith('arn:')) return 'maybe'
  const isOther = partsOf(source).some((part, index) => {
    const wanted = theirs[index] ?? ''
    if (part.includes('<') || wanted.includes('${')) return false
    return isPattern ? !matchesWildcard(compileWildcard(wanted), part) : wanted !== part
  })
  if (isOther) return 'no'
  return source.includes('<') || value.includes('${') || source.endsWith('/*') ? 'maybe' : 'yes'
}

/** Whether the statement lets the service in for what it called for. */
export function sourceFit(read: ReadStatement, { sourceArn: source }: Delivery): Fit {
  const condition = sourceArn(read)
  if (condition === undefined || source === null) return 'maybe'
  const fits = condition.values.map((value) => fitOf(value, source, takesPatterns.test(condition.operator)))
  return fits.includes('yes') ? 'yes' : fits.includes('maybe') ? 'maybe' : 'no'
}

/** The statement is for another source, or may be: what it names, and the statement put right where the source is known. */
export function sourceMissed(s: Situation, read: ReadStatement, delivery: Delivery): Finding {
  const condition = sourceArn(read) ?? read.conditions[0] ?? null
  const isMissed = sourceFit(read, delivery) === 'no'
  const source = delivery.sourceArn === null ? null : inPlaceOf(condition, delivery.sourceArn)
  const after = condition === null || source === null || !isMissed ? null : corrected(read, condition, source)
  const values = { policy: read.policy, key: condition?.key ?? '' }
  return finding(
    'condition-mismatch',
    isMissed ? 'evaluated' : 'possible',
    [
      after === null
        ? act('resource-policy', 'correct-condition', values, { owner: 'resource-owner' })
        : editStatement(s, read, lettingIn(read, delivery, source), after, {
            kind: 'resource-policy',
            step: 'correct-condition',
            values,
            attachTo: attachmentOf(s, read.resources.find((arn) => arn !== '*') ?? delivery.resource),
            readiness: 'needs-review',
          }),
    ],
    {
      policyType: 'resource-based',
      effect: 'Allow',
      action: delivery.action,
      ...placeOf(read),
      ...conditionFacts(condition),
      ...(isMissed && source !== null && !source.includes('<') ? { sent: source } : {}),
    },
  )
}

/** Region and account as the statement has them, where nobody told others. */
const inPlaceOf = (condition: ReadCondition | null, source: string): string => {
  const there = condition?.values[0]?.split(':') ?? []
  return source
    .split(':')
    .map((part, index) => (/^<(?:Region|AccountId)>$/u.test(part) ? there[index] || part : part))
    .join(':')
}

const lettingIn = (read: ReadStatement, { service, action, resource }: Delivery, source: string | null): Statement =>
  allowTo(
    { Service: service },
    [action],
    resource.includes('<') && read.resources.length > 0 ? read.resources : [resource],
    source === null ? null : { ArnLike: { 'aws:SourceArn': source } },
  )

/** The API in place of what is none; another source, which the statement may be for as well, stays. */
function corrected(read: ReadStatement, condition: ReadCondition, source: string): ReadStatement['source'] | null {
  if (!condition.values.some(isNoApi)) return withValue(read.source, condition, source)
  const api = parseArn(source)?.resource.split('/')[0] ?? '<ApiId>'
  const values = condition.values.map((value) => {
    const head = value.split(':').slice(0, 5).join(':')
    return isNoApi(value) ? `${head}:${api}${value.slice(head.length + 1).replace(/^[^/]*/u, '')}` : value
  })
  return withValues(read.source, condition, { values })
}
