/**
 * Names that stand twice in one object of a JSON text. Parsing keeps the last and says nothing, which has hidden many
 * a statement. The text must be valid JSON.
 */
export const duplicateKeys = (json: string): readonly string[] => {
  const found = new Set<string>()
  const open: (Set<string> | null)[] = []
  let i = 0
  while (i < json.length) {
    const char = json[i]
    if (char === '"') {
      const end = endOfString(json, i)
      const names = open.at(-1)
      if (names && nextSign(json, end) === ':') {
        const name = JSON.parse(json.slice(i, end)) as string
        if (names.has(name)) found.add(name)
        names.add(name)
      }
      i = end
      continue
    }
    if (char === '{') open.push(new Set())
    else if (char === '[') open.push(null)
    else if (char === '}' || char === ']') open.pop()
    i++
  }
  return [...found]
}

const endOfString = (json: string, start: number): number => {
  let i = start + 1
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1
  return i + 1
}

const nextSign = (json: string, from: number): string | undefined => {
  let i = from
  while (/[ \t\r\n]/u.test(json[i] ?? 'x')) i++
  return json[i]
}
