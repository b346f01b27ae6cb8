/*
 * Names of roles and users that were taken out before somebody pasted the text, or never filled in: no command finds
 * such a one. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 */

const allowed = /^[\w+=,.@-]+$/u
const marked = /<[A-Za-z][\w -]{0,60}>/gu
/** `app-XXXX`, `xxxxxxxx`: a mark of Xs; fewer of them only where nothing else is in the word. */
const blotted = /(?<![A-Za-z\d])(?:x{3,}|X{3,})(?![A-Za-z\d])|x{5,}|X{5,}/u
/** `bob.....`, `..Admin`, `external-dns2021...0b`. */
const shortened = /\.{3}|^\.\.|\.\.$/u
const saysSo =
  /(?<![A-Za-z])(?:[Rr]edacted|REDACTED|MASKED|HIDDEN|REMOVED|CENSORED|OBFUSCATED|PLACEHOLDER)(?![A-Za-z])|^(?:masked|hidden|removed|censored|obfuscated|placeholder)$/u
/** `YOUR_ROLE`, `your-task-role`, `my-role-name-here`, `ROLE_NAME`. */
const toFill =
  /^(?:YOUR|[Yy]our)(?:[-_.+=@A-Z]|$)|[-_](?:YOUR|[Yy]our)[-_]|[-_](?:HERE|[Hh]ere)$|(?:^|[-_])(?:ROLE|USER|[Rr]ole|[Uu]ser)[-_]?(?:NAME|[Nn]ame)$|^(?:My|my|The|the|Some|some)(?:Role|User)Name$/u

/** Whether this is no name that a role or a user has; a marked part, `app-<stage>`, asks to be filled in by itself. */
export function isHiddenName(name: string): boolean {
  const rest = name.replaceAll(marked, 'a')
  return !allowed.test(rest) || [blotted, shortened, saysSo, toFill].some((shape) => shape.test(rest))
}

/** The name for a command or a policy, or a marked placeholder in its place. */
export const shownName = (name: string | null | undefined, placeholder: string): string =>
  name === null || name === undefined || isHiddenName(name) ? `<${placeholder}>` : name
