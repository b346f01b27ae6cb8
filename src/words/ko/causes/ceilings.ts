import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, quote, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import {
  aboutVariable,
  action,
  andList,
  condition,
  josa,
  letsInInstead,
  named,
  on,
  place,
  resource,
  sent,
  spares,
  term,
  who,
} from '../phrases.ts'

/** "`aws:RequestedRegion` 값이 `eu-west-1` 이외인 경우(요청의 값은 `ap-south-1`) ". */
const whenever = (v: Values): string => {
  const rule = condition(v)
  if (rule === '') return ''
  const had = sent(v)
  return `${rule} 경우${had === '' ? '' : `(${had})`} `
}
const denies = (v: Values): string =>
  `${whenever(v)}${on(v)}${josa(action(v), '을/를')} 명시적으로 거부합니다${spares(v)}${aboutVariable(v)}`
const by = (v: Values, kind: string): string => josa(place(v) === '' ? kind : `${kind}인 ${place(v)}`, '이/가')
const boundary = (v: Values): string => {
  const name = known(v, 'boundary') ?? known(v, 'boundaryArn') ?? known(v, 'policy')
  return name === null ? '권한 경계' : `${quote(name)} 권한 경계`
}
const atLevels = (v: Values): string => {
  const levels = several(v, 'level')
  return levels.length === 0 ? '' : `${andList(levels)} 수준의 `
}
/** 코드는 있었지만 정책이 받아들이는 것보다 오래되었다. */
const isTooOld = (v: Values): boolean =>
  known(v, 'key')?.toLowerCase() === 'aws:multifactorauthage' && /^\d{1,10}$/u.test(known(v, 'sent') ?? '')
const hadAge = (v: Values): string => (isTooOld(v) ? `(실제로 지난 시간: ${quote(known(v, 'sent') ?? '')}초)` : '')

/** 복구 지점에는 자체 정책이 없다. */
const policyOf = (v: Values): string => {
  const [of, kind] =
    known(v, 'vault') === null
      ? [resource(v), '리소스 기반 정책']
      : [`${josa(resource(v), '을/를')} 보관하는 백업 볼트`, '액세스 정책']
  return `${of}의 ${josa(place(v) === '' ? kind : `${kind}인 ${place(v)}`, '이/가')}`
}
/** 정책의 몇 번째 문인지: "의 두 번째 `NoData` 문". */
const numbered = (v: Values): string => place({ ...v, policy: '', policyArn: '' }).replace(/^\uC815\uCC45/u, '')
const noAllowHelps = '명시적 거부는 모든 Allow보다 우선하므로, 다른 곳에 문을 추가해도 달라지지 않습니다.'

