import type { Locale } from '../reply/schema.ts'
import { en, type Words } from './words-en.ts'
import { ko } from './words-ko.ts'

export type { Words } from './words-en.ts'

/** The page's own words. What the service says about a denial comes in the reader's language from the service. */
export const words: Readonly<Record<Locale, Words>> = { en, ko }
