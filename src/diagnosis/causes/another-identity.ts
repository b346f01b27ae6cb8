import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'

/** Nothing told who was meant: who asked is to be looked at. */
export const anotherIdentity = (): Finding =>
  finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role')], { why: 'check-identity' })
