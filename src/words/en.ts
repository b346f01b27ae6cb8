import { causes } from './en/causes.ts'
import { doNot } from './en/do-not.ts'
import { assumptions, evidenceNotes, gap, gapReasons, notRead, policyTypes, results, unknown } from './en/evidence.ts'
import { labels } from './en/labels.ts'
import { owner, ownerMessage } from './en/owners.ts'
import { named, rivals, sentence } from './en/phrases.ts'
import { unseen } from './en/unseen.ts'
import { hint, managedBy, next, note, placeholder, problem, workload } from './en/remarks.ts'
import { home } from './en/home.ts'
import { noRoom } from './en/no-room.ts'
import { steps } from './en/steps.ts'
import type { Words } from './words.ts'

export const en: Words = {
  causes,
  frames: {
    verified: (clause) => `By AWS's own evaluation, ${clause}.`,
    evaluated: (clause) => `${sentence(clause)}.`,
    stated: (clause) => `Going by the message, ${clause}.`,
    possible: (clause) => `Possible, but not proven: ${clause}.`,
  },
  // Most name the policy themselves.
  toldFrame: (clause) =>
    clause.includes('the policy in the text') ? `${sentence(clause)}.` : `Going by the policy in the text, ${clause}.`,
  confidences: {
    verified: "verified: AWS's own evaluation of this request was read",
    evaluated: 'evaluated: it follows from the policies that were read',
    stated: 'stated: the message says so, the policies were not read',
    possible: 'possible: a candidate; neither the text nor the policies that were read prove it',
  },
  readiness: {
    ready: 'ready to paste',
    'has-placeholders': 'fill in the marked placeholders first',
    'needs-review': 'needs a review by its owner',
    none: 'no statement helps',
  },
  remedyKinds: {
    'add-identity-statement': 'add a statement to an identity-based policy',
    'edit-statement': 'edit an existing statement',
    'resource-policy': "change the resource's policy",
    'key-policy': 'change the key policy',
    'trust-policy': "change the role's trust policy",
    scp: 'change an organization policy',
    boundary: 'change the permissions boundary',
    session: 'use other credentials of the same identity',
    'not-iam': 'not a change in IAM',
    'switch-principal': 'make the call as another principal',
    other: 'change the request or something beside the policies',
  },
  families: {
    'no-matching-allow': 'No statement allows it',
    kms: 'Encryption keys',
    'deny-or-ceiling': 'Denied explicitly, or capped',
    condition: 'Conditions',
    'other-side': 'The other side: resources and trust',
    'other-identity': 'Somebody else was asking, or too early',
    'not-a-policy': 'Not a matter of IAM policies',
    'neighbour-error': 'Errors that only look like it',
    'open-end': 'Not settled by what was read',
  },
  steps,
  noRoom,
  doNot,
  policyTypes,
  results,
  place: named,
  home,
  owner,
  ownerMessage,
  assumptions,
  notRead,
  rivals,
  unseen,
  alsoIn: (homes) => `The call also needs what is shown for ${new Intl.ListFormat('en').format(homes)}.`,
  unknown,
  gap,
  gapReasons,
  next,
  hint,
  note,
  managedBy,
  workload,
  placeholder,
  problem,
  evidenceNotes,
  labels,
}
