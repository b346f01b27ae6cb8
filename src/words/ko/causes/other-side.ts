import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, orElse, where, type Values } from '../../values.ts'
import { mayHaveIds } from '../../facts.ts'
import type { CauseWords } from '../../words.ts'
import { action, condition, josa, letsInInstead, place, resource, roleOf, sent, term, who } from '../phrases.ts'

const theRole = (v: Values): string => roleOf(v, '해당 역할')

/** 액세스 포인트를 거치면 리소스 쪽의 두 정책이 모두 허용해야 한다. */
const bucketBehind = (v: Values): string | null =>
  known(v, 'behind') === 'bucket'
    ? `액세스 포인트의 정책은 ${who(v)}의 ${josa(action(v), '을/를')} 허용하지만, 그 뒤에 있는 버킷의 정책은 허용하지 않습니다. 액세스 포인트를 거치면 둘 다 허용해야 합니다`
    : null

export const otherSide = {
  'cross-account-resource-side': {
    title: '다른 계정의 리소스이고 그 정책이 호출자를 허용하지 않음',
    what: (v) =>
      bucketBehind(v) ??
      `${where(v, 'resourceAccount', (account) => `${account} 계정에 있는 `)}${where(v, 'bucket', (name) => `${name} 버킷`) || resource(v)}의 리소스 기반 정책이 ${who(v)}의 ${josa(action(v), '을/를')} 허용하지 않습니다${letsInInstead(v)}`,
    why: () => '계정이 다르면 호출자의 자격 증명 기반 정책과 리소스의 정책이 모두 요청을 허용해야 합니다.',
    recognised:
      '호출자와 리소스의 계정이 다르고, 메시지에 “no resource-based policy allows …”가 있거나 리소스의 정책에 호출자가 없습니다.',
    fix: '리소스 소유자가 정책에 호출자를 추가해야 합니다. 호출자 자신의 정책과, 암호화된 데이터라면 키도 확인하세요.',
  },
  'cross-account-identity-side': {
    title: '다른 계정의 리소스이고 호출자 자신의 정책에 작업이 없음',
    what: (v) =>
      `${who(v)}의 자격 증명 기반 정책이 다른 계정${where(v, 'resourceAccount', (account) => `(${account})`)}에 속한 ${resource(v)}에 대한 ${josa(action(v), '을/를')} 허용하지 않습니다`.replace(
        '속한 해당 리소스',
        '속한 리소스',
      ),
    why: () => '계정이 다르면 양쪽 모두 요청을 허용해야 하며, 리소스의 정책만으로는 부족합니다.',
    recognised: '호출자와 리소스의 계정이 다르고, 메시지에 “no identity-based policy allows …”가 있습니다.',
    fix: '호출자의 정책에 같은 작업과 리소스를 추가하고, 리소스의 정책에 호출자가 있는지 확인하세요.',
  },
  'resource-policy-not-allowed': {
    title: '리소스의 정책이 요청을 허용하지 않음',
    what: (v) =>
      bucketBehind(v) ??
      `${resource(v)}의 리소스 기반 정책이 ${who(v)}의 ${josa(action(v), '을/를')} 허용하지 않습니다${letsInInstead(v)}`,
    why: (v) =>
      known(v, 'behind') === 'bucket'
        ? '버킷의 정책은 한 계정의 액세스 포인트에 결정을 맡길 수 있습니다.'
        : '같은 계정에서는 리소스의 정책이나 호출자의 자격 증명 기반 정책 중 한쪽만 허용하면 됩니다.',
    recognised: '호출자와 같은 계정의 리소스인데 메시지에 “because no resource-based policy allows …”가 있습니다.',
    fix: '리소스의 정책이나 호출자의 자격 증명 기반 정책에서 허용하세요. 같은 계정이면 둘 중 하나로 충분합니다.',
  },
  'service-principal-policy': {
    title: 'AWS 서비스가 리소스의 정책에서 허용되지 않음',
    what: (v) =>
      `${where(v, 'servicePrincipal', (service) => `${service} 서비스`) || '서비스'}가 접근하는 리소스의 정책이 그 서비스를 허용하지 않습니다${where(v, 'sourceArn', (arn) => `(출처: ${arn})`)}${opensInstead(v)}${letsInInstead(v)}`,
    why: () => '거부된 것은 사람이나 역할이 아니라 서비스이며, 서비스는 리소스의 정책에 그 이름이 있어야 허용됩니다.',
    recognised:
      '이벤트, 알림, 로그, 함수를 호출하는 API처럼 전달이 실패하거나 도착하지 않으며, 보낸 쪽에는 오류가 없는 경우가 많습니다.',
    fix: '리소스의 정책에 서비스를 Principal로 넣고, `aws:SourceArn`으로 규칙, 주제, 배포 하나로 제한하세요.',
  },
  'resource-policy-limit': {
    title: '리소스 정책이 가득 참',
    what: (v) =>
      known(v, 'of') === 'function'
        ? 'Lambda 함수의 리소스 기반 정책에 권한을 더 넣을 자리가 없습니다'
        : 'CloudWatch Logs의 리소스 정책에 로그 그룹을 더 넣을 자리가 없습니다',
    why: (v) =>
      known(v, 'of') === 'function'
        ? '`AddPermission`마다 이 정책에 문이 하나씩 늘어나는데, 크기는 20,480바이트까지이며 이 한도는 올릴 수 없습니다.'
        : '로그 전달을 추가할 때마다 이 정책에 항목이 늘어나는데 크기에 한도가 있고, 가득 차면 서비스는 “insufficient permissions”라고만 알립니다.',
    recognised:
      '로그 그룹이 많은 계정에서 호출자에게 로그 전달을 만들 권한이 있는데도 “Insufficient permissions to enable logging”이 납니다.',
    fix: '개별 항목들을 `log-group:/aws/vendedlogs/*` 항목 하나로 바꾸세요.',
  },
  'trust-policy': {
    title: '역할이 호출자를 신뢰하지 않거나 호출자에게 수임 권한이 없음',
    what: (v) => {
      if (known(v, 'user') !== null)
        return `${josa(orElse(v, 'user', ''), '은/는')} 사용자이며, 수임할 수 있는 것은 역할뿐입니다`
      if (known(v, 'trusts') !== null)
        return `${josa(place(v), '은/는')} ${josa(who(v), '이/가')} ${josa(theRole(v), '을/를')} 수임하도록 이미 허용합니다. 이 신뢰 정책의 역할이 아닌 다른 역할을 지정했거나, 지금은 다른 정책이 적용되어 있습니다`
      const rule = condition(v)
      const had = sent(v)
      const account = where(v, 'roleAccount', (id) => `${id} 계정의 `)
      const fault = known(v, 'fault') === null ? '' : `. ${term(v, 'fault', '')}`
      const whose = isSaml(v)
        ? `${where(v, 'provider', (provider) => `${provider} 공급자의 `)}SAML 응답으로는`
        : josa(who(v), '은/는')
      return `${whose} ${account}${josa(theRole(v), '을/를')} 수임할 수 없습니다${fault}${rule === '' ? '' : `. 신뢰 정책은 ${rule} 경우에만 허용합니다${had === '' ? '' : `(${had})`}`}${rule === '' ? letsInInstead(v) : ''}`
    },
    why: (v) =>
      known(v, 'user') !== null
        ? '사용자에게는 누군가의 수임을 허용할 신뢰 정책이 없습니다. 역할의 ARN이 있어야 할 자리에 사용자의 ARN이 있습니다.'
        : isSaml(v)
          ? 'AssumeRoleWithSAML은 신뢰 정책과 자격 증명 공급자만으로 결정되며, 누구의 권한도 영향을 주지 않습니다.'
          : isService(v)
            ? '서비스는 자기 이름으로 역할을 수임하고 자체 정책이 없으므로, 역할의 신뢰 정책만으로 결정됩니다.'
            : isChained(v)
              ? 'MFA 코드는 사용자의 디바이스로만 보낼 수 있습니다. 역할의 세션으로 호출하면 보낼 코드가 없습니다. 사용자의 키로 호출해야 하며, 그러면 신뢰 정책이 그 사용자를 지정해야 합니다.'
              : '역할의 신뢰 정책이 호출자를 지정해야 하고, 같은 계정의 신뢰 정책이 바로 그 보안 주체를 지정한 경우가 아니라면 호출자의 정책도 `sts:AssumeRole`을 허용해야 합니다.',
    recognised:
      '역할에 대한 `sts:AssumeRole`이 거부됩니다. 신뢰 정책의 Principal, `sts:ExternalId`, MFA 조건을 호출자와 비교하세요.',
    fix: '신뢰 정책에 호출자를 추가하거나 요구하는 외부 ID를 보내고, 호출자에게 그 역할에 대한 `sts:AssumeRole`을 허용하세요.',
  },
  'oidc-trust': {
    title: '역할의 신뢰 정책이 웹 자격 증명 토큰을 받아들이지 않음',
    what: (v) => {
      const rule = condition(v)
      const token = `${where(v, 'provider', (provider) => `${provider} 공급자가 발급한 `)}토큰${where(v, 'subject', (subject) => `(${subject})`)}`
      return `역할이 ${josa(token, '을/를')} 받아들이지 않습니다${known(v, 'fault') === null || known(v, 'fault') === 'unknown' ? '' : `. ${term(v, 'fault', '')}`}${where(v, 'letsIn', (named) => `(신뢰 정책의 공급자: ${named})`)}${rule === '' ? '' : `. 신뢰 정책은 ${rule} 경우에만 허용합니다`}${isOpen(v) ? `. 신뢰 정책이 주체(\`sub\`)를 요구하지 않아 이 공급자의 토큰을 받은 누구나 역할을 수임할 수 있으므로, ${known(v, 'open') === 'kept' ? '신뢰 정책에서 주체도 요구하세요' : '아래 변경에서 함께 요구합니다'}` : ''}`
    },
    why: (v) =>
      `AssumeRoleWithWebIdentity는 신뢰 정책과 자격 증명 공급자만으로 결정되며, 누구의 권한도 영향을 주지 않습니다.${mayHaveIds(v) ? ' github.com에서 2026년 7월 15일 이후에 만들거나 이름을 바꾸거나 옮긴 리포지토리는 주체에 ID가 붙습니다(`repo:OWNER@ID/REPOSITORY@ID:…`). 어느 형식인지는 `gh api repos/OWNER/REPOSITORY/actions/oidc/customization/sub`로 확인하세요.' : ''}`,
    recognised:
      '“Not authorized to perform sts:AssumeRoleWithWebIdentity” 오류입니다. 토큰의 발급자, 대상, 주체를 신뢰 정책과 한 글자씩 비교하세요.',
    fix: '신뢰 정책의 공급자, `aud`, `sub`를 바로잡으세요. `sub`에 `*`를 쓰려면 StringLike가 필요합니다.',
  },
  'tag-session': {
    title: '세션에 태그를 붙이는데 태그 지정이 허용되지 않음',
    titleOf: (v) => (setsSource(v) ? '호출이 소스 ID를 설정하는데 그 설정이 허용되지 않음' : ''),
    what: (v) =>
      where(
        v,
        'lacking',
        (actions) =>
          `${josa(place(v) === '' ? '신뢰 정책' : place(v), '은/는')} ${josa(who(v), '이/가')} ${josa(theRole(v), '을/를')} 수임하도록 허용하지만, 같은 호출에서 요청하는 ${josa(actions, '은/는')} 허용하지 않습니다`,
      ) ||
      `${josa(who(v), '이/가')} ${setsSource(v) ? '소스 ID를' : '세션 태그를'} 넘기는데, ${theRole(v)}에 대한 \`${setsSource(v) ? 'sts:SetSourceIdentity' : 'sts:TagSession'}\` 권한이 없습니다`,
    why: (v) =>
      isService(v)
        ? '서비스에는 자체 정책이 없으므로, 역할의 신뢰 정책이 `sts:AssumeRole`과 함께 서비스가 요청하는 것을 모두 허용해야 합니다.'
        : known(v, 'call') !== null
          ? `태그와 소스 ID는 어설션이나 토큰에 들어 있고 그 보유자에게는 정책이 없으므로, 신뢰 정책이 ${where(v, 'call', (call) => call)} 작업과 함께 허용해야 합니다.`
          : setsSource(v)
            ? '소스 ID를 설정해 역할을 수임하려면 신뢰 정책과 호출자의 정책에 `sts:AssumeRole`과 함께 `sts:SetSourceIdentity`가 있어야 합니다. 소스 ID가 있는 세션은 수임하는 모든 역할에 그 값을 넘깁니다.'
            : '태그를 붙여 역할을 수임하려면 신뢰 정책에 `sts:AssumeRole`과 함께 `sts:TagSession`이 있어야 하고, 계정이 다르면 호출자의 정책에도 있어야 합니다.',
    recognised: '거부된 작업이 `sts:TagSession`입니다. EKS Pod Identity와 여러 CI 시스템은 항상 태그를 붙입니다.',
    fix: '`sts:AssumeRole` 옆에 `sts:TagSession`을 추가하거나, 도구에서 세션 태그를 끄세요.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

const isSaml = (v: Values): boolean => known(v, 'saml') !== null
const isOpen = (v: Values): boolean => known(v, 'open') !== null

/** AWS 서비스는 자기 이름으로 호출하며, 연결된 정책이 없다. */
const isService = (v: Values): boolean => /\.amazonaws\.com(?:\.cn)?$/u.test(known(v, 'principal') ?? '')

/** 역할의 세션으로 다른 역할을 수임하는 호출자에게 MFA를 요구한다. */
const isChained = (v: Values): boolean =>
  known(v, 'key')?.toLowerCase().startsWith('aws:multifactorauth') === true &&
  known(v, 'principal')?.startsWith('role/') === true

/** 세션이 거부된 까닭이 태그가 아니다. */
const setsSource = (v: Values): boolean => known(v, 'action')?.toLowerCase() === 'sts:setsourceidentity'

/** The folder of logs that the policy opens, and the one that they go to. */
const opensInstead = (v: Values): string =>
  known(v, 'found') === null
    ? ''
    : where(v, 'wanted', (arn) => `(로그 위치: ${arn}${where(v, 'found', (found) => `, 정책이 여는 위치: ${found}`)})`)
