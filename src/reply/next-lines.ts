import type { ReplyDiagnosis } from './schema.ts'

const quoted = (value: string): string => `\`${value.replaceAll('`', "'")}\``

/** Denials to expect; actions for the same reason on the same resource share a line. */
export function nextLines(next: ReplyDiagnosis['next']): readonly string[] {
  const lines = new Map<string, string[]>()
  for (const { action, resource, because } of next) {
    const rest = `${resource === null ? '' : ` → ${quoted(resource)}`}: ${because}`
    lines.set(rest, [...(lines.get(rest) ?? []), quoted(action)])
  }
  return [...lines].map(([rest, actions]) => `${actions.join(', ')}${rest}`)
}
