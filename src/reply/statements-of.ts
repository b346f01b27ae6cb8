/** What is shown of a change: the edited statement or the one to add; of a Deny that is split, all parts. */
export const statementsOf = <T extends { readonly Effect: string }>({
  editedStatement,
  statement,
  keptStatements = [],
}: {
  readonly editedStatement: T | null
  readonly statement: T | null
  readonly keptStatements?: readonly T[] | undefined
}): readonly T[] => {
  const isSplit = editedStatement?.Effect === 'Deny' && statement?.Effect === 'Deny'
  if (editedStatement === null || isSplit)
    return [editedStatement, ...keptStatements, statement].filter((one) => one !== null)
  return [editedStatement]
}
