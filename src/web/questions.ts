import type { ReplyDiagnosis } from '../reply/schema.ts'
import type { HintName } from './given.ts'
import type { UnknownFact } from './reply-types.ts'
import type { Words } from './words.ts'

/** Something that the reader may know and the policies hang on, with the answers that offer themselves. */
export type OpenQuestion =
  | {
      readonly about: 'context-key'
      readonly key: string
      readonly shape: 'yes-no' | 'value'
      /** Values that the policies compare with. */
      readonly suggestions: readonly string[]
      readonly sentences: readonly string[]
    }
  | { readonly about: 'hint'; readonly name: HintName }

/** What is worth asking, each once: first the context keys on which statements hang, then a missing resource. */
export function openQuestions(diagnosis: ReplyDiagnosis): readonly OpenQuestion[] {
  const facts = (diagnosis.verdict?.policyTypes ?? []).flatMap(({ unknowns }) => unknowns)
  const ofKeys = facts.filter(({ kind, key, values }) => kind === 'context-key' && key !== null && !areHidden(values))
  const keys = new Set(ofKeys.map(lowerKey))
  const questions = [...keys].flatMap((key) => contextQuestion(ofKeys.filter((fact) => lowerKey(fact) === key)))
  return lacksResource(diagnosis) ? [...questions, { about: 'hint', name: 'resource' }] : questions
}

function contextQuestion(facts: readonly UnknownFact[]): readonly OpenQuestion[] {
  const key = facts[0]?.key
  if (key === null || key === undefined) return []
  const isYesNo = facts.every(({ operator }) => /^bool/i.test(operator ?? '') || /^null$/i.test(operator ?? ''))
  const suggestions = isYesNo ? [] : [...new Set(facts.flatMap(({ values }) => values))].filter(isPlainValue)
  const sentences = [...new Set(facts.flatMap(({ sentence }) => (sentence === undefined ? [] : [sentence])))]
  return [
    { about: 'context-key', key, shape: isYesNo ? 'yes-no' : 'value', suggestions: suggestions.slice(0, 5), sentences },
  ]
}

/** Nobody can compare with what is hidden. */
const areHidden = (values: readonly string[]): boolean =>
  values.length > 0 &&
  values.every((value) =>
    /^(?:\W{0,3}(?:[xX]{3,60}|[*.#\u2022]{3,60}|[A-Za-z]{0,10}(?:redacted|hidden|masked|REDACTED|HIDDEN|MASKED))\W{0,3}|<[^<>]{1,60}>)$/.test(
      value,
    ),
  )

const lowerKey = ({ key }: UnknownFact): string => (key ?? '').toLowerCase()

/** A pattern or a variable is nothing that a request can hold. */
const isPlainValue = (value: string): boolean => value !== '' && !/[*?]|\$\{/.test(value)

function lacksResource({ requests, denial }: ReplyDiagnosis): boolean {
  const isAuthorization = denial.class === 'authorization' || denial.class === 'bare'
  return isAuthorization && requests[0]?.resource === null
}

/** `aws:PrincipalTag/team` and its like ask for the tag; keys that nobody has words for are asked by name. */
export function questionText(key: string, { questions }: Words): string {
  const [name = '', tag] = key.split(/\/(.*)/s, 2)
  const ofTag = tag === undefined ? undefined : questions.tag[name.toLowerCase()]
  return ofTag?.(tag ?? '') ?? questions.keys[key.toLowerCase()] ?? questions.generic(key)
}
