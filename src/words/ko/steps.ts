import { known, orElse, quote, where, type Values } from '../values.ts'
import type { StepContext, Words } from '../words.ts'
import { josa, named, term } from './phrases.ts'
import { correctDocument } from './policy-documents.ts'
import { conditionSteps, deployed, goesPast, ofStranger } from './conditions.ts'
import { exemptIn } from './exemptions.ts'
import { home } from './home.ts'
import { identitySteps } from './identity-steps.ts'
import { sentSteps } from './sent-steps.ts'
import { serviceSteps } from './service-steps.ts'
import { settingsSteps } from './settings-steps.ts'

const add = (v: Values, { target, edits }: StepContext): string =>
  `${
    edits
      ? `${home(target)}에서 문 하나를 다음과 같이 수정하세요.${ofStranger(v)}`
      : `${home(target)}에 이 문을 추가하세요.${goesPast(v)}`
  }${deployed({ target })}`
const existing = (v: Values): string => `${orElse(v, 'policy', orElse(v, 'policyArn', '기존'))} 정책`

/** 추가할 문과, 정책 변경 자체가 거부된 경우 누가 추가할 수 있는지. */
const addToKey = (v: Values, context: StepContext): string =>
  v['editors'] === undefined
    ? add(v, context)
    : `${add(v, context)} 거부된 것이 바로 이 변경이므로 호출자는 할 수 없고, ${where(v, 'editors', (who) => who) || '키 정책이 `kms:PutKeyPolicy`를 허용하는 보안 주체'}만 할 수 있습니다. 그런 주체가 더 이상 없으면 AWS Support만 키 접근을 복구할 수 있습니다.`

