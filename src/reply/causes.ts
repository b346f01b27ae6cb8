import * as z from 'zod'
import { causeFamilies } from '../diagnosis/catalogue-entry.ts'
import { catalogue } from '../diagnosis/catalogue.ts'
import { causeCodes, type CauseCode } from '../diagnosis/cause-code.ts'
import { remedyKinds } from '../remedy/remedy.ts'
import type { Locale } from '../words/locale.ts'
import { wordsOf } from '../words/words-of.ts'

/** The catalogue as `GET /v1/causes` gives it: the same entries and words that the diagnoses use. */

export const causeEntrySchema = z
  .object({
    code: z.enum(causeCodes),
    family: z.enum(causeFamilies),
    title: z.string().meta({ description: 'A fact, lower case, no full stop.' }),
    explanation: z.string().meta({ description: 'Plain sentences; names, ARNs and keys stand between backticks.' }),
    recognised: z.string().meta({ description: 'How it is recognised, and what rules it out.' }),
    fix: z.string().meta({ description: 'What puts it right, in general.' }),
    fixKinds: z.array(z.enum(remedyKinds)).meta({ description: 'Kinds of change, the usual one first.' }),
    doNot: z.array(z.string()).meta({ description: 'Advice that is often given for it and is wrong.' }),
    example: z.object({ text: z.string(), policies: z.looseObject({}).nullable() }).meta({
      description:
        'What people paste when this is the cause, with the policies that decide it where the text does not.',
    }),
    references: z.array(z.object({ title: z.string(), url: z.string() })),
  })
  .meta({ id: 'CauseEntry' })
export const causeListSchema = z.object({ causes: z.array(causeEntrySchema) }).meta({ id: 'CauseList' })

export type CauseEntry = z.infer<typeof causeEntrySchema>
export type CauseList = z.infer<typeof causeListSchema>

export const isCauseCode = (code: string): code is CauseCode => Object.hasOwn(catalogue, code)

export function describeCause(code: CauseCode, locale: Locale): CauseEntry {
  const words = wordsOf(locale)
  const { family, fixKinds, doNot, example, references } = catalogue[code]
  const { title, what, inGeneral, why, recognised, fix } = words.causes[code]
  return {
    code,
    family,
    title,
    // What holds of the cause in general; a diagnosis says the same with its own names.
    explanation: `${inGeneral ?? words.frames.evaluated(what({}))} ${why({})}`,
    recognised,
    fix,
    fixKinds: [...fixKinds],
    doNot: doNot.map((one) => words.doNot[one]),
    example: { text: example.text, policies: example.policies === null ? null : { ...example.policies } },
    references: references.map(({ title: page, url }) => ({ title: page, url })),
  }
}

export const describeCauses = (locale: Locale): CauseList => ({
  causes: causeCodes.map((code) => describeCause(code, locale)),
})
