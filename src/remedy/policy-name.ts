import { hash } from 'node:crypto'
import { list, type Statement } from '../iam/policy-document.ts'

const shortHash = (statements: readonly Statement[]): string =>
  hash('sha256', JSON.stringify(statements), 'hex').slice(0, 8)

/**
 * A name for a new policy that says what it allows and ends in a short hash of its statements: another policy of
 * this name can only be this one, so that writing it replaces nothing.
 */
export const policyNameFor = (statements: readonly Statement[]): string => {
  const [action = ''] = list(statements[0]?.Action)
  // A gap that is still to be filled in names nothing.
  const known = action.replaceAll(/<[A-Za-z]{1,60}>/gu, '').replaceAll(/^:|:$/gu, '')
  const words = (known === '' ? 'access' : known).replaceAll(/[^A-Za-z0-9]+/gu, '-').slice(0, 100)
  return `allow-${words}-${shortHash(statements)}`
}
