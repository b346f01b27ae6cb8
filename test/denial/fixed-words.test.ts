import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { indexWords } from '../../src/denial/fixed-words.ts'

/** Every word at every place of a text, as the index finds them. */
function found(words: readonly string[], text: string): readonly string[] {
  const index = indexWords(new Map(words.map((word) => [word, word])))
  const all: string[] = []
  for (let at = index.next(text, 0); at !== -1; at = index.next(text, at + 1))
    for (const word of index.at(text, at)) all.push(`${at} ${word}`)
  return all
}

/** The same without an index. */
function expected(words: readonly string[], text: string): readonly string[] {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length)
  return Array.from(text, () => null).flatMap((_, at) =>
    longestFirst.filter((word) => text.startsWith(word, at)).map((word) => `${at} ${word}`),
  )
}

t.test('finds what a plain search finds, the longest first', (t) => {
  const words = ['abc', 'abcd', 'abcde', 'abd', 'bcd', 'not authorized', 'not authorised']
  t.strictSame(found(words, 'xabcdef'), ['1 abcde', '1 abcd', '1 abc', '2 bcd'])
  t.strictSame(found(words, 'not authorised'), ['0 not authorised'])
  t.strictSame(found(words, 'abc'), ['0 abc'], 'at the very end')
  t.strictSame(found(words, 'ab'), [])
  t.strictSame(found(words, ''), [])
  // Capitals and signs share bits with small letters.
  t.strictSame(found(words, 'ABC a\u0002c \u0161bc'), [])
  t.end()
})

t.test('whatever the words and the text', (t) => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ':', '한'), minLength: 3, maxLength: 7 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 6 }), (words, parts) => {
      const text = [...parts, ...words.slice(0, 4)].join('')
      assert.deepEqual(found(words, text), expected(words, text))
    }),
    { numRuns: 500, seed: 20_260_105 },
  )
  t.end()
})

t.test('a word has to be long enough to be told apart', (t) => {
  t.throws(() => indexWords(new Map([['s3', 1]])), /too short/)
  t.end()
})
