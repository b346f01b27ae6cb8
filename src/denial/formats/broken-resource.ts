import { sliceOf, type SqueezedText } from '../squeezed-text.ts'

/*
 * ARNs that a terminal, a mail or a PDF broke, and whoever copied them made blanks of the breaks, or left a line that
 * starts with `/`. No name of most services has a blank in it, so what AWS says next ends them.
 */

/** How the sentence in front of the resource was broken: within the caller's name, which has no breaks of its own. */
export interface Breaks {
  readonly blanks: boolean
  readonly lines: boolean
}

const placeholders = /<[^<>]{0,60}>|\[[^[\]]{0,60}\]|\{[^{}]{0,60}\}/g

export const unbroken: Breaks = { blanks: false, lines: false }

export function breaksIn(name: string): Breaks {
  const isArn = /^arn\s?:/.test(name)
  const shown = name.replace(placeholders, 'x')
  return { blanks: isArn && /\S \S/.test(shown), lines: isArn && shown.includes('\n') }
}

const withoutBlanksInNames = [
  'acm|apigateway|athena|backup|bedrock|bedrock-agentcore|batch|cloudformation|cloudfront|codeartifact|codebuild',
  'codecommit|codepipeline|cognito-identity|cognito-idp|dynamodb|ec2|ecr|ecs|eks|elasticache|elasticfilesystem',
  'elasticloadbalancing|es|events|firehose|iam|kafka|kinesis|kms|lambda|rds|route53|sagemaker|scheduler',
  'secretsmanager|sns|sqs|ssm|states|wafv2',
].join('|')
/** Of these services no name has a blank in it; of CloudWatch Logs no group, of S3 no bucket has. */
const unspaced = new RegExp(
  String.raw`^arn:[\w-]{1,20}:(?:(?:${withoutBlanksInNames}):|logs:[^:]{0,30}:[^:]{0,60}:log-group:[^:]{0,520}(?::(?:\*|log-stream:?)?)?$|s3:::[^/]{1,90}$)`,
)
/** `delivery streams/orders`: services print a kind of resource in two words. */
const kindInWords = /^arn:(?:[^:\n]*:){4}[a-z]{2,20}(?: [a-z]{2,20}){1,2}\/\S/
export const isUnspaced = (raw: string): boolean => unspaced.test(raw) && !kindInWords.test(raw)

const anyBlanks = /(<[^<>]{0,60}>|\[[^[\]]{0,60}\]|\{[^{}]{0,60}\})|\s+/g
const bucketOfObject = /^arn:[\w-]{1,20}:s3:::[^/]{1,90}(?=\/)/

/** The ARN without the blanks that a break put into it. */
export const joinedArn = (raw: string): string => {
  const name = isUnspaced(raw) ? raw : (bucketOfObject.exec(raw)?.[0] ?? '')
  return (
    name.replace(anyBlanks, (_, placeholder: string | undefined) => placeholder ?? '') +
    // The key of an object may have blanks of its own.
    raw.slice(name.length)
  )
}

/** Of a sentence that goes on, and of no name that was broken at it. */
const ofProse =
  /^(?:a|after|an|and|are|as|at|because|before|but|by|despite|during|error|even|failed|fails|for|from|gave|got|has|have|how|i|if|in|inside|into|is|it|its|my|not|of|on|or|please|since|so|that|the|their|then|there|this|to|via|was|we|were|what|when|where|which|while|why|with|within|without|you|your)$/i
