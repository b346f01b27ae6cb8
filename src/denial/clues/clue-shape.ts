/** A kind of phrase that speaks for a cause, as a row: adding one touches one place. */
export interface ClueShape {
  readonly kind: string
  /** Literals in lower case; one of them has to stand in the text, whatever its case. */
  readonly phrases: readonly string[]
  /**
   * Reads values as named groups from the text around the phrase. Quantifiers are bounded and the window is small,
   * so that a search stays linear in the text. Where it does not match there is no clue.
   */
  readonly capture?: RegExp
  /** What all that `capture` matches has in it, where that is found much faster. */
  readonly needs?: RegExp
  /** Values that the phrase itself stands for. */
  readonly values?: Readonly<Record<string, string>>
  /** Characters before the phrase that belong to the window of `capture`. */
  readonly before?: number
  /** It names what the error right behind it is about: each place counts, also of one name. */
  readonly ofNextError?: true
  /** It counts only as words of a sentence, not as part of a name, a field or code. */
  readonly inProse?: true
  /** The sentence is a denial by itself, also where no word of it says so. */
  readonly standsAlone: boolean
  /** Who prints it. */
  readonly seen: string
  readonly example: string
}
