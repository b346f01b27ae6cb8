import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'

/** IAM, or KMS with a grant, is asked before a change has arrived everywhere. */
export const tooEarly = (why: 'just-created' | 'later-works' | 'grant' = 'just-created'): Finding =>
  finding('propagation-delay', 'possible', [act('not-iam', 'wait-and-retry')], { why })
