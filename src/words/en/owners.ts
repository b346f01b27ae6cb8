import { known, where, type Values } from '../values.ts'
import type { OwnerCode, OwnerRequest, Words } from '../words.ts'
import { action, named, on, resource, who } from './phrases.ts'

const inAccount = (v: Values): string => where(v, 'account', (account) => ` in account ${account}`)
const thing = (v: Values, otherwise: string): string => {
  const attachTo = known(v, 'attachTo')
  return attachTo === null || attachTo.includes('<') ? otherwise : named(attachTo)
}

interface OwnerWords {
  /** Whose decision it is. */
  readonly who: (v: Values) => string
  /** What is asked of them where there is no exact change to propose. */
  readonly ask: string
}

const owners: Readonly<Record<OwnerCode, OwnerWords>> = {
  caller: {
    who: () => 'You, or whoever runs the program that made the call.',
    ask: 'Could you change how this call is made, as described above?',
  },
  'identity-owner': {
    who: (v) =>
      known(v, 'attachTo') === null
        ? `You, or whoever manages the credentials and IAM policies of ${who(v)}${inAccount(v)}.`
        : `Whoever manages the IAM policies of ${thing(v, 'the principal')}${inAccount(v)}.`,
    ask: 'Could you give the principal this permission?',
  },
  'boundary-owner': {
    who: (v) =>
      `Whoever manages the permissions boundary of ${thing(v, 'the principal')}${inAccount(v)}: usually the platform or security team.`,
    ask: 'Could you add this action to the permissions boundary, or tell me how to do this within it?',
  },
  'session-issuer': {
    who: () => 'Whoever issues these credentials: the identity pool, the broker or the program that calls AssumeRole.',
    ask: 'Could you issue the session with a session policy that includes this action?',
  },
  'resource-owner': {
    who: (v) =>
      `Whoever owns ${thing(v, 'the resource')}${where(v, 'resourceAccount', (account) => ` in account ${account}`)}.`,
    ask: 'Could you allow this in the policy of the resource?',
  },
  'root-of-account': {
    who: () => "Whoever holds the root user of the account, or administers the organization's root access.",
    ask: 'Could you take this policy away as the root user?',
  },
  'key-owner': {
    who: (v) =>
      `Whoever administers ${thing(v, 'the KMS key')}${where(v, 'keyAccount', (account) => ` in account ${account}`)}.`,
    ask: 'Could you allow this in the key policy?',
  },
  'role-owner': {
    who: (v) =>
      `Whoever owns ${thing(v, 'the role')}${where(v, 'roleAccount', (account) => ` in account ${account}`)} and its trust policy.`,
    ask: 'Could you let this caller assume the role?',
  },
  'endpoint-owner': {
    who: () => "Whoever runs the network: the VPC endpoint's policy is theirs.",
    ask: 'Could you allow this action in the policy of the VPC endpoint?',
  },
  'organization-owner': {
    who: () =>
      'The administrators of the AWS organization: only its management account or a delegated administrator can change this policy.',
    ask: 'Could you exempt this one case from the policy, or tell me how to do it within the rule?',
  },
  'lake-administrator': {
    who: () => 'An administrator of the data lake, or whoever may grant this permission in Lake Formation.',
    ask: 'Could you grant this in Lake Formation?',
  },
  aws: {
    who: () => 'AWS itself: nobody in the account or the organization can change this.',
    ask: 'Could you enable this operation for our account, or tell us what it lacks?',
  },
}

const asked = (code: string): string => (isOwner(code) ? owners[code] : owners['identity-owner']).ask

export const owner: Words['owner'] = (code, values) =>
  (isOwner(code) ? owners[code] : owners['identity-owner']).who(values)

const isOwner = (code: string): code is OwnerCode => Object.hasOwn(owners, code)

/** A delivery tells neither action nor operation: a service was turned away. */
const isDelivery = (v: Values): boolean =>
  known(v, 'principal') === null && known(v, 'action') === null && known(v, 'operation') === null && on(v) !== ''
/** Nothing tells what was asked for: there is only the reason to tell. */
const isUnnamed = (v: Values): boolean => known(v, 'action') === null && known(v, 'operation') === null && on(v) === ''
const refusal = (v: Values): string =>
  isDelivery(v)
    ? `${where(v, 'servicePrincipal', (service) => service) || who(v)} was denied access to ${resource(v)}`
    : `${who(v)} was denied ${action(v)}${on(v)}`

const mostOpened = 5

/** Whoever changes the policy has to know what else goes through. */
const closing = (opens: OwnerRequest['opens'], values: Values): readonly string[] => {
  const exempts = known(values, 'exempts')
  if (opens === null && exempts !== null)
    return [
      'I need it for this one request, and the change lets more pass; if your rules have a narrower way, please tell me.',
    ]
  if (opens === null || opens.length === 0)
    return ['It is meant for this one request and nothing else; if your rules have a better way, please tell me.']
  const further = opens.length > mostOpened ? [`- and ${String(opens.length - mostOpened)} more`] : []
  return [
    `I need it for this one request. ${isForOne(exempts) ? `For ${who(values)} the` : 'The'} change opens more than that:`,
    ...opens.slice(0, mostOpened).map(({ action: opened, resource: at }) => `- \`${opened}\` on \`${at}\``),
    ...further,
    'If your rules have a narrower way, please tell me.',
  ]
}

const isForOne = (exempts: string | null): boolean => exempts !== null && exempts !== 'action'

/** Ready to send: what happened, why, and the exact change or what is asked for. */
export const ownerMessage: Words['ownerMessage'] = ({
  values,
  owner: code,
  change,
  isExemption,
  place,
  reason,
  instead,
  opens,
}) =>
  [
    'Hello,',
    '',
    `${isUnnamed(values) || instead !== null ? '' : `${refusal(values)}. `}${reason}`.replace(/^t/u, 'T'),
    '',
    ...(change === null
      ? [instead === null ? asked(isExemption ? 'organization-owner' : code) : `Could you help with this? ${instead}`]
      : [`Could you make this change${place === null ? '' : ` to ${place}`}?`, '', change]),
    '',
    ...closing(opens, values),
  ].join('\n')
