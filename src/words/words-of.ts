import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Locale } from './locale.ts'
import type { Words } from './words.ts'

const tables: Readonly<Record<Locale, Words>> = { en, ko }

export const wordsOf = (locale: Locale): Words => tables[locale]
