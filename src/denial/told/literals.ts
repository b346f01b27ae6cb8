/*
 * Literals as they stand in HCL, TypeScript and Python: close enough to each other that one reader takes them. What is
 * no literal becomes `${expression}`; what is no value throughout, nothing. There is no small library for HCL, and what
 * stands in a paste is an excerpt that no compiler takes.
 */

export type Literal = string | readonly Literal[] | LiteralObject
export interface LiteralObject {
  readonly [name: string]: Literal
}

const deepest = 12
const longestExpression = 400

/** Nothing else is handled as an exception here. */
class NoLiteral extends Error {}

/** The value that the whole text is; `null` where it is half understood. */
export function readLiteral(text: string): Literal | null {
  const reader = new Reader(text)
  try {
    const value = reader.value(0)
    reader.blank()
    return reader.isAtEnd() ? value : null
  } catch (error) {
    if (error instanceof NoLiteral) return null
    throw error
  }
}

/** The arguments of a call, between its parentheses: an object, or Python's names. */
export function readArguments(text: string): LiteralObject | null {
  const start = text.search(/\S/)
  const value = readLiteral(text[start] === '{' ? text.trim().replace(/,$/, '') : `{${text}}`)
  return value !== null && typeof value === 'object' && !isList(value) ? value : null
}

export const isList = (value: Literal): value is readonly Literal[] => Array.isArray(value)

class Reader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  blank(): void {
    this.take(/(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]{0,1000}?\*\/)*/y)
  }

  value(depth: number): Literal {
    if (depth > deepest) throw new NoLiteral()
    this.blank()
    const start = this.at
    const found = this.literal(depth)
    if (found !== null && this.isDone()) return found
    // What is put together from texts is a text.
    if (typeof found === 'string' && this.text[this.at] === '+') return found + this.further(depth)
    this.at = start
    const expression = this.expression()
    return this.text[this.at] === '+' ? expression + this.further(depth) : expression
  }

  private further(depth: number): string {
    this.at++
    const rest = this.value(depth + 1)
    if (typeof rest !== 'string') throw new NoLiteral()
    return rest
  }

  private literal(depth: number): Literal | null {
    const char = this.text[this.at]
    if (char === '[' && this.take(/\[(?=\s*for\b)/y) === null) return this.list(depth)
    if (char === '{' && this.take(/\{(?=\s*for\b)/y) === null) return this.object(depth)
    const quote = this.take(/[fF]?(?:"""|'''|["'`])/y)
    if (quote !== null) return this.quoted(quote)
    return this.take(/(?:true|false|null|-?\d+(?:\.\d+)?)(?![\w.])/iy)?.toLowerCase() ?? null
  }

  /** Whether a value ends here: only then was it the whole of it. */
  private isDone(): boolean {
    const before = this.at
    this.blank()
    const next = this.text[this.at]
    if (next === undefined || ',]});'.includes(next)) return true
    return this.text.slice(before, this.at).includes('\n') && /[\w"'[.-]/.test(next) && next !== '.'
  }

  private quoted(quote: string): string {
    const isFormat = /^f/i.test(quote)
    const mark = isFormat ? quote.slice(1) : quote
    let read = ''
    for (;;) {
      if (this.text.startsWith(mark, this.at)) {
        this.at += mark.length
        return read
      }
      const char = this.text[this.at]
      if (char === undefined || (char === '\n' && mark.length === 1 && mark !== '`')) throw new NoLiteral()
      if (char === '\\') {
        const next = this.text[this.at + 1] ?? ''
        read += next === 'n' ? '\n' : next
        this.at += 2
      } else if (this.text.startsWith('$${', this.at)) {
        // Terraform's own text.
        read += '${'
        this.at += 3
      } else if (this.text.startsWith('${', this.at) || (isFormat && char === '{')) {
        this.at += char === '{' ? 1 : 2
        read += open(this.balanced('}'))
        this.at++
      } else {
        read += char
        this.at++
      }
    }
  }

  private list(depth: number): Literal {
    const items: Literal[] = []
    this.at++
    for (;;) {
      this.blank()
      if (this.take(/\]/y) !== null) return items
      items.push(this.value(depth + 1))
      this.blank()
      if (this.take(/,/y) === null && this.text[this.at] !== ']') throw new NoLiteral()
    }
  }

  private object(depth: number): Literal {
    const object = new Map<string, Literal>()
    this.at++
    for (;;) {
      this.blank()
      if (this.take(/\}/y) !== null) return Object.fromEntries(object)
      const name = this.name()
      this.blank()
      if (this.text[this.at] === '{') {
        // A block of HCL, of which there may be several.
        const blocks = object.get(name)
        object.set(name, [...(blocks !== undefined && isList(blocks) ? blocks : []), this.object(depth + 1)])
      } else {
        if (this.take(/[:=](?![=>])/y) === null || object.has(name)) throw new NoLiteral()
        object.set(name, this.value(depth + 1))
      }
      this.blank()
      this.take(/[,;]/y)
      if (object.size > mostEntries) throw new NoLiteral()
    }
  }

  private name(): string {
    const quote = this.take(/["']/y)
    const name = quote === null ? this.take(/[A-Za-z_][\w-]*/y) : this.quoted(quote)
    if (name === null) throw new NoLiteral()
    return name
  }

  /** Up to where it ends: a bracket of what holds it, a comma, a line that begins another entry. */
  private expression(): string {
    const expression = this.balanced(',')
    if (expression === '') throw new NoLiteral()
    return open(expression)
  }

  /** Up to this character, or any that ends a value, outside of brackets and texts. */
  private balanced(end: '}' | ','): string {
    const start = this.at
    let depth = 0
    for (; this.at < this.text.length; this.at++) {
      if (this.at - start > longestExpression) throw new NoLiteral()
      const char = this.text[this.at] ?? ''
      if (depth === 0 && (char === end || (end === ',' && (')]};+'.includes(char) || this.endsLine(char))))) break
      if ('([{'.includes(char)) depth++
      else if (')]}'.includes(char)) depth--
      else if (char === '"' || char === "'" || char === '`') {
        this.take(/(["'`])(?:\\.|(?!\1)[^\\\n]){0,400}/y)
        if (this.text[this.at] !== char) throw new NoLiteral()
      }
    }
    return this.text.slice(start, this.at).trim()
  }

  private endsLine(char: string): boolean {
    return char === '\n' && /^\s{0,200}["'A-Za-z_\]}]/.test(this.text.slice(this.at + 1, this.at + 202))
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return null
    this.at = pattern.lastIndex
    return found[0]
  }
}

const mostEntries = 200

const open = (text: string): string => `\${${text.replace(/[${}]/g, '').replace(/\s+/g, ' ').trim()}}`
