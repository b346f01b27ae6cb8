/** What is shown of a change: the edited statement or the one to add; of a Deny that is split in two, both. */
export const statementsOf = <T extends { readonly Effect: string }>({
  editedStatement,
  statement,
}: {
  readonly editedStatement: T | null
  readonly statement: T | null
}): readonly T[] => {
  const isSplit = editedStatement?.Effect === 'Deny' && statement?.Effect === 'Deny'
  if (editedStatement === null || isSplit) return [editedStatement, statement].filter((one) => one !== null)
  return [editedStatement]
}
