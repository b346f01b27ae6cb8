import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml'

const longest = 20_000
const mostNodes = 4000
/** Each is looked for in the whole, and may name what holds further ones. */
const mostAliases = 20
const deepest = 12

/**
 * Every scalar as text, CloudFormation's short tags in their long form; `null` for what is not YAML throughout, and for
 * what nobody writes by hand.
 */
export function readYaml(text: string): unknown {
  if (text.length > longest) return null
  try {
    const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent', stringKeys: true })
    return document.errors.length > 0
      ? null
      : valueOf(document.contents, { document, nodes: mostNodes, aliases: mostAliases }, 0)
  } catch {
    return null
  }
}

interface Reading {
  readonly document: Document
  nodes: number
  aliases: number
}

/** Throws where there is too much of it. */
function valueOf(node: unknown, reading: Reading, depth: number): unknown {
  if (depth > deepest || --reading.nodes < 0) throw new RangeError('too much')
  if (isAlias(node) && --reading.aliases < 0) throw new RangeError('too much')
  if (isAlias(node)) return valueOf(node.resolve(reading.document), reading, depth + 1)
  const plain = plainOf(node, reading, depth)
  const { tag } = node as Node
  if (tag === undefined || !/^!\w+$/.test(tag)) return plain
  return tag === '!Ref' || tag === '!Condition' ? { [tag.slice(1)]: plain } : { [`Fn::${tag.slice(1)}`]: plain }
}

function plainOf(node: unknown, reading: Reading, depth: number): unknown {
  if (isSeq(node)) return node.items.map((item) => valueOf(item, reading, depth + 1))
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [
        String(valueOf(key, reading, depth + 1)),
        valueOf(value, reading, depth + 1),
      ]),
    )
  return isScalar(node) ? String(node.value) : ''
}
