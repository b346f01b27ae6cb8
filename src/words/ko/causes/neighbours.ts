import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { ownValue } from '../../../iam/own-value.ts'
import { known, orElse, quote, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import { policyTypes } from '../evidence.ts'
import { action, condition, hiddenPart, josa, ofHiddenPart, on, place, term, who } from '../phrases.ts'

const code = (v: Values): string => where(v, 'errorCode', (error) => `(${error})`)

/** AWS가 스스로 거부한 것을 “다른 시스템”이라고 하면 사실이 아니다. */
const byOwnRules = 'AWS IAM이 아니라 서비스 자체의 규칙에 따라 거부됨'
const tooLong = '요청한 세션이 허용된 시간보다 김'
const ofAws: Readonly<Record<string, string>> = {
  'policy-document': 'AWS가 정책 문서를 지금 내용으로는 받지 않음',
  service: '권한 부족이 아니라 AWS가 요청 자체를 거부함',
  cognito: byOwnRules,
  'identity-pool': byOwnRules,
  s3: byOwnRules,
  backup: byOwnRules,
  ses: byOwnRules,
  'key-state': 'KMS 키가 사용할 수 없는 상태임',
  'session-duration': tooLong,
  'role-chaining': tooLong,
  'session-manager': byOwnRules,
  'protected-role': 'AWS만 바꿀 수 있는 역할임',
  'object-lock': 'Object Lock이 객체를 보호하고 있으며 권한이 부족한 것이 아님',
}

const labels: Readonly<Record<string, string>> = policyTypes
const labelOf = (type: string): string => ownValue(labels, type) ?? quote(type)

export const neighbours = {
  'credentials-missing': {
    title: '프로그램이나 요청에 자격 증명이 없음',
    what: (v) =>
      known(v, 'why') === 'no-instance-role'
        ? 'Systems Manager 에이전트가 쓸 역할을 찾지 못했습니다. Systems Manager를 쓸 수 있는 인스턴스 프로파일이 없고, 이 계정과 리전에 기본 호스트 관리도 설정되어 있지 않습니다'
        : known(v, 'why') === 'not-signed'
          ? '요청에 서명이 없어 AWS가 익명 호출자로 처리했습니다'
          : known(v, 'why') === 'token-unreadable'
            ? '프로그램이 서비스 계정의 토큰을 읽지 못해 자격 증명이 없고, AWS에 요청조차 보내지 못했습니다'
            : known(v, 'why') === 'pod-identity-unknown'
              ? '프로그램이 EKS Pod Identity에서 자격 증명을 받지 못했습니다. SDK가 그보다 오래되어 에이전트의 주소를 받아들이지 않습니다'
              : known(v, 'why') === 'hop-limit'
                ? 'IMDSv2 토큰이 닿지 않아 프로그램이 AWS 자격 증명을 찾지 못했습니다. 인스턴스의 홉 제한이 1이면 컨테이너에서는 늘 그렇습니다'
                : known(v, 'why') === 'registry'
                  ? '요청에 레지스트리 로그인이 없거나, 레지스트리가 받아들이지 않는 로그인입니다'
                  : known(v, 'why') === 'only-on-host'
                    ? '호스트에는 AWS 자격 증명이 있지만, 컨테이너 안의 프로그램은 찾지 못했습니다'
                    : known(v, 'why') === 'job-without-token'
                      ? '작업이 AWS 자격 증명을 찾지 못했습니다. 역할을 얻을 토큰도 액세스 키도 받지 못했습니다'
                      : '프로그램이 AWS 자격 증명을 찾지 못해 AWS에 요청조차 보내지 못했습니다',
    why: (v) =>
      known(v, 'why') === 'no-instance-role'
        ? '에이전트는 먼저 인스턴스 프로파일의 역할로, 다음에는 계정의 기본 역할로 요청하며, 둘 다 없을 때 이렇게 응답받습니다.'
        : known(v, 'why') === 'not-signed'
          ? '서명이 없는 요청에는 역할도 사용자도 없으므로, 모두를 허용하는 리소스 쪽 정책만이 허용할 수 있습니다.'
          : known(v, 'why') === 'token-unreadable'
            ? 'SDK는 파드의 역할을 얻으려고 이 토큰을 STS에 보냅니다. 파일이 마운트되지 않았거나 컨테이너를 실행하는 사용자가 읽을 수 없습니다.'
            : known(v, 'why') === 'pod-identity-unknown'
              ? 'EKS는 역할이 연결된 서비스 계정의 파드마다 에이전트의 주소(169.254.170.23)를 환경 변수에 넣습니다. 오래된 SDK는 ECS와 자기 머신의 주소만 받아들입니다.'
              : known(v, 'why') === 'hop-limit'
                ? '인스턴스 메타데이터 서비스는 토큰을 홉 제한과 함께 보내는데, 자체 네트워크를 쓰는 컨테이너는 인스턴스보다 한 홉 더 멉니다. 토큰이 없으면 IMDSv2는 401로 답하거나 답하지 않으며, 같은 호출이 인스턴스에서는 성공합니다.'
                : known(v, 'why') === 'registry'
                  ? 'Amazon ECR은 12시간짜리 토큰을 받아야 이미지를 내줍니다. docker는 바로 이 레지스트리에 마지막으로 로그인할 때 받은 토큰을, kubelet은 노드의 역할로 받은 토큰을 보냅니다.'
                  : known(v, 'why') === 'only-on-host'
                    ? '자체 네트워크를 쓰는 컨테이너에는 IMDSv2 토큰이 한 홉 더 갈 수 있어야 인스턴스의 역할이 닿고, 호스트의 파일과 환경 변수는 따로 넘겨주어야 닿습니다.'
                    : known(v, 'why') === 'job-without-token'
                      ? 'GitHub는 작업의 권한에 `id-token: write`가 있을 때만 그 토큰을 줍니다. 권한을 나열하면서 이것을 빼면 꺼집니다.'
                      : 'SDK가 환경 변수, 프로파일 파일, 머신의 역할을 차례로 찾았지만 어디에도 없었습니다.',
    recognised:
      '“Unable to locate credentials”, NoCredentialProviders, 인스턴스 메타데이터에 역할이 없다는 오류, 또는 “User: anonymous”입니다.',
    fix: '서버라면 인스턴스, 태스크, 함수에 역할을 연결하고, 노트북이라면 프로파일을 고르세요. EC2 위의 컨테이너는 메타데이터 홉 제한이 2여야 합니다. SDK 없이 보내는 요청에는 직접 SigV4 서명을 해야 합니다.',
  },
  'credentials-invalid': {
    title: 'AWS가 이 자격 증명을 알지 못함',
    titleOf: (v) => (known(v, 'why') === 'certificate' ? 'IAM Roles Anywhere가 인증서를 신뢰하지 않음' : ''),
    what: (v) =>
      known(v, 'why') === 'certificate'
        ? `IAM Roles Anywhere가 전송된 인증서에서 활성화된 트러스트 앵커로 이어지는 체인을 찾지 못했습니다${code(v)}`
        : known(v, 'why') === 'mfa-code'
          ? `STS가 MFA 코드나 그 디바이스를 받아들이지 않았습니다${code(v)}`
          : known(v, 'why') === 'no-session-token'
            ? `텍스트에 보이는 한 임시 액세스 키(\`ASIA…\`)가 세션 토큰 없이 전송되었습니다${code(v)}`
            : `AWS가 전송된 자격 증명을 알지 못합니다${code(v)}`,
    why: (v) =>
      known(v, 'why') === 'certificate'
        ? '인증서가 액세스 키를 대신합니다. 다른 CA가 발급했거나, 중간 인증서가 함께 오지 않았거나, 만료되거나 폐기되었거나, 트러스트 앵커나 프로파일이 비활성화되어 있습니다. 역할의 신뢰 정책을 포함해 어떤 정책도 평가되지 않았습니다.'
        : '키가 삭제되었거나 잘못 입력되었거나, 다른 파티션의 것이거나, 임시 키(`ASIA…`)가 세션 토큰 없이 전송되었습니다. 정책은 평가되지 않았습니다.',
    recognised: 'InvalidClientTokenId, UnrecognizedClientException, InvalidAccessKeyId, AuthFailure 오류입니다.',
    fix: '어떤 자격 증명이 쓰이는지 확인하고(`aws configure list`), 키, 비밀 키, 세션 토큰을 함께 설정하세요.',
  },
  'credentials-expired': {
    title: '세션이 만료됨',
    titleOf: (v) => (known(v, 'why') === 'presigned-url' ? '미리 서명된 URL이 만료됨' : ''),
    what: (v) =>
      known(v, 'why') === 'presigned-url'
        ? `미리 서명된 URL의 유효 시간이나 서명한 자격 증명의 세션이 끝났습니다${code(v)}`
        : known(v, 'why') === 'artifact-token'
          ? `요청에 실린 CodeArtifact 토큰이 만료되었거나 토큰이 없습니다${code(v)}`
          : known(v, 'why') === 'login-token'
            ? '비밀번호 대신 쓰인 토큰이 15분을 넘겼거나, 다른 호스트, 포트, 사용자 또는 리전용으로 만들어졌습니다'
            : `이 자격 증명의 세션이 끝났습니다${code(v)}`,
    why: (v) =>
      known(v, 'why') === 'presigned-url'
        ? '미리 서명된 URL은 서명한 때부터 만든 사람이 정한 시간 동안만, 그리고 서명한 자격 증명이 유효한 동안만 쓸 수 있습니다. 정책은 평가되지 않았습니다.'
        : known(v, 'why') === 'artifact-token'
          ? 'CodeArtifact는 서명 대신 토큰을 받으며, 정책을 보기 전에 401로 응답합니다.'
          : known(v, 'why') === 'login-token'
            ? '이 토큰으로는 15분 동안만 새로 연결할 수 있습니다. 이미 열린 연결은 유지되지만, 새 연결마다 새 토큰이 필요합니다.'
            : '임시 자격 증명은 만료되면 거부됩니다. 정책은 평가되지 않았습니다.',
    recognised: 'ExpiredToken, ExpiredTokenException, RequestExpired 또는 만료된 SSO 세션입니다.',
    fix: '다시 로그인하거나 자격 증명을 갱신하세요. 오래 실행되는 프로그램은 스스로 다시 읽어야 합니다.',
  },
  'signature-mismatch': {
    title: '서명이 요청과 맞지 않음',
    what: (v) =>
      known(v, 'why') === 'malformed-header'
        ? `AWS가 전송된 \`Authorization\` 헤더를 해석하지 못합니다${code(v)}. 키 ID가 비어 있거나 불필요한 문자가 들어 있으면 헤더의 형식이 깨집니다`
        : known(v, 'why') === 'clock'
          ? `요청에 서명한 시계와 AWS의 시계가 허용 범위를 넘게 다릅니다${code(v)}`
          : known(v, 'why') === 'version'
            ? `AWS가 여기서는 이 버전의 서명을 받지 않고 서명 버전 ${known(v, 'version') ?? '4'}을 요구합니다${code(v)}`
            : `AWS가 계산한 서명이 전송된 서명과 다릅니다${code(v)}`,
    why: (v) =>
      known(v, 'why') === 'clock'
        ? '서명에는 만들어진 시각이 들어 있고 몇 분 동안만 유효합니다. 컨테이너와 가상 머신의 시계는 컴퓨터가 절전 상태일 때 멈춥니다. 정책은 평가되지 않았습니다.'
        : known(v, 'why') === 'version'
          ? '새 리전, 다중 리전 액세스 포인트, KMS 키로 암호화한 객체는 새 버전의 서명만 받습니다. 정책은 평가되지 않았습니다.'
          : '비밀 키 오류, 맞지 않는 시계, 잘못된 서명 리전, 요청을 바꾼 프록시 때문입니다. 정책은 평가되지 않았습니다.',
    recognised: 'SignatureDoesNotMatch, RequestTimeTooSkewed, IncompleteSignature 오류입니다.',
    fix: '비밀 키의 불필요한 공백, 시계, 리전, 프로그램과 AWS 사이의 프록시를 확인하세요.',
  },
  'region-not-enabled': {
    title: '계정에서 리전이 활성화되지 않음',
    what: (v) =>
      `이 계정에서 ${josa(where(v, 'region', (region) => `${region} 리전`) || '해당 리전', '이/가')} 활성화되어 있지 않거나, 자격 증명이 그곳에서 유효하지 않습니다`,
    why: () =>
      '옵트인 리전은 자격 증명을 발급하는 계정에서 활성화해야 하며, 전역 STS 엔드포인트의 토큰은 기본적으로 그곳에서 유효하지 않습니다.',
    recognised: '한 리전에서만 잘못된 자격 증명 오류가 나고 다른 리전은 모두 정상입니다.',
    fix: '계정에서 리전을 활성화하고 리전별 STS 엔드포인트를 쓰세요.',
  },
  'sso-role-assignment': {
    title: 'Identity Center가 그 계정에서 이 역할을 할당하지 않음',
    what: (v) =>
      `IAM Identity Center가 이 계정에서 사용자에게 ${josa(where(v, 'permissionSet', (name) => `${name} 권한 집합`) || '이 권한 집합', '을/를')} 할당하지 않았습니다`,
    why: () =>
      '권한 집합의 역할은 할당을 통해 주어지며, 할당이 없거나 이름이 틀리면 GetRoleCredentials가 “No access”로 응답합니다.',
    recognised: '“ForbiddenException … GetRoleCredentials: No access” 오류입니다.',
    fix: '프로파일의 `sso_role_name`과 `sso_account_id`를 바로잡거나, 권한 집합을 할당받으세요.',
  },
  throttled: {
    title: 'AWS가 호출 속도를 제한함',
    what: (v) => `한꺼번에 너무 많은 호출이 와서 AWS가 거부했습니다${code(v)}`,
    why: () => 'API의 속도 한도에 도달한 것이며 권한과는 관계가 없습니다.',
    recognised: 'Throttling, ThrottlingException, SlowDown, TooManyRequests, RequestLimitExceeded 오류입니다.',
    fix: 'SDK의 adaptive 또는 standard 재시도 모드로 간격을 두고 다시 시도하세요.',
  },
  'quota-exceeded': {
    title: '할당량을 모두 사용함',
    what: (v) => `계정이나 리소스의 할당량을 모두 사용했습니다${code(v)}`,
    why: () => '호출은 허용되었지만 새로 만들 여유가 없습니다.',
    recognised: 'LimitExceeded, ServiceQuotaExceeded 또는 “Cannot exceed quota for …” 오류입니다.',
    fix: '일부를 정리하거나, 늘릴 수 있는 할당량이면 증가를 요청하세요.',
  },
  'not-subscribed': {
    title: '계정이 구독하지 않았거나 AWS가 활성화하지 않음',
    what: (v) => {
      switch (known(v, 'why')) {
        case 'cost-explorer':
          return 'Cost Explorer가 켜져 있지 않거나 이 사용자나 역할에 열려 있지 않습니다'
        case 'billing-access':
          return '이 계정의 사용자와 역할에는 결제 정보가 열려 있지 않습니다'
        case 'product':
          return '이 계정과 리전의 Security Hub에서 이 제품과의 통합이 켜져 있지 않을 수 있습니다'
        case 'service-off':
          return '이 계정과 리전에서 이 서비스가 켜져 있지 않습니다'
        case 'not-entitled':
          return `AWS가 이 계정에 ${josa(known(v, 'operation') === null ? '이 작업' : action(v), '을/를')} 활성화하지 않았습니다${code(v)}`
        case 'account-blocked':
          return `AWS가 계정 자체를 정지하거나 차단했거나 아직 확인하는 중입니다${code(v)}`
        default:
          return `계정이 서비스나 Marketplace 제품을 구독하지 않았거나 약관에 동의하지 않았습니다${code(v)}`
      }
    },
    why: (v) => {
      switch (known(v, 'why')) {
        case 'cost-explorer':
          return 'Cost Explorer는 지급인 계정에서 한 번 켭니다. 그전까지, 그리고 결제에 대한 IAM 액세스를 활성화하기 전까지는 어떤 정책으로도 열리지 않습니다.'
        case 'billing-access':
          return '루트 사용자가 결제에 대한 IAM 액세스를 활성화하기 전에는 어떤 정책으로도 사용자와 역할이 볼 수 없습니다.'
        case 'product':
          return '통합은 계정과 리전마다 한 번 켭니다. 켜지 않으면 그 제품의 결과는 모두 거부됩니다.'
        case 'service-off':
          return '계정과 리전마다 한 번, 직접 또는 조직의 위임된 관리자가 켭니다. 켜기 전에는 누가 호출해도 모두 거부됩니다.'
        case 'not-entitled':
          return '메시지는 호출자가 아니라 계정을 말합니다. 어느 계정이 호출할 수 있는지는 AWS가 정하며 정책으로는 바꿀 수 없습니다.'
        case 'account-blocked':
          return '메시지는 호출자가 아니라 계정을 말합니다. 흔히 미납 요금을 정리한 뒤 AWS가 계정을 다시 열기 전까지는 어떤 정책이나 다른 키도 도움이 되지 않습니다.'
        default:
          return '구독은 계정에서 한 번 하는 것이며 어떤 권한으로도 대신할 수 없습니다.'
      }
    },
    recognised:
      'OptInRequired, SubscriptionRequiredException, Marketplace 약관에 관한 문장, 또는 “Your account is not authorized to invoke this API operation”입니다.',
    fix: '한 번 구독하고 약관에 동의한 뒤 다시 시도하세요. 계정에 권한이 없다는 메시지라면 AWS Support에 문의하세요. 결제 정보는 루트 사용자가 사용자와 역할에 열어 줍니다.',
  },
  'resource-not-found': {
    title: '찾은 위치에 리소스가 없음',
    what: (v) =>
      `AWS가 ${where(v, 'region', (region) => `${region} 리전에서 `)}${josa(term(v, 'what', '리소스'), '을/를')} 찾지 못했습니다${code(v)}`,
    why: () => '인가는 통과했으며 이름, 계정, 리전 중 하나가 맞지 않습니다.',
    recognised: 'NoSuchBucket, NoSuchKey, NoSuchEntity, ResourceNotFoundException 등입니다.',
    fix: '이름, 계정, 리전을 확인하세요.',
  },
  'other-system': {
    title: 'AWS IAM이 아닌 다른 시스템이 거부함',
    titleOf: (v) => ofAws[known(v, 'system') ?? ''] ?? '',
    what: (v) =>
      known(v, 'system') === 'policy-document'
        ? 'AWS가 정책 문서를 지금 내용으로는 받지 않습니다. 권한이 부족한 것은 아닙니다'
        : known(v, 'system') === 'protected-role'
          ? `이 역할은 AWS만 바꿀 수 있습니다${code(v)}. 호출자의 권한이 부족한 것은 아닙니다`
          : `이 거부는 AWS IAM이 아니라 ${term(v, 'system', '다른 시스템')}에서 나온 것입니다`,
    why: (v) =>
      known(v, 'system') === 'policy-document'
        ? '정책은 누가 보내든 저장하기 전에 검사합니다.'
        : known(v, 'system') === 'protected-role'
          ? 'IAM Identity Center는 권한 집합의 역할을, 서비스는 서비스 연결 역할을 작성합니다. 다른 누구의 변경도 권한과 관계없이 IAM이 거부합니다.'
          : known(v, 'system') === 'key-state'
            ? '비활성화되었거나 삭제 또는 키 구성 요소를 기다리는 키, 키 스토어에서 접근할 수 없는 키는 정책과 관계없이 누구에게도 거부됩니다.'
            : known(v, 'system') === 'role-chaining'
              ? '다른 역할의 세션으로 수임한 역할(역할 체인)의 세션은 역할의 설정과 관계없이 최대 한 시간이며, 어떤 정책으로도 바꿀 수 없습니다.'
              : known(v, 'system') === 'session-duration'
                ? '역할마다 최대 세션 시간이 있습니다(바꾸지 않았으면 1시간, 최대 12시간). 정책이 아니라 역할의 설정입니다.'
                : known(v, 'system') === 'object-lock'
                  ? 'S3는 법적 보존이나 보존 기간이 걸린 버전을 누구도 삭제하거나 덮어쓰지 못하게 합니다. 거버넌스 모드의 보존만 예외가 있습니다.'
                  : known(v, 'system') === 'service'
                    ? '요청의 내용이나 리소스의 상태에 따라 결정되며 IAM 정책으로는 바꿀 수 없습니다.'
                    : '그 시스템은 자체 규칙으로 결정하며 IAM 정책으로는 바꿀 수 없습니다.',
    recognised: 'Kubernetes RBAC, 다른 클라우드, 데이터베이스, 파일 시스템, 방화벽, CDN의 문구입니다.',
    fix: '그 시스템의 운영자에게 문의하세요. EKS라면 보안 주체의 액세스 항목이나 RBAC 역할입니다.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

export const openEnds = {
  'evaluation-allows': {
    title: '읽은 정책은 모두 요청을 허용하는데 AWS가 거부함',
    what: (v) => `읽은 정책을 합치면 ${who(v)}의 ${on(v)}${josa(action(v), '을/를')} 허용하는데 AWS는 거부했습니다`,
    why: (v) => {
      const taken = where(
        v,
        'taken',
        (account) =>
          ` 글에서 가려진 리소스의 계정은 호출자의 계정 ${account}(으)로 보았습니다. 다른 계정이라면 정책이 허용하지 않을 수 있습니다.`,
      )
      if (known(v, 'said') !== null)
        return `AWS 메시지는 ${josa(labelOf(known(v, 'said') ?? ''), '을/를')} 이유로 들지만, ${place(v) === '' ? '읽은 내용에는 거부하는 것이 없습니다' : `${josa(place(v), '이/가')} 허용합니다`}. 호출한 뒤에 정책이 바뀌었거나, 변경이 아직 모든 곳에 반영되지 않았거나, 호출이 다른 세션으로 왔거나 다른 리소스도 건드렸을 수 있습니다.${taken}`
      const notRead = several(v, 'notRead').map(labelOf)
      return `읽지 못한 것${notRead.length === 0 ? '' : `(${notRead.join(', ')})`}이 거부했거나, 그사이 정책이 바뀌었거나, 변경이 아직 모든 곳에 반영되지 않았거나, 호출이 다른 리소스도 건드렸을 수 있습니다.${taken}`
    },
    recognised: 'AWS 메시지는 거부인데, 읽을 수 있는 모든 것을 평가한 결과는 허용입니다.',
    fix: '먼저 다시 호출해 보고, 그래도 실패하면 읽지 못한 것을 순서대로 확인하세요.',
  },
  undetermined: {
    title: '알려지지 않은 값에 따라 답이 달라짐',
    what: (v) => {
      const rule = condition(v)
      const subject = josa(place(v) === '' ? '해당 문' : place(v), '은/는')
      if (known(v, 'hiddenIn') !== null)
        return `${subject} ${ofHiddenPart(v)}에 대해 ${josa(action(v), '을/를')} 허용합니다. ${orElse(v, 'wanted', '요청한 리소스')}도 포함되는지는 가려진 부분에 달려 있습니다`
      if (known(v, 'hidden') !== null)
        return `${subject} ${orElse(v, 'wanted', '어떤 리소스')}에 대해 ${josa(action(v), '을/를')} 허용합니다. 요청한 것이 그 리소스인지는 글에서 가려진 ${hiddenPart(v)}에 달려 있습니다`
      if (rule === '')
        return place(v) === ''
          ? `${josa(action(v), '을/를')} 결정한 이유를 여기서는 읽을 수 없습니다. 인코딩된 메시지에 들어 있거나, 나오지 않은 값에 달려 있습니다`
          : `${subject} 메시지에 나오지 않은 값에 따라 ${josa(action(v), '을/를')} 결정합니다`
      return known(v, 'effect') === 'Deny'
        ? `${subject} ${rule} 경우 ${josa(action(v), '을/를')} 거부하는데, 실제로 그랬는지 메시지로는 알 수 없습니다`
        : `${subject} ${rule} 경우에만 ${josa(action(v), '을/를')} 허용하는데, 실제로 그랬는지 메시지로는 알 수 없습니다`
    },
    why: (v) =>
      known(v, 'hidden') !== null
        ? '그 리소스가 맞다면 읽은 정책은 호출을 허용하므로 다른 무언가가 거부한 것이고, 아니라면 허용하는 문이 없습니다.'
        : known(v, 'key') === null
          ? '디코딩하거나 값을 알아내기 전에는 허용일 수도 거부일 수도 있습니다.'
          : `${orElse(v, 'key', '')} 값이 메시지에 없으므로 허용일 수도 거부일 수도 있습니다.`,
    recognised:
      '읽은 문이 검사하는 컨텍스트 키의 값이 붙여 넣은 글에 없거나, 이유가 인코딩된 인가 메시지에 들어 있습니다.',
    fix: '값을 알아내어 컨텍스트로 추가해 다시 물어보세요. 인코딩된 메시지는 `aws sts decode-authorization-message`로 디코딩합니다.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>
