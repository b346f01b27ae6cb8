import type { PolicyType } from '../../iam/policy-type.ts'
import type { PolicyPlace } from '../policy-text.ts'

/*
 * What the words beside a policy tell of it: that it is of another type, or not in force.
 */

const wordsBefore = 80
const longestTemplate = 6000

/** Other policy types, whose documents look the same, and what people call them. */
const typeWords: readonly (readonly [type: PolicyType, words: string])[] = [
  ['service-control', 'SCPs?|service[ -]control'],
  ['resource-control', 'RCPs?|resource[ -]control'],
  ['permissions-boundary', 'boundar(?:y|ies)'],
  ['session', 'session[ -]polic(?:y|ies)'],
  ['vpc-endpoint', 'end-?points?|vpce'],
]
/** Of one of them, and nobody knows which. */
const unsaid = "organi[sz]ation(?:al|s|['\u2019]s)?[ -](?:unit[ -])?polic(?:y|ies)|guard[ -]?rails?"
const otherTypes = new RegExp(`\\b(?:${[...typeWords.map(([, words]) => words), unsaid].join('|')})\\b[^{}]*$`, 'i')
const namedTypes = typeWords.map(([type, words]) => ({ type, shape: new RegExp(`\\b(?:${words})\\b`, 'gi') }))
const otherKeys = /boundar|organi[sz]ation|control|end-?point|^scps?$/i
const parameter = /--[a-z-]{0,30}(?:policy|document)(?:[ =][^{}\n]{0,10})?$/

/** What is not yet in force when the error came: the policy that mended it, or that somebody asks about. */
const answer =
  /(?:(?<!(?:\bnot|n['\u2019]t|\bnever)[^{}.;\n]{0,24})\b(?:fixed|solved|resolved) (?:it|this|that|the \w{2,20})\b|\bsolution (?:is|was)\b|\bshould (?:I|we) (?:add|attach|use|write)\b|\byou (?:need|have|will need) to (?:add|attach)\b|\b(?:(?:please )?(?:make sure|ensure)|aseg\xFAr\w{1,4}|certifique-se|assicur\w{1,4}|stell(?:e|en Sie) sicher)\b)[^{}]{0,90}$/i

const isAnswer = (text: string, at: number): boolean => answer.test(text.slice(Math.max(0, at - 2 * wordsBefore), at))

export function isElsewhere(text: string, { span: [start], notation, keys }: PolicyPlace): boolean {
  if (keys.some((key) => otherKeys.test(key)) || isTold(text, start)) return true
  if (isOtherInCode(text, start)) return true
  // A template is introduced over its beginning.
  return notation === 'braces' ? false : isTold(text, fenceBefore(text, start))
}

/** The policy type of which the words before a policy tell, the last one of them; `null` where they tell of none. */
export function typeTold(text: string, { span: [start], notation }: PolicyPlace): PolicyType | null {
  const places = notation === 'braces' ? [start] : [start, fenceBefore(text, start)]
  for (const at of places) {
    const before = text.slice(Math.max(0, at - wordsBefore), at)
    if (parameter.test(before) || isAnswer(text, at)) return null
    const told = /[^{}]*$/.exec(before)?.[0] ?? ''
    const found = namedTypes.flatMap(({ type, shape }) =>
      [...told.matchAll(shape)].map(({ index }) => ({ type, index })),
    )
    const last = found.sort((a, b) => a.index - b.index).at(-1)
    if (last !== undefined) return last.type
  }
  return null
}

/** The names that programs and templates give to policies of other types, and calls that take one along. */
const otherNames =
  /(?:boundar|guard_?rail|\bscps?\b|_scps?\b|service_?control|end_?point|vpce|session_?polic|assume_?role(?!_?policy)\w*\(|get_?federation_?token)/i

/** In the same statement of a program, or in the first line of a block. */
function isOtherInCode(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - wordsBefore), start)
  const from = Math.max(...[';', '}', '\n\n', '```'].map((mark) => before.lastIndexOf(mark)))
  const [name = ''] = /^aws_iam_policy_document"[^{\n]{0,100}/.exec(text.slice(start, start + wordsBefore + 40)) ?? []
  const code = before.slice(from + 1)
  return otherNames.test(name) || (/[=({:[]\s*(?:new )?[\w.]*(?:\(\s*)?$/.test(code) && otherNames.test(code))
}

function isTold(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - wordsBefore), at)
  return otherTypes.test(before) || parameter.test(before) || isAnswer(text, at)
}

/** Where the block of code begins that it stands in, or its lines do. */
function fenceBefore(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - longestTemplate), start)
  const fence = before.lastIndexOf('```')
  const gap = Math.max(before.lastIndexOf('\n\n'), before.lastIndexOf('\n\r\n'))
  const begins = fence !== -1 && !/\n\S[^\n]*```\s*$/.test(before.slice(0, fence + 3)) ? fence : gap
  return begins === -1 ? start : start - before.length + begins
}

/** Errors of those who deploy: what their templates hold is for others, and not there yet. */
const deployment =
  /\b(?:CREATE|UPDATE|DELETE|ROLLBACK)_FAILED\b|\bResourceStatusReason\b|\bHandlerErrorCode\b|^[ \t\u2500-\u257F*]{0,40}Error: (?:[Ee]rror )?(?:creating|updating|putting|deleting|reading|attaching|tagging|failed)\b|^[ \t\u2500-\u257F]{0,40}with (?:module\.[\w.[\]"-]{1,120}\.)?aws_\w+\.[\w-]+|\bServerless ?Error\b|^[ \t]{0,40}[$>#%] ?(?:npx )?(?:cdk|sls|serverless|sam|terraform|pulumi|aws cloudformation) (?:deploy|apply|up|destroy|plan|create|update)/m
const ofExecutionRole = /\b(?:execution|provided) role\b/i

export const isDeployed = (text: string): boolean => deployment.test(text) && !ofExecutionRole.test(text)
