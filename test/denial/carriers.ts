/*
 * What a text goes through before somebody pastes it. What it says stays the same.
 */

type Carrier = (text: string) => string

const eachLine =
  (change: (line: string, index: number) => string): Carrier =>
  (text) =>
    text.split('\n').map(change).join('\n')
const behind = (prefix: string): Carrier => eachLine((line) => `${prefix}${line}`)

/** Broken at blanks, so that no line is longer than these columns; a mail client does it. */
export const brokenAt = (columns: number): Carrier =>
  eachLine((line) => {
    const lines: string[] = []
    let rest = line
    while (rest.length > columns) {
      const blank = rest.lastIndexOf(' ', columns)
      if (blank <= 0) break
      lines.push(rest.slice(0, blank))
      rest = rest.slice(blank + 1)
    }
    return [...lines, rest].join('\n')
  })

export const carriers: Readonly<Record<string, Carrier>> = {
  'a quoted mail': behind('> '),
  'a mail quoted twice': behind('> > '),
  'a log with times': behind('2026-10-01T10:00:00.123Z '),
  'a container log': behind('web-1  | '),
  stern: behind('web-7d9c6b5f4-x2x9z web '),
  'kubectl logs --prefix': behind('[pod/web-7d9c6b5f4-x2x9z/web] '),
  syslog: behind('Oct  1 10:00:00 ip-10-0-0-12 app[812]: '),
  Airflow: behind('[2026-10-01, 10:00:00 UTC] {subprocess.py:93} INFO - '),
  Logback: behind('2026-10-01 10:00:00,123 [main] ERROR com.example.App - '),
  'Azure Pipelines': behind('2026-10-01T10:00:00.1234567Z ##[error]'),
  pytest: behind('E       '),
  'a frame of Terraform': (text) => `\u2577\n${behind('\u2502 ')(text)}\n\u2575`,
  'a coloured terminal': eachLine((line) => `\u001b[31m${line}\u001b[0m`),
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'a comment of Java': behind('    // '),
  'a comment of Rust': behind('/// '),
  'a block comment': (text) => `/**\n${behind(' * ')(text)}\n */`,
  'a comment of SQL': behind('-- '),
  'a comment of an INI file': behind('; '),
  'a comment of TeX': behind('% '),
  'a comment of a batch file': behind('REM '),
  'a comment of m4': behind('dnl '),
  'a comment that an editor made': behind('//'),
  'an added line of a diff': behind('+'),
  'a comment in a diff': behind('+    # '),
  'a removed comment in a diff': behind('-    # '),
  'an indented block': behind('        '),
  'a block of code': (text) => `\`\`\`\n${text}\n\`\`\``,
  'a page': (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  'a chat with blanks of its own': (text) => text.replaceAll('  ', '\u00a0 '),
  'a log in JSON': (text) => JSON.stringify({ level: 'error', msg: text, caller: 'main.go:17' }),
  'JSON in JSON': (text) => JSON.stringify({ log: JSON.stringify({ message: text }) }),
  logfmt: (text) => `time="2026-10-01T10:00:00Z" level=error msg=${JSON.stringify(text)}`,
  'a table as CSV': (text) => `2026-10-01,"${text.replaceAll('"', '""')}",app`,
  'a ticket': (text) => `{noformat}\n${text}\n{noformat}`,
  XML: (text) => `<error><![CDATA[${text}]]></error>`,
  'a question with thanks': (text) => `Hi team, I get this since yesterday:\n\n${text}\n\nThanks!`,
}
