import { formatArn, isAccountId, parseArn } from './arn.ts'
import { withOpen } from './open-text.ts'

/*
 * What somebody put in place of a value of a policy, or of a message, before showing it. It may stand for anything, so
 * it proves nothing, and nobody can use it.
 */

/** How a hidden value is told. */
export const hiddenMark = '[hidden]'

const said = 'REDACTED|MASKED|HIDDEN|REMOVED|CENSORED|OBFUSCATED|SANITIZED|ANONYMIZED'
const marks = new RegExp(
  [
    // `<account>`, `{account}`, `[hidden]`; a range of letters, `[a-z]`, is what somebody took for a pattern.
    String.raw`<{1,3}[^<>]{1,60}>{1,3}`,
    String.raw`(?<!\$)\{{1,2}[A-Za-z][\w .-]{1,60}\}{1,2}`,
    String.raw`\[[A-Za-z]{3,40}(?:[ _-][A-Za-z]{3,20}){0,3}[ _-]?\d{0,2}\]`,
    String.raw`\[(?:\*|\.|x|X|\u2026){1,40}\]`,
    String.raw`\*{3,60}|\.{3,60}|\u2026{1,20}|#{3,60}|[\u2022\u25a0\u25cf\u2588\u2591-\u2593]{2,60}`,
    // Of an address: `10.0.x.x`.
    String.raw`(?<![\w.])(?:\d{1,3}\.){0,3}(?:[xX]{1,3}\.){1,3}[xX]{1,3}(?![\w.])|(?<=\d\.)[xX]{1,3}(?![\w.])`,
    String.raw`(?<![A-Za-z\d])(?:x{3,60}|X{3,60})(?![A-Za-z\d])|x{5,60}|X{5,60}`,
    String.raw`(?<![A-Za-z\d])(?:[A-Z]{1,20}[_-]){0,3}(?:${said})(?:[_-][A-Z]{1,20}){0,5}(?![A-Za-z\d])`,
    String.raw`(?<![^:/])(?:redacted|Redacted)(?![^:/])`,
  ].join('|'),
  'gu',
)
const wholly = /^(?:masked|hidden|removed|censored|obfuscated|sanitized|anonymized)$/iu
/** Any of the characters of which a mark has one. */
const mayHold = /[<{[*.\u2026#\u2022\u25a0\u25cf\u2588\u2591-\u2593]|x{3}|X{3}|[A-Z]ED|[Ee]dacted|HIDDEN/u

/** The text with something else in place of each mark. */
const replaced = (text: string, by: string): string => {
  if (wholly.test(text)) return by
  return mayHold.test(text) ? text.replaceAll(marks, by) : text
}

/** Accounts that are no number, and which AWS itself writes. */
const named: ReadonlySet<string> = new Set(['aws', 'amazon', 'aws-marketplace', 'cloudfront', 'third-party'])
const region = /^(?:[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\d{1,2}|(?:aws-)?global)$/u

const isOfAws = (account: string): boolean => account === '' || isAccountId(account) || named.has(account)

/** What is shown of an account has to fit: `********6666`. A number of another length is none. */
export const openedAccount = (account: string): string => {
  if (isOfAws(account) || (/[*?]/u.test(account) && !account.includes('***'))) return account
  return /^\d*$/u.test(account) ? '*' : account.replaceAll(/\D{1,60}/gu, '*')
}

const regionOpened = (text: string): string =>
  text === '' || (replaced(text, '') === text && (region.test(text) || /[*?]/u.test(text))) ? text : '*'

/** Parts that something else fills in before a policy is stored, such as `${AWS::AccountId}`. */
const withoutOpen = (text: string): string => withOpen(text, '<open>')

/** A pattern that fits all that a text may stand for; the text itself, where nothing in it is hidden. */
export const openedText = (text: string): string => replaced(text, '*')

/** The same of an ARN in a policy, of which the account and the Region have forms of their own. */
export const openedArn = (text: string): string => {
  const arn = parseArn(withoutOpen(text))
  if (arn === null) return openedText(text)
  return formatArn({
    ...arn,
    region: regionOpened(arn.region),
    account: openedAccount(arn.account),
    resource: replaced(arn.resource, '*'),
  })
}

/** The text with `<…>` in place of what is hidden. */
export const markedText = (text: string): string => replaced(text, '<hidden>')

/** Whether a value of a policy, or a part of it, is hidden. */
export const isHiddenText = (text: string): boolean => replaced(text, '') !== text

export const isHiddenArn = (text: string): boolean => openedArn(text) !== text

/** Which part of an ARN in a policy is hidden first. */
export const hiddenPartOf = (text: string): 'account' | 'region' | 'name' => {
  const arn = parseArn(withoutOpen(text))
  if (arn === null) return 'name'
  if (openedAccount(arn.account) !== arn.account) return 'account'
  return regionOpened(arn.region) === arn.region ? 'name' : 'region'
}

/** The value as it can be written into a policy: places to fill where something is hidden. */
export const withPlaces = (text: string): string => {
  const arn = parseArn(text)
  if (arn === null) return marked(text, '<HiddenPart>')
  return formatArn({
    ...arn,
    region: regionOpened(arn.region) === arn.region ? arn.region : marked(arn.region, '<Region>', true),
    account: openedAccount(arn.account) === arn.account ? arn.account : marked(arn.account, '<AccountId>', true),
    resource: marked(arn.resource, '<HiddenPart>'),
  })
}

/** A place that is marked already stays, and marks side by side are one. */
const marked = (text: string, place: string, isWhole = false): string => {
  if (/^<[A-Za-z][\w -]{0,60}>$/u.test(text) || text.includes('${')) return text
  if (isWhole) return place
  return wholly.test(text)
    ? place
    : text
        .replaceAll(marks, (mark) => (/^<[A-Za-z][\w -]{0,60}>$/u.test(mark) ? mark : place))
        .replaceAll(`${place}${place}`, place)
        .replaceAll(`${place}${place}`, place)
}
