/**
 * A paste in the fragment of a link. Browsers keep the part after `#` to themselves, so no server sees it;
 * it is compressed to stay short enough for chat programs.
 */

const prefix = '#paste='
/** Longer links are cut by mail and chat programs. */
const longestLink = 30_000
/** No more than the service reads: a small link may unpack to any size. */
const longestText = 1024 * 1024

/** The fragment for a text, or `null` where the link would be too long to pass on. */
export async function encodeFragment(text: string): Promise<string | null> {
  const packed = await throughStream(new TextEncoder().encode(text), new CompressionStream('deflate-raw'), Infinity)
  const fragment = prefix + toBase64Url(packed)
  return fragment.length > longestLink ? null : fragment
}

export const isPasteLink = (fragment: string): boolean => fragment.startsWith(prefix)

/** The text of a link's fragment; `null` where there is none or it is damaged. */
export async function decodeFragment(fragment: string): Promise<string | null> {
  if (!fragment.startsWith(prefix)) return null
  try {
    const packed = fromBase64Url(fragment.slice(prefix.length))
    const unpacked = await throughStream(packed, new DecompressionStream('deflate-raw'), longestText)
    return new TextDecoder('utf-8', { fatal: true }).decode(unpacked)
  } catch {
    return null
  }
}

async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    length += step.value.length
    if (length > limit) {
      await reader.cancel()
      throw new RangeError('longer than the service reads')
    }
    chunks.push(step.value)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
