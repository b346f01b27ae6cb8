const shortest = 5
export const mostSlips = 2
/** Nothing that AWS names by a word is longer, and the time grows with the square. */
const longest = 256

/** Names that end in different numbers are those of different things, not one of them misspelt. */
export const isMisspelt = (found: string, own: string): boolean =>
  Math.min(found.length, own.length) >= shortest &&
  Math.max(found.length, own.length) <= longest &&
  (/\d*$/u.exec(found)?.[0] ?? '') === (/\d*$/u.exec(own)?.[0] ?? '') &&
  distance(found, own) <= mostSlips

/** Letters to add, drop, replace or swap with their neighbour; more than a few are all the same. */
export function distance(a: string, b: string): number {
  const far = mostSlips + 1
  if (Math.abs(a.length - b.length) > mostSlips || Math.max(a.length, b.length) > longest) return far
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? far) + 1 : far
      row.push(Math.min((last[j] ?? far) + 1, (row[j - 1] ?? far) + 1, replaced, swapped))
    }
    if (Math.min(...row) > mostSlips) return far
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? far
}
