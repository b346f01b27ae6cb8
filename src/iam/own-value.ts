/** What a table holds under a key that was pasted: `constructor` and its kin are names like any other. */
export const ownValue = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined
