import { sliceOf, withoutBreaks } from '../squeezed-text.ts'
import { signal, type Reader } from './reader.ts'

/*
 * Who asked, in a record of CloudTrail that was cut off, and so is no JSON. An ARN that was cut itself tells nobody.
 */

const identityArn =
  /useridentity:\{(?:[^{}]{0,300},)?arn:(?<caller>arn:[^{}]{8,400}?)(?:\}|,(?:accountid|accesskeyid|username|sessioncontext|invokedby|principalid|type):)/dy
const serviceCaller = /type:awsservice,invokedby:(?<caller>[a-z0-9.-]{2,60}\.amazonaws\.com(?:\.cn)?)(?![a-z0-9.-])/dy

const callerBy =
  (shape: RegExp, name: string): Reader =>
  (squeezed, at) => {
    shape.lastIndex = at
    const [start, end] = shape.exec(squeezed.text)?.indices?.groups?.['caller'] ?? []
    if (start === undefined || end === undefined) return null
    return {
      ...signal('head', name, at, end, { principal: withoutBreaks(sliceOf(squeezed, start, end)) }),
      marks: { principal: { start, end } },
    }
  }

const identityAnchor = 'useridentity:{'
const readArn = callerBy(identityArn, 'cloudtrail-identity')
/** Each record has one, also where it tells nobody. */
const readIdentity: Reader = (squeezed, at) =>
  readArn(squeezed, at) ?? signal('head', 'cloudtrail-identity', at, at + identityAnchor.length)

export const cutRecords: readonly { readonly anchor: string; readonly read: Reader }[] = [
  { anchor: identityAnchor, read: readIdentity },
  // A service on its own behalf.
  { anchor: 'type:awsservice,', read: callerBy(serviceCaller, 'cloudtrail-service') },
]
