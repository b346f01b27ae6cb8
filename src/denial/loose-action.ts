import { prefixFor } from '../action-catalogue/service-names.ts'
import { withoutGluedWord } from './glued-action.ts'
import type { Range } from './template.ts'

// Verbs with which nearly all IAM actions begin; `sub:Repo` and `code:AccessDenied` have the same shape.
const verbs =
  'Abort|Accept|Add|Allocate|Apply|Assign|Associate|Assume|Attach|Authorize|Batch|Cancel|Change|Claim|Complete|Confirm|Connect|Converse|Copy|Create|Deactivate|Decode|Decrypt|Delete|Deploy|Deregister|Describe|Detach|Disable|Disassociate|Download|Enable|Encrypt|Execute|Export|Filter|Generate|Get|Git|Import|Initiate|Invoke|Issue|List|Lookup|Modify|Move|Open|Pass|Poll|Post|Publish|Purchase|Put|Query|Read|Reboot|Receive|Register|Reject|Release|Remove|Replace|Replicate|Request|Reset|Restore|Resume|Retrieve|Revoke|Rotate|Run|Scan|Search|Select|Send|Set|Sign|Simulate|Start|Stop|Subscribe|Tag|Terminate|Test|Transact|Unassign|Unsubscribe|Untag|Update|Upload|Use|Validate|Verify|View|Write'
const action = new RegExp(
  String.raw`(?<![\w:/.-])([a-z][a-z0-9-]{1,30}:(?:${verbs})(?:[A-Z][A-Za-z0-9]{1,60}|(?![a-z])))(?![\w/*-]|:\S)`,
  'g',
)
const around = 300

/** Whether it is named like an action: a verb, and more behind it. */
export const isNamedLikeAction = (name: string): boolean => namedLikeAction.test(name)
const namedLikeAction = new RegExp(`^(?:${verbs})[A-Z]`)

const grant =
  /(?<!(?:n['\u2019]t|\bnot|\bcannot)[\s"'`]{1,3})\b(?:has|have|having|allows?|allowing|allowed|granted|grants?|given|gives|added|attached)[\s"'`]+(?:the[\s"'`]+)?$/i

/** `the role has s3:PutObject` tells what is there, not what was missing. */
const isGranted = (text: string, at: number): boolean => grant.test(text.slice(Math.max(0, at - 24), at))

/**
 * The one IAM action named in the lines of an error that has no sentence of its own. Two different ones are a
 * policy or prose, and settle nothing.
 */
export function findLooseAction(text: string, start: number, end: number): (Range & { readonly text: string }) | null {
  const before = text.slice(Math.max(0, start - around), start)
  const from = start - before.length + before.lastIndexOf('\n') + 1
  const newline = text.slice(end, end + around).indexOf('\n')
  const until = Math.min(text.length, end + (newline === -1 ? around : newline))
  let only: (Range & { readonly text: string }) | null = null
  const lines = text.slice(from, until)
  for (const found of lines.matchAll(action)) {
    const name = withoutGluedWord(found[1] ?? '')
    // Other clouds name their actions alike: `tcb:DescribeStaticStore`, `oss:ListObjects`.
    if (isGranted(lines, found.index) || prefixFor(name.slice(0, name.indexOf(':'))) === null) continue
    if (only !== null && only.text !== name) return null
    only ??= { start: from + found.index, end: from + found.index + name.length, text: name }
  }
  return only
}
