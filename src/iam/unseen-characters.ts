/**
 * Characters that a reader does not see and that change what he does see: controls, which move the cursor of a terminal,
 * and those that turn the direction of the text round. Tabs and line breaks are none.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const unseen = /[^\P{Cc}\t\n]|[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/** The text with something else in place of each. */
export const withoutUnseen = (text: string, by: string | ((char: string) => string)): string =>
  text.replaceAll(unseen, (char) => (typeof by === 'string' ? by : by(char)))

export const holdsUnseen = (text: string): boolean => text.search(unseen) !== -1
