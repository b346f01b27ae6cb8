/**
 * Drops fields that are undefined: `exactOptionalPropertyTypes` tells an absent field from an undefined one,
 * zod's optional fields do not.
 */
export function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** The same for fields that may also be null where our own types have them absent. */
export function presentOnly<T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined && field !== null)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
}
