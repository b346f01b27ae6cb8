import { known, where, type Values } from '../values.ts'
import type { OwnerCode, OwnerRequest, Words } from '../words.ts'
import { action, josa, named, on, who } from './phrases.ts'

const inAccount = (v: Values): string => where(v, 'account', (account) => `${account} 계정에서 `)
const thing = (v: Values, otherwise: string): string => {
  const attachTo = known(v, 'attachTo')
  return attachTo === null ? otherwise : named(attachTo)
}

interface OwnerWords {
  readonly who: (v: Values) => string
  readonly ask: string
}

const owners: Readonly<Record<OwnerCode, OwnerWords>> = {
  caller: {
    who: () => '호출한 본인, 또는 호출한 프로그램을 운영하는 담당자입니다.',
    ask: '위와 같이 호출 방식을 바꿔 주실 수 있을까요?',
  },
  'identity-owner': {
    who: (v) =>
      known(v, 'attachTo') === null
        ? `본인, 또는 ${inAccount(v)}${who(v)}의 자격 증명과 IAM 정책을 관리하는 담당자입니다.`
        : `${inAccount(v)}${thing(v, '보안 주체')}의 IAM 정책을 관리하는 담당자입니다.`,
    ask: '이 보안 주체에 권한을 추가해 주실 수 있을까요?',
  },
  'boundary-owner': {
    who: (v) =>
      `${inAccount(v)}${thing(v, '보안 주체')}의 권한 경계를 관리하는 담당자입니다. 보통 플랫폼 팀이나 보안 팀입니다.`,
    ask: '권한 경계에 이 작업을 추가해 주시거나, 경계 안에서 할 수 있는 방법을 알려 주실 수 있을까요?',
  },
  'session-issuer': {
    who: () => '이 자격 증명을 발급하는 쪽, 즉 자격 증명 풀이나 브로커, AssumeRole을 호출하는 프로그램의 담당자입니다.',
    ask: '이 작업을 포함한 세션 정책으로 세션을 발급해 주실 수 있을까요?',
  },
  'resource-owner': {
    who: (v) =>
      `${where(v, 'resourceAccount', (account) => `${account} 계정에 있는 `)}${thing(v, '리소스')}의 소유자입니다.`,
    ask: '리소스의 정책에서 이 요청을 허용해 주실 수 있을까요?',
  },
  'root-of-account': {
    who: () => '계정의 루트 사용자를 관리하는 사람 또는 조직의 루트 액세스 관리자.',
    ask: '루트 사용자로 이 정책을 지워 주실 수 있나요?',
  },
  'key-owner': {
    who: (v) =>
      `${where(v, 'keyAccount', (account) => `${account} 계정에 있는 `)}${thing(v, 'KMS 키')}의 관리자입니다.`,
    ask: '키 정책에서 이 요청을 허용해 주실 수 있을까요?',
  },
  'role-owner': {
    who: (v) =>
      `${where(v, 'roleAccount', (account) => `${account} 계정에 있는 `)}${josa(thing(v, '역할'), '과/와')} 그 신뢰 정책의 소유자입니다.`,
    ask: '이 호출자가 역할을 수임할 수 있게 해 주실 수 있을까요?',
  },
  'endpoint-owner': {
    who: () => 'VPC 엔드포인트의 정책을 관리하는 네트워크 담당자입니다.',
    ask: 'VPC 엔드포인트의 정책에서 이 작업을 허용해 주실 수 있을까요?',
  },
  'organization-owner': {
    who: () => 'AWS 조직의 관리자입니다. 관리 계정이나 위임된 관리자만 이 정책을 바꿀 수 있습니다.',
    ask: '이 정책에서 이 경우를 예외로 해 주시거나, 규칙 안에서 할 수 있는 방법을 알려 주실 수 있을까요?',
  },
  'lake-administrator': {
    who: () => '데이터 레이크 관리자, 또는 Lake Formation에서 이 권한을 부여할 수 있는 사람입니다.',
    ask: 'Lake Formation에서 이 권한을 부여해 주실 수 있을까요?',
  },
  aws: {
    who: () => 'AWS가 결정합니다. 계정이나 조직 안에서는 아무도 바꿀 수 없습니다.',
    ask: '저희 계정에서 이 작업을 활성화해 주시거나, 무엇이 부족한지 알려 주실 수 있을까요?',
  },
}

const isOwner = (code: string): code is OwnerCode => Object.hasOwn(owners, code)

const asked = (code: string): string => (isOwner(code) ? owners[code] : owners['identity-owner']).ask

export const owner: Words['owner'] = (code, values) =>
  (isOwner(code) ? owners[code] : owners['identity-owner']).who(values)

/** 전달에는 작업도 호출도 나오지 않고, 서비스가 거부된 것입니다. */
const isDelivery = (v: Values): boolean =>
  known(v, 'principal') === null && known(v, 'action') === null && known(v, 'operation') === null && on(v) !== ''
const isUnnamed = (v: Values): boolean => known(v, 'action') === null && known(v, 'operation') === null && on(v) === ''
const asker = (v: Values): string =>
  (isDelivery(v) ? where(v, 'servicePrincipal', (service) => `${service} 서비스`) : '') || who(v)

const mostOpened = 5

/** 정책을 바꾸는 사람은 무엇이 더 열리는지 알아야 합니다. */
const closing = (opens: OwnerRequest['opens'], values: Values): readonly string[] => {
  const exempts = known(values, 'exempts')
  if (opens === null && exempts !== null)
    return ['필요한 것은 이 요청 하나이지만 이 변경은 더 많은 것을 허용합니다. 더 좁은 방법이 있다면 알려 주세요.']
  if (opens === null || opens.length === 0) return ['이 요청 하나만을 위한 것이며, 더 나은 방법이 있다면 알려 주세요.']
  const further = opens.length > mostOpened ? [`- 그 밖에 ${String(opens.length - mostOpened)}개`] : []
  return [
    '필요한 것은 이 요청 하나이지만, 이 변경은 다음도 허용합니다:',
    ...opens.slice(0, mostOpened).map(({ action: opened, resource: at }) => `- \`${at}\`에 대한 \`${opened}\``),
    ...further,
    '더 좁은 방법이 있다면 알려 주세요.',
  ]
}

/** 그대로 보낼 수 있는 글: 무슨 일이 있었는지, 왜인지, 정확히 무엇을 바꾸면 되는지. */
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
    '안녕하세요.',
    '',
    `${isUnnamed(values) || instead !== null ? '' : `${asker(values)}의 ${on(values)}${josa(isDelivery(values) ? '액세스' : action(values), '이/가')} 거부되었습니다. `}${reason}`,
    '',
    ...(change === null
      ? [instead === null ? asked(isExemption ? 'organization-owner' : code) : `도와주실 수 있을까요? ${instead}`]
      : [`${place === null ? '' : `${place}에 `}다음과 같이 변경해 주실 수 있을까요?`, '', change]),
    '',
    ...closing(opens, values),
  ].join('\n')