export const steps: Words['steps'] = {
  'add-statement': add,
  'edit-statement': (_, { target }) =>
    `${home(target)}에 있는 문을 다음과 같이 수정하세요. 나머지 부분은 그대로 둡니다.`,
  'raise-version': (_, { target }) =>
    `${home(target)}의 Version을 \`2012-10-17\`로 바꾸세요. 문은 그대로 둡니다. 그때부터 문서의 다른 정책 변수도 모두 적용됩니다.`,
  'attach-existing-policy': (v) =>
    known(v, 'whose') === null
      ? `이미 이 권한이 있는 ${josa(existing(v), '을/를')} 연결하세요. 새로 작성할 것은 없습니다.`
      : `${josa(existing(v), '을/를')} ${term(v, 'whose', '')}에 연결하세요. 새로 작성할 것은 없습니다.`,
  'set-default-version': (v) =>
    `${existing(v)}의 ${where(v, 'version', (version) => `버전 ${version}을`) || '고친 버전을'} 기본 버전으로 지정하세요.`,
  'replace-managed-policy': (v) =>
    known(v, 'policyType') === 'permissions-boundary'
      ? `${orElse(v, 'policy', '현재 정책')} 대신 직접 만든 정책을 권한 경계로 지정하세요. AWS가 관리하는 정책이라 아무도 편집할 수 없습니다.`
      : `${known(v, 'attachTo') === null ? '' : `${named(known(v, 'attachTo') ?? '')}에서 `}${orElse(v, 'policy', '이')} 정책을 분리하거나 직접 만든 정책으로 바꾸세요. AWS가 관리하는 정책이라 아무도 편집할 수 없습니다. 먼저 연결한 사람에게 확인하세요.`,
  'leave-role-of-aws': (v) =>
    `${josa(known(v, 'role') === null ? '역할' : named(known(v, 'role') ?? ''), '은/는')} 그대로 두세요. AWS가 관리하는 정책이라 아무도 바꿀 수 없습니다. 리소스의 정책에서 호출을 허용하거나 직접 만든 역할로 호출하세요.`,
  'rejoin-group': (v) => `권한이 있는 ${where(v, 'group', (group) => `${group} `)}그룹에 사용자를 추가하세요.`,
  'allow-in-resource-policy': add,
  'allow-in-key-policy': (v, context) =>
    known(v, 'first') === 'origin-access'
      ? `원본 액세스 ID(OAI)로는 KMS 키를 쓸 수 없습니다. 먼저 배포의 원본을 원본 액세스 제어(OAC)로 바꾸세요. 그런 다음 ${addToKey(v, context)}`
      : addToKey(v, context),
  'allow-in-trust-policy': add,
  'correct-trust-condition': (v, { target }) =>
    known(v, 'fault') === 'action'
      ? `${home(target)}의 작업을 다음과 같이 바로잡으세요.`
      : known(v, 'fault') === 'issuer'
        ? `${home(target)}에 토큰을 발급한 공급자를 다음과 같이 지정하세요. 조건 키도 그 공급자로 시작합니다.`
        : known(v, 'fault') === 'unknown'
          ? `토큰의 \`aud\`와 \`sub\`(CloudTrail의 호출 기록에 있습니다)를 ${home(target)}의 값과 비교해 다른 쪽을 바로잡으세요.`
          : `${home(target)}의 조건을 호출자에 맞게 바로잡으세요.`,
  'allow-in-boundary': add,
  'allow-in-endpoint-policy': (v, context) =>
    known(v, 'forAccount') === null
      ? add(v, context)
      : `${add(v, context)} 엔드포인트를 거치는 ${quote(known(v, 'forAccount') ?? '')} 계정의 모든 보안 주체에 적용됩니다.`,
  'allow-in-scp': add,
  'exempt-in-scp': exemptIn('서비스 제어 정책(SCP)'),
  'exempt-in-rcp': exemptIn('리소스 제어 정책(RCP)'),
  'exempt-in-boundary': exemptIn('권한 경계'),
  'exempt-in-resource-policy': (v, context) =>
    exemptIn(known(v, 'vault') === null ? '리소스 자체의 정책' : '백업 볼트의 액세스 정책')(v, context),
  'unlock-resource-policy': (v) =>
    `${orElse(v, 'account', '<AccountId>')} 계정의 루트 사용자가 아래 변경을 반영해 정책을 저장하거나, 소유자가 다시 저장하도록 정책을 지워야(${orElse(v, 'task', 'aws s3api delete-bucket-policy')}) 합니다. 이 문은 다른 모두에게 그것을 거부합니다. 조직에서는 관리 계정이나 IAM 위임 관리자가 아래 명령으로 얻은 자격 증명으로 대신할 수 있습니다.`,
  'exempt-in-identity-policy': exemptIn('자격 증명 기반 정책'),
  'exempt-in-endpoint-policy': exemptIn('VPC 엔드포인트 정책'),
  'correct-malformed-policy': () => '정책 문서를 다음과 같이 바로잡으세요. AWS가 지금 상태로는 받아들이지 않습니다.',
  'correct-policy-document': correctDocument,
  'allow-in-new-key-policy': () => '보내려는 키 정책에 이 문을 넣고 다시 보내세요.',
  'write-principal-anew': (_, { target }) =>
    `${home(target)}에 보안 주체의 ARN을 다시 입력해 지금 존재하는 보안 주체를 가리키게 하세요.`,
  'name-existing-principal': (_, { target }) =>
    `${home(target)}에서 존재하지 않는 보안 주체를 빼거나, 실제로 있는 보안 주체의 ARN(계정, 경로, 철자)으로 고치세요. 그 자리에 \`*\`를 넣지 마세요.`,
  'shorten-logs-resource-policy': () =>
    'CloudWatch Logs 리소스 정책의 개별 항목들을 `log-group:/aws/vendedlogs/*` 항목 하나로 바꾸세요.',
  'widen-function-permission': () =>
    '함수의 권한 하나로 여러 개를 대신하게 하세요. 소스마다 있는 권한은 `aws lambda remove-permission`으로 지우고, 서비스에 대해 `aws lambda add-permission`을 한 번만 실행하되 `--source-arn`은 이름의 공통된 앞부분 뒤에 `*`를 붙이고 `--source-account`도 지정하세요.',
  'use-customer-managed-key': () =>
    '리소스를 고객 관리형 키로 옮기세요. AWS 관리형 키와 달리 키 정책을 바꿀 수 있습니다.',
  'encrypt-with-s3-key': () =>
    '버킷의 기본 암호화를 S3 관리형 키(SSE-S3)로 바꾸세요. Application Load Balancer와 Classic Load Balancer는 키 정책과 관계없이 KMS 키로는 액세스 로그를 쓰지 못합니다.',
  ...conditionSteps,
  ...serviceSteps,
  ...identitySteps,
  ...sentSteps,
  ...settingsSteps,
}
