import { parseArn, type Arn } from '../iam/arn.ts'
import type { PrincipalType } from '../iam/principal.ts'

/** What a principal's name tells by itself. */
export interface PrincipalName {
  readonly principalType: PrincipalType | null
  readonly accountId: string | null
  readonly roleOrUserName: string | null
  readonly sessionName: string | null
}

const nothing: PrincipalName = { principalType: null, accountId: null, roleOrUserName: null, sessionName: null }

/** Principals of AWS Identity and Access Management and of its sessions. */
const isOfIdentity = ({ service }: Arn): boolean => service === 'iam' || service === 'sts'

/**
 * `AROAEXAMPLE1234567890:session`, `AIDA…`: the id that tells one of two namesakes from the other, and nothing else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const uniqueId = /^(AROA|AIDA)[A-Z0-9]{12,32}(?::(.+))?$/su

/** Retyped by hand, it is often misspelt. */
const nobody = /^an{1,2}on{1,2}[iy]m{1,2}o?u?s$/iu

/**
 * Reads `arn:aws:sts::111122223333:assumed-role/app/i-0abc` and its kin, redacted ones too:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function readPrincipalName(principal: string | null): PrincipalName {
  if (principal === null) return nothing
  const text = principal.replace(/\s+/g, '')
  if (nobody.test(text)) return { ...nothing, principalType: 'anonymous' }
  if (/^[\w.-]+\.amazonaws\.com(?:\.cn)?$/.test(text)) return { ...nothing, principalType: 'service' }
  const unique = uniqueId.exec(text)
  if (unique !== null)
    return {
      ...nothing,
      principalType: unique[1] === 'AIDA' ? 'user' : 'assumed-role',
      sessionName: sessionOrNull(unique[2] ?? ''),
    }
  const arn = parseArn(text)
  if (arn === null || !isOfIdentity(arn)) return readShortForm(text) ?? readMaskedFront(text) ?? readSessionPath(text)
  return readEntity(arn.resource, /^\d{1,16}$/.test(arn.account) ? arn.account : null)
}

/** The ARN of somebody who can make a call, and not that of a policy or a group. */
export const isCallersArn = (text: string): boolean =>
  text.startsWith('arn:') && readPrincipalName(text).principalType !== null

function readEntity(entity: string, accountId: string | null): PrincipalName {
  const [kind, ...path] = entity.split('/')
  switch (kind) {
    case 'root':
      return { ...nothing, principalType: 'root', accountId }
    case 'assumed-role':
      return {
        principalType: 'assumed-role',
        accountId,
        roleOrUserName: nameOrNull(path[0]),
        sessionName: sessionOrNull(path.slice(1).join('/')),
      }
    case 'user':
    case 'role':
    case 'federated-user':
      return { ...nothing, principalType: kind, accountId, roleOrUserName: nameOrNull(path.at(-1)) }
    default:
      return { ...nothing, accountId }
  }
}

const shortForm = /^(?:arn:[\w-]+:iam:{1,3})?((?:user|role)\/[^/]+)$/

/** `user/bob`, and `arn:aws:iam::user/bob`, whose account went with its colon. */
function readShortForm(text: string): PrincipalName | null {
  const entity = shortForm.exec(text)?.[1]
  return entity === undefined ? null : readEntity(entity, null)
}

// What stands for the front ends in dots, stars or a bracket.
const maskedFront =
  /^[^\n]{0,60}?(?:\.{2,20}|\u2026|\*{1,20}|[\]>}])[:/]{0,3}((?:assumed-role\/[^/]+(?:\/.*)?|(?:user|role)\/[^/]+))$/su

/** `...assumed-role/app/session`, `[redacted]:user/bob`: an ARN whose front, account and all, was taken out. */
function readMaskedFront(text: string): PrincipalName | null {
  const entity = maskedFront.exec(text)?.[1]
  return entity === undefined ? null : readEntity(entity, null)
}

/** Names of sessions that no user has: an instance's, a task's, an SDK's own. */
const givenSession =
  /^(?:i-[0-9a-f]{8,17}|[0-9a-f]{32}|(?:botocore-session|aws-sdk-java|aws-sdk-js|aws-go-sdk)-[\w-]+)$/u

/** `role/app/session`: an assumed-role ARN that lost its front, or whose colons went with its account. */
function readSessionPath(text: string): PrincipalName {
  const [front = '', role, session, ...more] = text.split('/')
  const isSession =
    /^arn:[\w-]{1,20}:sts:.{0,40}assumed-role$/su.test(front) ||
    (/^(?:\.{2,}|\u2026)$/u.test(front) && more.length === 0 && givenSession.test(session ?? ''))
  const kind = isSession ? 'assumed-role' : front
  if ((kind !== 'role' && kind !== 'assumed-role') || role === undefined || session === undefined) return nothing
  return {
    ...nothing,
    principalType: 'assumed-role',
    roleOrUserName: nameOrNull(role),
    sessionName: nameOrNull(session),
  }
}

/** `...`, `*` and `<redacted>` stand for a name that is not there. */
const nameOrNull = (name: string | undefined): string | null =>
  name === undefined || name === '' || /^(?:[.*\u2026]+|<redacted>)$/i.test(name) ? null : name

const sessionOrNull = (name: string): string | null => (/^(?:[.\u2026]*|\*)$/.test(name) ? null : name)
