const blank = 0x20
const newline = 0x0a

const plain = new Map<number, number>([
  ...[0xa0, 0x1680, 0x202f, 0x205f, 0x3000].map((code) => [code, blank] as const),
  // Quotes that keyboards, chats and East Asian prose put in place of the plain ones.
  ...[0xab, 0xbb, 0x201c, 0x201d, 0x201e, 0x201f, 0x300c, 0x300d, 0x300e, 0x300f, 0xff02].map(
    (c) => [c, 0x22] as const,
  ),
  ...[0x2018, 0x2019, 0x201a, 0x201b, 0xff07].map((code) => [code, 0x27] as const),
  ...[0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xff0d].map((code) => [code, 0x2d] as const),
  [0x2028, newline],
  [0x2029, newline],
  [0x21b5, newline], // the sign that debuggers print for a line break
  [0xff08, 0x28],
  [0xff09, 0x29],
  [0xff0c, 0x2c],
  [0xff1a, 0x3a],
  [0xff1b, 0x3b],
])

const invisible = new Set([0xad, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff])

/** The plain character for an exotic one; -1 for one that shows nothing. */
export function plainCharacter(code: number): number {
  if (code >= 0x2000 && code <= 0x200a) return blank
  if (isFrame(code)) return blank
  return invisible.has(code) ? -1 : (plain.get(code) ?? code)
}

/** Box drawing, as Terraform and table printers put it round a message. */
export const isFrame = (code: number): boolean => code >= 0x2500 && code <= 0x259f
