import { hasOperation } from '../../action-catalogue/operations.ts'
import { prefixFor } from '../../action-catalogue/service-names.ts'
import { isNamedLikeAction } from '../loose-action.ts'
import { signal, type Reader } from './reader.ts'

/*
 * IAM's policy simulator tells of each action whether it is allowed: as JSON, or in a table that people made of it.
 * https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-principal-policy.html
 */

export const simulatedAnchor = 'implicitdeny'

const window = 500
const inTable =
  /(?:^|[\s|"'`(])(?<action>[a-z][a-z0-9-]{1,30}:[A-Za-z][A-Za-z0-9]{2,60})["'`]?(?: {0,60}(?:->|=>|[|:=,\t-]) {0,60}| {1,80})["'`]?$/u
const inJson =
  /EvalActionName["']?[:=\s]{1,4}["']?(?<action>[a-z][a-z0-9-]{1,30}:[A-Za-z][A-Za-z0-9]{2,60})["']?(?:(?!EvalActionName)[^]){1,400}?EvalDecision["']?[:=\s]{1,4}["']?$/u
const evaluatedOn = /EvalResourceName["']?[:=\s]{1,4}["']?(arn:[^\s"',|]{8,300})/u

export const readSimulated: Reader = (squeezed, at) => {
  const { text } = squeezed.view
  const place = squeezed.at[at] ?? 0
  const before = text.slice(Math.max(0, place - window), place)
  const found = inTable.exec(before.slice(-160)) ?? inJson.exec(before)
  const action = found?.groups?.['action']
  if (found === null || action === undefined || !/^implicitDeny\b/u.test(text.slice(place, place + 14))) return null
  const [service = '', name = ''] = action.split(':')
  const prefix = prefixFor(service)
  if (prefix === null || !(isNamedLikeAction(name) || hasOperation(prefix, name))) return null
  const start = squeezed.text.lastIndexOf(action.toLowerCase(), at)
  const resource = evaluatedOn.exec(found[0])?.[1]
  return {
    ...signal('core', 'simulated', start, at + simulatedAnchor.length, {
      action,
      ...(resource === undefined ? {} : { resource }),
    }),
    class: 'authorization',
    marks: { action: { start, end: start + action.length } },
  }
}