export const ceilings = {
  'scp-deny': {
    title: '조직의 서비스 제어 정책이 작업을 거부함',
    what: (v) => `${by(v, '조직의 서비스 제어 정책(SCP)')} ${denies(v)}`,
    why: () => 'SCP는 관리자를 포함한 계정의 모든 보안 주체를 제한하며, 계정 안의 어떤 권한으로도 넘어설 수 없습니다.',
    recognised:
      '메시지에 “with an explicit deny in a service control policy”가 있거나, 읽은 SCP의 Deny가 일치합니다. 새 메시지는 끝에 정책 ARN이 붙습니다.',
    fix: '규칙(리전, 태그, 크기) 안에서 작업하거나, 이 보안 주체나 작업에 대한 예외를 조직 관리자에게 제안하세요.',
  },
  'rcp-deny': {
    title: '조직의 리소스 제어 정책이 작업을 거부함',
    what: (v) => `${by(v, '리소스의 계정이 속한 조직의 리소스 제어 정책(RCP)')} ${denies(v)}`,
    why: () => 'RCP는 외부 호출자를 포함해 누구든 조직 계정의 리소스로 할 수 있는 일을 제한합니다.',
    recognised: '메시지에 “with an explicit deny in a resource control policy”가 있거나, 읽은 RCP의 Deny가 일치합니다.',
    fix: '리소스를 소유한 조직의 관리자에게 이 호출자나 작업에 대한 예외를 제안하세요.',
  },
  'scp-not-allowed': {
    title: '어느 한 수준의 서비스 제어 정책이 작업을 허용하지 않음',
    what: (v) => `${atLevels(v)}서비스 제어 정책(SCP)이 ${josa(action(v), '을/를')} ${ruleOf(v)}허용하지 않습니다`,
    why: () => 'SCP는 조직의 루트부터 각 OU와 계정까지 모든 수준에서 작업을 허용해야 합니다.',
    recognised:
      '메시지에 “because no service control policy allows …”가 있으며, 어떤 수준에서 `FullAWSAccess`를 분리한 뒤에 흔히 나타납니다.',
    fix: '조직 관리자가 그 수준의 목록에 작업을 추가하거나 `FullAWSAccess`를 다시 연결해야 합니다.',
  },
  'boundary-not-allowed': {
    title: '권한 경계에 이 작업이 빠져 있음',
    what: (v) =>
      `${josa(who(v), '은/는')} ${josa(boundary(v), '으로/로')} 제한되는데, 이 경계가 ${on(v)}${josa(action(v), '을/를')} ${ruleOf(v)}허용하지 않습니다${ruleOf(v) === '' ? letsInInstead(v) : ''}`,
    why: () =>
      '권한 경계는 보안 주체가 가질 수 있는 최대 권한이므로, 작업은 자체 정책과 경계 양쪽에서 허용되어야 합니다.',
    recognised: '메시지에 “because no permissions boundary allows …”가 있거나, 읽은 경계에 이 작업의 Allow가 없습니다.',
    fix: '경계의 소유자가 경계에 작업을 추가해야 합니다. 보안 주체의 자체 정책에도 필요합니다.',
  },
  'boundary-deny': {
    title: '권한 경계가 작업을 거부함',
    what: (v) => `${who(v)}의 ${josa(`${boundary(v)}${numbered(v)}`, '이/가')} ${denies(v)}`,
    why: () => noAllowHelps,
    recognised: '메시지에 “with an explicit deny in a permissions boundary”가 있거나, 읽은 경계의 Deny가 일치합니다.',
    fix: '규칙 안에서 작업하거나, 경계의 소유자에게 이 경우의 예외를 요청하세요.',
  },
  'boundary-required': {
    title: '새 역할과 사용자에는 권한 경계를 지정해야 함',
    what: (v) =>
      `${known(v, 'carried') === null ? '요청에' : '바꾸려는 역할이나 사용자에'} ${josa(where(v, 'boundary', (name) => `${name} 권한 경계`) || '권한 경계', '을/를')} 지정하지 않으면 ${josa(action(v), '이/가')} 거부됩니다`,
    why: () =>
      '`iam:PermissionsBoundary`에 대한 Deny나 조건이 있어, 계정이 요구하는 경계를 지정해야만 보안 주체를 만들고 바꿀 수 있습니다.',
    recognised:
      '`iam:CreateRole`, `iam:PutRolePolicy` 같은 작업이 허용되어 있는데도 `iam:PermissionsBoundary` 조건 때문에 거부됩니다.',
    fix: '요청에 경계를 지정하세요(`--permissions-boundary` 또는 템플릿 속성). CDK라면 부트스트랩 템플릿과 모든 역할에 지정합니다. 이미 있는 역할에는 먼저 `aws iam put-role-permissions-boundary`로 지정합니다.',
  },
  'session-policy-not-allowed': {
    title: '세션이 역할보다 적은 권한으로 발급됨',
    what: (v) =>
      `${josa(term(v, 'issuer', '발급한 쪽'), '이/가')} ${who(v)}의 이 세션에 지정한 세션 정책이 ${on(v)}${josa(action(v), '을/를')} 허용하지 않습니다`,
    why: () => '세션은 역할과 세션 정책이 모두 허용하는 권한만 가지며, 세션 정책은 권한을 줄이기만 합니다.',
    recognised:
      '메시지에 “because no session policy allows …”가 있습니다. Cognito 자격 증명 풀, S3 Access Grants, Lake Formation, 정책을 넘긴 AssumeRole이 이런 세션을 발급합니다.',
    fix: '이 작업을 포함한 세션 정책으로 세션을 다시 발급하거나 권한을 줄이지 않는 흐름을 쓰세요. 이미 열린 세션은 그대로입니다.',
  },
  'session-policy-deny': {
    title: '세션 정책이 작업을 거부함',
    what: (v) =>
      `${josa(term(v, 'issuer', '발급한 쪽'), '이/가')} ${who(v)}의 이 세션에 지정한 세션 정책이 ${denies(v)}`,
    why: () => '세션 정책은 세션을 발급할 때 정해지며, 역할의 어떤 권한도 그 Deny를 넘어설 수 없습니다.',
    recognised: '메시지에 “with an explicit deny in a session policy”가 있습니다.',
    fix: '세션을 발급하는 쪽이 함께 넘기는 정책을 바꾸고, 새 세션을 열어야 합니다.',
  },
  'explicit-deny-resource': {
    title: '리소스 자체의 정책이 요청을 거부함',
    what: (v) =>
      `${policyOf(v)} ${whenever(v)}${josa(action(v), '을/를')} 명시적으로 거부합니다${spares(v)}${aboutVariable(v)}`,
    why: () => noAllowHelps,
    recognised:
      '메시지에 “with an explicit deny in a resource-based policy”가 있거나, 읽은 리소스 정책의 Deny가 일치합니다. 암호화 헤더, 네트워크, TLS, 보안 주체 목록을 요구하는 경우가 많습니다.',
    fix: '먼저 조건을 맞추세요(헤더 전송, 엔드포인트 사용, TLS 사용). 안 되면 소유자가 그 Deny에서 보안 주체를 예외로 해야 합니다.',
  },
  'explicit-deny-identity': {
    title: '보안 주체 자신의 정책에 있는 Deny 문이 일치함',
    what: (v) =>
      `${holder(v)}의 ${josa(place(v) === '' ? '자격 증명 기반 정책에 있는 Deny 문' : `자격 증명 기반 정책인 ${place(v)}`, '이/가')} ${denies(v)}`,
    why: () => noAllowHelps,
    recognised:
      '메시지에 “with an explicit deny in an identity-based policy”가 있거나, 읽은 보안 주체 또는 그룹의 정책에서 Deny가 일치합니다.',
    fix: 'Deny의 조건을 맞추거나, 이 제한을 둔 담당자에게 이 경우를 예외로 해 달라고 요청하세요.',
  },
  'explicit-deny-unnamed': {
    title: '명시적 거부가 있었으나 메시지가 위치를 알려 주지 않음',
    what: (v) => `메시지에 나오지 않은 정책의 Deny 문이 ${who(v)}의 ${on(v)}${josa(action(v), '을/를')} 거부했습니다`,
    why: () =>
      '오래된 메시지와 일부 서비스는 정책 종류를 생략합니다. 자격 증명 기반 정책, 권한 경계, SCP, 리소스 기반 정책 순으로 찾아보아야 합니다.',
    recognised: '메시지가 정책 종류 없이 “with an explicit deny”로 끝나고, 읽은 정책만으로는 알 수 없습니다.',
    fix: '먼저 Deny를 찾으세요: 보안 주체의 정책, 권한 경계, SCP, 리소스의 정책 순입니다. 그다음 범위를 좁히거나 조건을 맞추세요.',
  },
  'mfa-required': {
    title: '계정이 MFA를 요구하는데 세션에 MFA가 없음',
    titleOf: (v) => (isTooOld(v) ? '세션의 MFA 코드를 보낸 지 너무 오래됨' : ''),
    what: (v) =>
      `${josa(place(v) === '' ? '정책' : place(v), '이/가')} MFA 없이는 ${who(v)}의 ${josa(action(v), '을/를')} 허용하지 않습니다${known(v, 'key')?.toLowerCase() === 'aws:multifactorauthage' ? `. 코드를 보낸 뒤 지난 시간(초)에도 조건이 있습니다. ${condition(v)}${hadAge(v)}` : ''}`,
    why: (v) =>
      isTooOld(v)
        ? '세션에 MFA 정보는 있지만 코드를 보낸 뒤 시간이 너무 지났습니다. 새 코드로 새 세션을 받아야 시간이 다시 시작됩니다.'
        : known(v, 'principal')?.startsWith('role/') === true
          ? '역할 세션에는 역할을 수임할 때 코드를 보낸 경우에만 MFA 정보가 있습니다.'
          : '액세스 키만으로는 MFA 정보가 없으므로, 콘솔에 어떻게 로그인하든 `aws:MultiFactorAuthPresent`가 없거나 false입니다.',
    recognised:
      '액세스 키를 쓰는 사용자가 거의 모든 작업에서 거부되고, 어떤 문이 `aws:MultiFactorAuthPresent`를 검사합니다.',
    fix: '`aws sts get-session-token --serial-number MFA-ARN --token-code CODE`로 세션을 받아, 세션 토큰까지 세 값을 모두 쓰세요.',
  },
  'vpce-policy': {
    title: 'VPC 엔드포인트의 정책이 막고 있음',
    what: (v) => {
      const explicit = known(v, 'effect') === 'explicit' || known(v, 'effect') === 'Deny'
      const endpoint = where(v, 'endpoint', (id) => `${id} `)
      const policy = `${endpoint}VPC 엔드포인트의 정책`
      return explicit
        ? `${josa(`${policy}${numbered(v)}`, '이/가')} ${denies(v)}`
        : `${josa(policy, '이/가')} ${on(v)}${josa(action(v), '을/를')} ${known(v, 'operator') === null ? '' : ruleOf(v)}허용하지 않습니다${known(v, 'denyOnly') !== null ? '. Deny 문만 있는 정책은 아무것도 허용하지 않습니다' : known(v, 'operator') === null ? letsInInstead(v) : ''}`
    },
    why: () =>
      'VPC 엔드포인트를 거치는 요청은 엔드포인트 정책에서도 허용되어야 하며, 보안 주체의 Allow로 대신할 수 없습니다.',
    recognised:
      '메시지에 “because no VPC endpoint policy allows …”가 있거나, VPC 안에서만 실패하고 다른 곳에서는 성공합니다.',
    fix: '네트워크 담당자가 엔드포인트 정책에 작업을 허용해야 합니다. ECR 이미지라면 S3 엔드포인트도 해당합니다.',
  },
  'condition-mismatch': {
    title: '해당하는 문이 있지만 조건이 맞지 않음',
    what: (v) => conditionWhat(v),
    why: () => 'Condition의 모든 키가 맞아야 하며, 요청에 없는 키는 대부분의 연산자에서 맞지 않는 것으로 처리됩니다.',
    recognised:
      'Allow의 작업과 리소스는 맞지만 Condition이 맞지 않거나, Deny의 조건이 뜻밖에 맞습니다. 태그를 늦게 보냈거나, 엔드포인트 뒤의 `aws:SourceIp`이거나, 서비스 호출에 `aws:PrincipalOrgID`를 쓴 경우입니다.',
    fix: '요청이 조건에 맞게 하거나(생성 호출에 태그 전송, 올바른 네트워크 사용) 조건 자체를 바로잡으세요.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

/** 그룹의 정책은 그룹에 속한 사용자 모두에게 적용된다. */
function holder(v: Values): string {
  const group = known(v, 'group')
  return group === null ? who(v) : `${josa(who(v), '이/가')} 속한 ${named(`group/${group}`)}`
}

function ruleOf(v: Values): string {
  const rule = condition(v)
  return rule === '' ? '' : `${rule} 경우가 아니면 `
}

const because = (v: Values): string => (known(v, 'unmet') === null ? '' : `: ${term(v, 'unmet', '')}`)

function conditionWhat(v: Values): string {
  const rule = condition(v)
  const had = sent(v)
  const subject = josa(place(v) === '' ? '해당 문' : place(v), '은/는')
  const isDeny = known(v, 'effect') === 'Deny' || known(v, 'effect') === 'explicit'
  if (rule === '') return `${subject} ${on(v)}${josa(action(v), '을/를')} 다루지만 조건이 이 요청과 맞지 않습니다`
  return `${subject} ${rule} 경우${isDeny ? '' : '에만'}${had === '' ? '' : `(${had})`} ${josa(action(v), '을/를')} ${isDeny ? '거부합니다' : '허용합니다'}${aboutVariable(v)}${because(v)}`
}
