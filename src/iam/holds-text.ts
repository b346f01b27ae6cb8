/** Whether some string of a JSON value, key or value, holds a piece of text. */
export const holdsText = (value: unknown, piece: string): boolean => {
  if (typeof value === 'string') return value.includes(piece)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some((item) => holdsText(item, piece))
  for (const name in value)
    if (name.includes(piece) || holdsText((value as Readonly<Record<string, unknown>>)[name], piece)) return true
  return false
}
