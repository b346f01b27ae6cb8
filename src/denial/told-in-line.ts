import { parseArn, regionOfArn } from '../iam/arn.ts'
import type { Denial, Span } from './denial.ts'
import { isCallersArn, readPrincipalName } from './principal-name.ts'

/*
 * What people retell in a sentence of their own: `the role arn:… gets access denied when it calls dynamodb:PutItem on
 * arn:…`. The action alone was read from it, as no sentence of AWS is there.
 */

const longestLine = 1500
const arn = /arn:aws[a-z-]{0,20}:[a-z0-9-]{2,40}:[^\s"'`|,;<>()]{1,1400}/dgu
/** Of these a role is what the call is about. */
const aboutRoles = /^(?:sts:(?:AssumeRole|TagSession|SetSourceIdentity)|iam:)/u

/** `--role arn:…`, `RoleArn=arn:…`: what the call was given. */
const isParameter = (before: string): boolean => /(?:--[\w-]{1,40} |[:=])["'`]?\s?$/u.test(before)

/** A denial whose action stands in prose, with the one caller and the one resource that its line names. */
export function withToldInLine(denial: Denial, text: string): Denial {
  const at = denial.marks.action?.[0]
  if (denial.class !== 'authorization' || denial.action === null || denial.principal !== null || at === undefined)
    return denial
  const from = Math.max(text.lastIndexOf('\n', at) + 1, at - longestLine)
  const newline = text.indexOf('\n', at)
  const line = text.slice(from, Math.min(newline === -1 ? text.length : newline, at + longestLine))
  const found = [...line.matchAll(arn)].map(({ 0: printed, index }) => {
    const value = printed.replace(/[.:_)\]*]+$/u, (end) => (end === '*' ? '*' : ''))
    return { value, span: [from + index, from + index + value.length] as Span }
  })
  const [caller, ...otherCallers] = found.filter(
    ({ value, span }) => isCallersArn(value) && !isParameter(text.slice(Math.max(from, span[0] - 60), span[0])),
  )
  const [thing, ...otherThings] = found.filter(({ value }) => !isCallersArn(value))
  const principal = otherCallers.length > 0 || aboutRoles.test(denial.action) ? undefined : caller
  const isItsService = thing !== undefined && parseArn(thing.value)?.service === denial.action.split(':')[0]
  const resource = denial.resource !== null || otherThings.length > 0 || !isItsService ? undefined : thing
  return {
    ...denial,
    ...(principal && { principal: principal.value, ...readPrincipalName(principal.value) }),
    ...(resource && { resource: resource.value, region: regionOfArn(resource.value) ?? denial.region }),
    marks: {
      ...denial.marks,
      ...(principal && { principal: principal.span }),
      ...(resource && { resource: resource.span }),
    },
  }
}
