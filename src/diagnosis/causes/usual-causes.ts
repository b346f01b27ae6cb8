import { isTooYoung } from '../age.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { decodeCommand } from '../look-ups.ts'
import { namesCaller, type Situation } from '../situation.ts'
import { anotherIdentity } from './another-identity.ts'
import { isAdministrator } from './administrators.ts'
import { evaluationAllows } from './contradicted.ts'
import { perhapsWithoutMfa } from './demanded.ts'
import { explicitDeny } from './deny.ts'
import { endpointPolicy } from './endpoint.ts'
import { isGrantedByName } from './granted-by-name.ts'
import { perhapsPassed } from './pass-role.ts'
import { keyBehindRead } from './key-behind.ts'
import { kmsKeyPolicy } from './kms.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { bucketOf } from './not-iam.ts'
import { perhapsOfOption } from './option-told.ts'
import { besideLakeFormation } from './other-grants.ts'
import { oneKindAlone } from './one-kind.ts'
import { keyPerhapsRefuses, keyPerhapsThere } from './s3-encrypted.ts'
import { resourceSide } from './other-side.ts'
import { readOfAnother } from './read-of-another.ts'
import { refusedByService } from './rejected.ts'
import { absent, isHead, isToBeMade, perhapsAbsent } from './told-absent.ts'
import { tooEarly } from './too-early.ts'
import { templateNotFilled } from './unset-name.ts'

/** Nothing decides: what it usually is, in the order in which to look. */
export function fallback(s: Situation): readonly Finding[] {
  if (s.denial.class === 'not-aws') return none
  if (s.service === 'sso-oauth' && s.action === null) return signInRefused()
  const refused = refusedByService(s)
  if (refused.length > 0) return refused
  if (s.denial.class === 'encoded' && s.action === null) {
    const passed = perhapsPassed(s)
    const others = ofService(s).filter(({ code }) => code !== 'missing-allow')
    // What is read lets the instance be launched: the role that goes with it is what is left of the call.
    return mayLaunch(s) && passed.length > 0 ? [...passed, toDecode(), ...others] : [toDecode(), ...passed, ...others]
  }
  if (s.verdict?.decision === 'allowed')
    return [...templateNotFilled(s), ...readOfAnother(s), ...beforeOthers(s), evaluationAllows(s), ...afterAllowed(s)]
  if (s.action !== null && s.wasRead('identity-based'))
    return [...beforeOthers(s), ...allowedElsewhere(s), ...afterAllowed(s)]
  if (s.denial.principalType === 'service') return ofServiceItself(s)
  // Neither a Deny nor what is not there gives way to an Allow.
  if (s.has('broad-grant-helped')) return own(s)
  if (s.service === 's3' || bucketOf(s) !== null || isHead(s)) return [...oneKindAlone(s), ...ofStorage(s)]
  return s.service === null ? ofNobody(s) : ofService(s)
}

/** Who signed in did not confirm it, or waited too long. */
const signInRefused = (): readonly Finding[] => [
  finding('credentials-expired', 'possible', [act('session', 'sign-in-again')]),
  anotherIdentity(),
]

const mayLaunch = (s: Situation): boolean =>
  s.wasRead('identity-based') &&
  s
    .statements('identity-based')
    .some(
      ({ effect, actions, resources, conditions }) =>
        effect === 'Allow' &&
        conditions.length === 0 &&
        resources.includes('*') &&
        actions.some((name) => /^(?:\*|ec2:(?:\*|Run\*|RunInstances))$/iu.test(name)),
    )

/** EC2 put the reason into a blob: whoever may decode it knows. */
const toDecode = (): Finding =>
  finding('undetermined', 'possible', [act('other', 'fetch-details', {}, { command: decodeCommand })])

const own = (s: Situation): readonly Finding[] => {
  if (s.action !== null) return [noMatchingAllow(s, s.action, s.resource, 'possible')]
  return s.denial.class === 'other-aws' ? none : [unnamedAllow()]
}

/** Most denials want an Allow; which one the text does not tell, so that nothing can be proposed yet. */
const unnamedAllow = (): Finding => finding('missing-allow', 'possible', [act('other', 'find-refused-call')])

/** What tells more than that the policies let it through. */
const beforeOthers = (s: Situation): readonly Finding[] => [
  ...keyPerhapsRefuses(s),
  // S3 answers so barely mostly to strangers: the bucket is then somebody else's.
  ...(s.service === 's3' && !namesCaller(s) && bucketOf(s) !== null ? perhapsAbsent(s) : []),
  ...(s.has('organization-told') ? [explicitDeny(s, 'service-control', 'possible')] : []),
  ...keyBehindRead(s),
  ...keyPerhapsThere(s),
  ...(isTooYoung(s) ? [tooEarly()] : []),
]