const ofName = /^[^\s,;"'`()|]{1,400}$/
/** A second ARN, and punctuation with a blank behind it. */
const ofSentence = /[.,;:!?] |arn:.{1,400}arn:/

/** Whether these are the parts of one ARN, in whose names blanks cannot be. */
export function isBrokenArn(raw: string): boolean {
  if (raw.length > 500 || !raw.startsWith('arn:') || /\n\s*\n|[.,;:]\s*$/.test(raw) || ofSentence.test(raw))
    return false
  const shown = raw.trim().replace(placeholders, 'x')
  // A blank in a field before the resource is part of what somebody put in its place.
  if (!/^arn:(?:[^\s:]*:){4}\S/.test(shown)) return false
  const others = shown.split(/\s+/).slice(1)
  return (
    (isUnspaced(raw) || (bucketOfObject.test(raw) && /^[^/]*\s/.test(raw))) &&
    others.length < 8 &&
    others.every((part) => ofName.test(part) && !ofProse.test(part))
  )
}

const restOfLine = (squeezed: SqueezedText, end: number): string => {
  const at = (squeezed.at[end - 1] ?? 0) + 1
  return squeezed.view.text.slice(at, at + 400)
}

const nextWord = /^ ([^\s,;"'`()|]{1,200})/
/** What ends the sentence behind a name: the line, a bracket with what the service adds. */
const endOfSentence = /^[.,;"'`)\]}]{0,4}(?: ?\(|\s*\n|\s*$)/
/** Words have letters alone. */
const isNoWord = (text: string): boolean => /[-/:_\d]/.test(text.slice(0, -1)) || /[a-z][A-Z]/.test(text)

/**
 * Where an ARN ends that no reason follows, in a text whose blanks broke the caller's name already: `…:role/orders-ser
 * vice-role (RequestId: …)`. `cut`: something else than a sentence goes on there, and nobody can tell how far.
 */
export function behindBlanks(squeezed: SqueezedText, start: number, end: number): number | 'cut' | null {
  if (!isUnspaced(sliceOf(squeezed, start, end)) || /[.,;]$/.test(sliceOf(squeezed, start, end))) return null
  let last = end
  for (let words = 0; words < 4; words++) {
    const rest = restOfLine(squeezed, last)
    if (words > 0 && endOfSentence.test(rest)) return last
    const word = nextWord.exec(rest)?.[1]
    if (word === undefined || ofProse.test(word.replace(/[.:!?]+$/, ''))) return words === 0 ? null : last
    const name = word.replace(/[.:!?]+$/, '')
    if (!isNoWord(name) || /^\d{4}-\d\d-\d\d/.test(name) || name.startsWith('arn:')) return words === 0 ? 'cut' : last
    last += name.length
    if (name !== word) return last
  }
  return 'cut'
}

/** Stage, method and path of a call, each behind a slash. */
const ofApi = /^arn:[\w-]{1,20}:execute-api:[^/\s]{1,200}(?:\/[^/\s]{1,128}){0,2}$/
const restOfCall =
  /^\n(\/(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY|\*)(?:\/[^\s"'`,;()]{0,300})?|@connections\/[^\s"'`,;()]{1,300}))(?=["'`,;.)]{0,4}\s*(?:\n|$))/
const withPaths = /^arn:[\w-]{1,20}:(?:iam|logs|s3|secretsmanager|ssm):/
const restOfPath = /^\n(\/[A-Za-z0-9_][\w+=,.@:*/-]{0,300})(?=["'`)]{0,4}\s*(?:\n|$))/
/** Folders of a machine, as logs have them at the start of a line. */
const ofMachine =
  /^\/(?:app|bin|builds?|dev|etc|home|lib|mnt|opt|private|proc|root|srv|tmp|usr|users|var|workspace)\/|:\d+$/i

/** A name that stops at a line's end goes on where the next line is a path and nothing else. */
export function behindLine(squeezed: SqueezedText, start: number, end: number, breaks: Breaks): number | null {
  const name = sliceOf(squeezed, start, end)
  const rest = restOfLine(squeezed, end)
  const call = ofApi.test(name) ? restOfCall.exec(rest)?.[1] : undefined
  if (call !== undefined) return end + call.length
  const path = breaks.lines && withPaths.test(name) ? restOfPath.exec(rest)?.[1] : undefined
  return path === undefined || ofMachine.test(path) || /[.:,]$/.test(path) ? null : end + path.length
}
