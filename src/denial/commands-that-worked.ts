import type { Span } from './denial.ts'

/* Commands that are shown because they work: what was refused is another one. */

const claim = /\b(?:I|we) can (?:see|list|read|run|do|use|upload|download|access)\b|\b(?:I am|I'm|we are) able to\b/iu
const doubt = /\b(?:but|error|fail\w*|denied|not|get|when|if)\b|[.;:$]/iu

const anotherPlace =
  /\b(?:locally|local|laptop|machine|computer|desktop|mac|pc|workstation|as (?!(?:expected|well|usual|you|we|if|soon|long|it|such|below|follows|shown)\b)[`'"]?[a-z][\w.-]{1,30}|from (?:my|our|the|an?)|in (?:my|our|the|another)|(?:with|using) (?:my|our|the(?! same)|another) [\w ]{0,20}(?:user|profile|role|credentials|account))\b/iu
const anotherCommand = /(?<![\w./-])aws [a-z0-9-]{2,30} [a-z]/u

/** `I can run aws s3 cp … from my laptop`: the same command may be refused elsewhere, where no other one is named. */
function isOfAnotherPlace(text: string, at: number, before: string): boolean {
  const after = text.slice(at, at + 300)
  const line = after.split('\n', 1)[0] ?? ''
  return anotherPlace.test(before + line) && !anotherCommand.test(after.slice(1))
}

/** `I can see the buckets doing aws s3 ls`: what works is not what was refused. */
export function isSaidToWork(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 90), at)
  const line = near.slice(near.lastIndexOf('\n') + 1)
  const said = claim.exec(line)
  return (
    said !== null &&
    !isOfAnotherPlace(text, at, line.slice(said.index)) &&
    !doubt.test(line.slice(said.index + said[0].length)) &&
    !/\b(?:only|if|whether) $/iu.test(line.slice(0, said.index))
  )
}

const worked =
  /^[^`'"\n]{0,160}[`'"],? (?:(?:and|which|that|it|command|call|also|itself|still|just|all|then|always|correctly|this|does) ){0,3}(?:work(?:s|ed)?|succeed(?:s|ed)|pass(?:es|ed)|match(?:es|ed)|(?:show|print|return|list|display|give)s (?:me )?(?:(?:the|my|our) )?(?:right|correct|expected|proper|intended|(?:[a-z]+(?:'s)? )?(?:role|user|account|identity)\b)|(?:is|was) (?:ok|okay|fine|successful))\b/iu
const inOtherCase = /\b(?:only|if|when|unless|after|until|except|once|with(?:out)?|using|for|no longer)\b/iu

/** The same without quotes: `aws s3 ls with the same credentials lists our buckets`. */
const workedInProse =
  /^aws [a-z0-9-]{2,30} [a-z][a-z0-9-]{1,60}(?: (?!(?:and|but|not|never|only|no|n't)\b)[\w:/.-]{1,60}){0,6} (?:works?|worked|succeed(?:s|ed)|(?:lists|shows|prints|returns) (?:(?:me )?(?:our|my|the|all|them|every|both)\b))(?! (?:no|nothing|only)\b)/u

/** `` `aws s3 ls` works ``, `` `aws sts get-caller-identity` prints the right role ``: it was looked at, and not refused. */
export function isFoundToWork(text: string, at: number): boolean {
  const [line = ''] = text.slice(at, at + 300).split('\n', 1)
  const isQuoted = /[`'"]/u.test(text[at - 1] ?? '')
  const said = (isQuoted ? worked : workedInProse).exec(line)
  if (said === null) return false
  const rest = line.slice(said[0].length)
  const [sentence = ''] = rest.split(/[.;,]|\bbut\b/u, 1)
  return !inOtherCase.test(sentence) && !isOfAnotherPlace(text, at, '')
}

const longestOutput = 6000
/** What `aws s3 ls` prints of objects and of prefixes. */
const listed = /^\s*(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s|PRE \S)/u
const table = /^-{20,}$|^\+-{10,}/u

/** What it printed stands below it, and is no error: `aws s3 ls`, its list, and then what somebody else was told. */
export function hasOutput(text: string, [start, end]: Span): boolean {
  const command = text.slice(start, end)
  if ((command.match(/["']/gu)?.length ?? 0) % 2 === 1) return false
  const below = text.slice(end + 1, end + longestOutput).replace(/^[ \t]*\n/u, '')
  const [first = '', second = ''] = below.split('\n', 2)
  const isOutput =
    listed.test(first) || (table.test(first) && second.startsWith('|')) || isAnswer(command, first.trim(), below)
  return isOutput && !isOfAnotherPlace(text, start, paragraphBefore(text, start))
}

/** JSON on lines of its own; behind a command that writes, a policy is what was sent with it. */
function isAnswer(command: string, first: string, below: string): boolean {
  if (first !== '{' && first !== '[') return false
  const close = below.search(/\n[ \t]{0,3}[}\]](?!,)/u)
  if (close === -1) return false
  const json = below.slice(0, close)
  if (/error|denied|exception|forbidden/iu.test(json)) return false
  return /"Statement"/u.test(json) ? /\s(?:get|list|describe)-/u.test(command) : true
}

function paragraphBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - 200), at)
  return near.slice(near.lastIndexOf('\n\n') + 1)
}