/** The policies that were read have the action for some resources, and the text does not name the one of the request. */
const allowedElsewhere = (s: Situation): readonly Finding[] =>
  s.resource === null &&
  s.action !== null &&
  s.layer('identity-based')?.result === 'unknown' &&
  !isGrantedByName(s, s.action)
    ? [noMatchingAllow(s, s.action, null, 'evaluated')]
    : none

/** The caller's own policies let the request through, and it was denied. */
const afterAllowed = (s: Situation): readonly Finding[] => [
  ...(s.wasRead('service-control') ? [] : [explicitDeny(s, 'service-control', 'possible')]),
  ...(isInstance(s) && !s.wasRead('vpc-endpoint') && s.denial.policyType === null
    ? [endpointPolicy(s, 'possible')]
    : []),
  ...(isOnItself(s) ? [] : perhapsAbsent(s)),
  // Nobody but its service has the credentials of a service-linked role.
  ...(s.denial.roleOrUserName?.startsWith('AWSServiceRoleFor') === true ? [] : [anotherIdentity()]),
  tooEarly('later-works'),
]

/** An instance asks from within a VPC, perhaps through an endpoint; newer messages say what its policy left out. */
const isInstance = ({ denial }: Situation): boolean => /^i-[0-9a-f]{8,17}$/u.test(denial.sessionName ?? '')

/** Whoever asks for itself is there. */
const isOnItself = (s: Situation): boolean =>
  isInstance(s) && s.resource?.endsWith(`/${s.denial.sessionName ?? ''}`) === true

/**
 * AWS's own services come under names of theirs: they have no policies, no SCP is for them, and nobody mistook them for
 * somebody else. What refuses is the policy of the resource.
 */
const ofServiceItself = (s: Situation): readonly Finding[] => [
  finding('service-principal-policy', 'possible', [act('other', 'find-refused-call')], {
    servicePrincipal: s.denial.principal,
  }),
  absent(s),
]

/** Neither service nor action is told: who asked is what can be found out first. */
const ofNobody = (s: Situation): readonly Finding[] => [
  ...(s.has('organization-blamed') || isAdministrator(s) ? [explicitDeny(s, 'service-control', 'possible')] : []),
  anotherIdentity(),
  ...own(s),
  absent(s),
  explicitDeny(s, 'service-control', 'possible'),
]

/** What the text tells of and blames for nothing: it is true of most accounts. */
const toldBeside = (s: Situation): readonly Finding[] => [
  ...perhapsWithoutMfa(s),
  ...(s.has('vpc-endpoint') ? [endpointPolicy(s, 'possible')] : []),
  ...(s.told('organization-told', 'of').length === 0 && s.has('organization-told')
    ? [explicitDeny(s, 'service-control', 'possible')]
    : []),
]

const ofStorage = (s: Situation): readonly Finding[] => [
  ...(s.has('organization-blamed') || (s.resource === '*' && isAdministrator(s))
    ? [explicitDeny(s, 'service-control', 'possible')]
    : []),
  ...(s.has('policy-told-in-order') || isAdministrator(s) || (isHead(s) && s.action === null) ? [] : own(s)),
  ...toldBeside(s),
  ...keyBehindRead(s),
  ...besideLakeFormation(s),
  ...perhapsAbsent(s),
  ...(s.action === null || s.resource === '*' || isToBeMade(s)
    ? []
    : [resourceSide(s, s.action, s.resource, 'possible')]),
  ...(s.action === null ? own(s) : []),
  anotherIdentity(),
  ...own(s),
  explicitDeny(s, 'service-control', 'possible'),
]

/** Who asks Organizations or Control Tower itself speaks of an organization whatever its policies say. */
const isOfOrganization = (s: Situation): boolean =>
  s.service === 'organizations' || s.service === 'controltower'
    ? s.told('organization-told', 'of').length > 0
    : s.has('organization-blamed')

const ofService = (s: Situation): readonly Finding[] => [
  ...(isAdministrator(s) || isOfOrganization(s) ? [explicitDeny(s, 'service-control', 'possible')] : []),
  ...own(s),
  ...perhapsOfOption(s),
  ...toldBeside(s),
  ...keySide(s),
  anotherIdentity(),
  explicitDeny(s, 'service-control', 'possible'),
  absent(s),
]

/**
 * No identity-based policy counts for a key whose own policy does not admit the account; what a key gets while it is
 * made asks for nothing of its policy.
 */
const keySide = (s: Situation): readonly Finding[] => {
  if (s.service !== 'kms' || s.action === null || own(s)[0]?.code !== 'missing-allow') return none
  const isOfKey = s.resource?.includes(':key/') ?? s.actionFacts?.resourceTypes.some(({ name }) => name === 'key')
  return isOfKey === true ? [kmsKeyPolicy(s, [s.action], 'possible')] : none
}
