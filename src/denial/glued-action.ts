import { hasOperation, isOperation } from '../action-catalogue/operations.ts'

/*
 * Copying out of the console glues what stood in two boxes: `kms:ListAliasesYou don't have permission`,
 * `Action: kms:ListAliasesAuf Ressource(n): *`.
 */

const shortestName = 4

/** The action without the word that was glued to it; the same text where its name is one of AWS's, or none begins it. */
export function withoutGluedWord(action: string): string {
  const colon = action.indexOf(':')
  const service = action.slice(0, colon).toLowerCase()
  const name = action.slice(colon + 1)
  if (colon < 1 || isOperation(name)) return action
  for (let end = name.length - 1; end >= shortestName; end--)
    if (/[\p{Lu}\p{Lo}]/u.test(name.charAt(end)) && hasOperation(service, name.slice(0, end)))
      return action.slice(0, colon + 1 + end)
  return action
}
