// Far enough to see what a word belongs to, near enough to keep the search linear in the text.
const around = 160

/**
 * Whether a phrase is part of what somebody tells. The same letters stand in the names of resources, in hosts, code,
 * options and fields of logs (`acme-sandbox`, `namespace=sandbox`, `organizations.list_roots()`), where they tell
 * nothing about the account, and in sentences that AWS prints for everybody (`contact your administrator`).
 */
export function isToldInProse(text: string, start: number, end: number): boolean {
  if (nameCharacter.test(text.charAt(start - 1))) return isAlternative(text, start, end)
  const ending = wordEnding.exec(text.slice(end, end + 4))
  if (ending === null) return false
  const phrase = text.slice(start, end)
  const wordEnd = end + ending[0].length
  const before = text.slice(Math.max(0, start - around), start)
  const after = text.slice(wordEnd, wordEnd + around)
  const line = { before: before.slice(before.lastIndexOf('\n') + 1), after: after.split('\n', 1)[0] ?? '' }
  return (
    (!goesOn.test(line.after) || compound.test(line.after) || isAlternative(text, start, wordEnd)) &&
    !isInField(line.before, line.after) &&
    !isInCode(line.before, phrase, line.after) &&
    !isSaidToAnybody(before.replaceAll(/\s+/g, ' '), phrase, text.slice(end, wordEnd + 60).replaceAll(/\s+/g, ' '))
  )
}

/** Plurals and the like belong to the word; any other letter makes another word of it. */
const wordEnding = /^(?:['\u2019]?s|al)?(?![A-Za-z0-9])/

// What has no blank around it is one name: `acme-sandbox`, `organizations.list`, `sandbox/orders`.
const nameCharacter = /[\w/\\@:=.$+~%&-]/
const goesOn = /^(?:[\w/\\@=$+~%&-]|[.:?][\w/\\*$-])/
const compound = /^-(?:wide|level|based|managed|owned|enabled|enforced|imposed|related|like|protected|required)\b/

/** `SCP/RCP` or `boundary/SCP`, as nobody names a folder. */
const isAlternative = (text: string, start: number, end: number): boolean =>
  text.slice(start, start + 3) === 'SCP' &&
  (/(?:^|\s)[A-Za-z]+\/$/.test(text.slice(Math.max(0, start - 30), start)) || text[start - 1] === ' ') &&
  /^s?(?:\/[A-Za-z]+)?(?:$|[\s,.;)?])/.test(text.slice(end, end + 30))

const opensField = /(?:^|[\s{,;([])["']?[\w.-]{1,40}["']?\s?[:=]\s?["'`]?$/
const insideQuotedField = /["'\w]\s?[:=]\s?"[^"]{0,150}$/
// Labels that introduce a name: `on resource: role x`, `User: x`, `operation error X:`.
const introducesName =
  /(?:\bon resource:? ?["']?(?:(?:role|user|group|policy|policy path|instance profile|mfa|provider) )?|\b(?:user|principal|resource|service): ?["'`]?|\boperation error |\bprofile |\bworkspace )$/i

/** A value or a key: `namespace: sandbox`, `"team": "our sandbox"`, `Organization: acme`, `creating Cluster (sandbox):`. */
function isInField(before: string, after: string): boolean {
  if (introducesName.test(before)) return true
  const isKey = /(?:^|[{,;([])\s*["'`]?$/.test(before) && /^["'`]?\s?(?:[:=]|=>)/.test(after)
  if (isKey || /^\s?=(?!=)/.test(after)) return true
  if (insideQuotedField.test(before)) return true
  if (opensField.test(before) && /^["'`]?\s*(?:$|[,;)}\]])/.test(after)) return true
  return (/\(["'`]?$/.test(before) && /^["'`]?\):/.test(after)) || (/\[["'`]?$/.test(before) && /^["'`]?\]/.test(after))
}

/** Options, calls and commands. */
const isInCode = (before: string, phrase: string, after: string): boolean =>
  /(?:^|\s)--?[A-Za-z][\w-]{0,40}[ =]["'`]?$/.test(before) ||
  /^["'`]?\((?!s\))/.test(after) ||
  /[\w)]\(["'`]$/.test(before) ||
  /["'`]\s["'`]$/.test(before) ||
  /(?:^|[\s$`])aws $/.test(before) ||
  // The program, not the policy.
  (phrase === 'scp' && /^ (?:-\w|\S*[./:@\\]\S)/.test(after))

const administrator = /^administrator$/i
// Those whom a sentence sends to somebody else do not say that they are one.
const sendsToAdministrator =
  /\b(?:your|their|contact|ask|see|notify|consult|request|inform|tell|(?:by|from|to|with) (?:an?|the|our|my|its))(?: (?:an?|the|your|our|my|their|its|organization['\u2019]s|aws|amazon|account|system|network|it|cloud|domain|organization|company|security|local|site|workspace|server|help desk|or)){0,4} $/i
const isOneself =
  /^(?:s|['\u2019]s)? (?:role|user|account|access|permissions?|rights|privileges|policy|profile|credentials|group)\b/i
const asksAdministrator =
  /^s? (?:or you\b|for (?:help|assistance|access|more|details|further|the necessary)|must\b|needs? to|should\b|to (?:grant|give|request|add|allow|get|enable))/i

const organization = /^organi[sz]ation$/i
const otherOrganization =
  /\b(?:github|gitlab|bitbucket|azure|google|gcp|terraform(?: cloud)?|hcp|pulumi|okta|sentry|snyk|docker|npm|contact your|ask your|someone in your|admins? of (?:your|the)) $/i
// None is there: the opposite is told.
const denied =
  /\b(?:no|without(?: any| an)?|not (?:part of|in|inside|a member of|using|under)(?: any| an)?|(?:isn|aren)['\u2019]t (?:part of|in|a member of|using|under)(?: any| an)?|no (?:aws|matching|such)) $/i
const guardedByPolicy = /^(?:scp|guardrail|organi[sz]ation|service control|control tower|landing zone)$/i

function isSaidToAnybody(before: string, phrase: string, after: string): boolean {
  if (administrator.test(phrase))
    return !isOneself.test(after) && (sendsToAdministrator.test(before) || asksAdministrator.test(after))
  if (organization.test(phrase) && otherOrganization.test(before)) return true
  return guardedByPolicy.test(phrase) && denied.test(before)
}
