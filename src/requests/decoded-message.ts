import { isObject } from '../iam/json.ts'

/** What AWS's decoded authorization message says was asked; `null` where it does not say. */
interface DecodedQuestion {
  readonly action: string | null
  readonly resource: string | null
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Action and resource of a decoded authorization message (`context.action`, `context.resource`). */
export const questionOf = (decoded: unknown): DecodedQuestion => {
  const context = isObject(decoded) && isObject(decoded['context']) ? decoded['context'] : {}
  return { action: textOf(context['action']), resource: textOf(context['resource']) }
}
