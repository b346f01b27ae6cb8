/** Colours for code, told apart by the simplest rules that help reading: no language is parsed here. */

export type CodeLanguage = 'json' | 'diff' | 'text'
type TokenKind = 'plain' | 'key' | 'string' | 'word' | 'placeholder' | 'added' | 'removed' | 'hunk'

interface Token {
  readonly kind: TokenKind
  readonly text: string
}

/** `<LikeThis>`: to be filled in before the text can be used. */
const placeholder = /<[A-Z][A-Za-z0-9-]{0,60}>/g
const jsonToken = /"(?:[^"\\\n]|\\.)*"|\b(?:true|false|null)\b/g

export function codeTokens(code: string, language: CodeLanguage): readonly Token[] {
  if (language === 'diff') return diffTokens(code)
  const coarse: readonly Token[] = language === 'json' ? jsonTokens(code) : [{ kind: 'plain', text: code }]
  return coarse.flatMap(splitPlaceholders)
}

function jsonTokens(code: string): readonly Token[] {
  return cut(code, jsonToken, (text, end) => {
    if (!text.startsWith('"')) return 'word'
    return /^\s?:/.test(code.slice(end, end + 2)) ? 'key' : 'string'
  })
}

function splitPlaceholders({ kind, text }: Token): readonly Token[] {
  return cut(text, placeholder, () => 'placeholder', kind)
}

function cut(
  text: string,
  pattern: RegExp,
  kindOf: (match: string, end: number) => TokenKind,
  between: TokenKind = 'plain',
): readonly Token[] {
  const tokens: Token[] = []
  let done = 0
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length
    if (match.index > done) tokens.push({ kind: between, text: text.slice(done, match.index) })
    tokens.push({ kind: kindOf(match[0], end), text: match[0] })
    done = end
  }
  if (done < text.length) tokens.push({ kind: between, text: text.slice(done) })
  return tokens
}

function diffTokens(diff: string): readonly Token[] {
  const lines = diff.split('\n')
  return lines.map((line, index) => ({
    kind: diffKind(line),
    text: index === lines.length - 1 ? line : `${line}\n`,
  }))
}

function diffKind(line: string): TokenKind {
  if (line.startsWith('+++') || line.startsWith('---') || line.startsWith('@@') || line.startsWith('===')) return 'hunk'
  if (line.startsWith('+')) return 'added'
  if (line.startsWith('-')) return 'removed'
  return 'plain'
}
