import { isAccountId, parseArn } from '../../iam/arn.ts'
import { lacksReservedPath } from '../../iam/reserved-path.ts'
import { distance, isMisspelt, mostSlips } from '../misspelt.ts'

/** How a principal that a policy names differs from the caller that was probably meant. */
export type Likeness =
  'session' | 'account' | 'kind' | 'path' | 'reserved-path' | 'case' | 'letters' | 'digits' | 'region'

interface Named {
  readonly account: string
  readonly kind: string
  readonly name: string
  readonly isSession: boolean
}

/** A role, the session of one, or a user by the parts of its ARN. */
function namedIn(text: string): Named | null {
  const arn = parseArn(text)
  const [kind = '', ...rest] = arn?.resource.split('/') ?? []
  if (arn === null || rest.length === 0) return null
  const isSession = arn.service === 'sts' && kind === 'assumed-role'
  if (!isSession && !(arn.service === 'iam' && (kind === 'role' || kind === 'user'))) return null
  const name = (isSession ? rest[0] : rest.at(-1)) ?? ''
  return { account: arn.account, kind: isSession ? 'role' : kind, name, isSession }
}

/** `null`: somebody else, of whom nothing tells that the caller was meant. */
export function likenessOf(text: string, caller: string): Likeness | null {
  if (isAccountId(text) || /:root$/u.test(text)) return ofAccount(text, caller)
  const [found, own] = [namedIn(text), namedIn(caller)]
  if (found === null || own === null)
    return isService(text) && isService(caller) && isMisspelt(text, caller) ? 'letters' : null
  if (found.name === own.name) {
    if (found.account !== own.account) return 'account'
    if (found.kind !== own.kind) return 'kind'
    return found.isSession ? 'session' : lacksReservedPath(text) ? 'reserved-path' : 'path'
  }
  if (found.account !== own.account || found.kind !== own.kind || found.isSession) return null
  if (found.name.toLowerCase() === own.name.toLowerCase()) return 'case'
  return isMisspelt(found.name, own.name) ? 'letters' : null
}

const ofAccount = (text: string, caller: string): Likeness | null => {
  const [found, own] = [parseArn(text)?.account ?? text, parseArn(caller)?.account ?? '']
  return found !== own && isAccountId(own) && distance(found, own) <= mostSlips ? 'digits' : null
}

const isService = (text: string): boolean => /\.amazonaws?\.com(?:\.cn)?$/u.test(text)
