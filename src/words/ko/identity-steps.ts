import { known, orElse, several, where, whereShown } from '../values.ts'
import type { Words } from '../words.ts'
import { josa, orList, roleMeant, term } from './phrases.ts'

/** 다른 세션이나 다른 자격 증명으로 할 일. */
export const identitySteps = {
  'change-session-policy': (v) =>
    `${josa(term(v, 'issuer', '이 자격 증명을 발급하는 쪽'), '이/가')} ${known(v, 'effect') === 'Deny' ? '그 Deny가 없는' : '이 작업을 포함한'} 세션 정책을 넘기게 하고, 세션을 새로 여세요.`,
  'keep-guests-out': () =>
    '자격 증명 풀의 게스트는 인터넷의 모든 사람입니다. 게스트의 역할이 권한을 줄 수 있게 하지 마세요. 사용자가 로그인하게 하고 로그인한 사용자의 역할에 권한을 주거나, 누가 요청하는지 확인한 백엔드가 호출하게 하세요.',
  'leave-guest-session': () =>
    '사용자가 로그인하게 하고 로그인한 사용자의 역할에 권한을 주거나, Cognito가 세션 정책을 넘기지 않는 기본 흐름(GetOpenIdToken 다음 AssumeRoleWithWebIdentity)을 쓰거나, 백엔드가 호출하게 하세요. 향상된 흐름에서 Cognito가 게스트에게 넘기는 세션 정책은 아무도 바꿀 수 없습니다.',
  'leave-pipeline-session': (v) =>
    `파이프라인 작업에서 ${orElse(v, 'action', '이 작업')}이 필요한 부분(태그, ACL, 그 밖의 옵션)을 빼거나, 자체 역할로 동작하는 CodeBuild 또는 Lambda 작업에서 그 부분을 실행하세요. 이 세션 정책은 CodePipeline이 넘기는 것이어서 계정의 누구도 바꿀 수 없습니다. CodePipeline이 호출한 것이 아니라면 역할을 수임한 쪽이 넘긴 것이므로 그쪽에서 바꿀 수 있습니다.`,
  'use-mfa-session': () => 'MFA로 세션을 받고, 출력된 세 값을 세션 토큰까지 모두 쓰세요.',
  'assume-role-with-mfa': () =>
    '본인 MFA 디바이스의 코드로 역할을 수임하고(프로파일에서는 `mfa_serial`), 출력된 세 값을 세션 토큰까지 모두 쓰세요.',
  'sign-in-again': () => '다시 로그인하거나 자격 증명을 갱신한 뒤 다시 호출하세요.',
  'open-new-session': (v) =>
    `다시 로그인하거나 역할을 다시 수임해 새 세션을 여세요. 서버나 함수에서는 프로그램이 새 자격 증명을 받게 하세요.${where(v, 'before', (time) => ` ${time} 이전의`) || ' 그 이전의'} 세션은 취소된 것이므로 이 세션을 위해 풀지 않습니다.`,
  'use-other-role': (v) =>
    known(v, 'instead') === 'root'
      ? '이 권한이 있는 계정의 역할이나 사용자로 로그인하세요. 루트 사용자를 막는 규칙이므로 루트 사용자를 위해 풀지 않습니다.'
      : `호출한 보안 주체에 권한을 주지 말고, 프로그램이 ${josa(roleMeant(v, '원래 의도한 역할이나 프로파일'), '을/를')} 쓰게 하세요.`,
  'use-spared-role': (v) =>
    `Deny가 예외로 둔 역할${whereShown(v, 'values', () => `(${orList(several(v, 'values'))})`)}을 수임할 수 있다면 그 역할로 호출하세요. 이런 작업은 그 역할로 하도록 정한 규칙입니다.`,
  'restart-pod-with-role': (v) =>
    `파드의 서비스 계정에 ${josa(roleMeant(v, '의도한 역할'), '을/를')} 지정하고 파드를 다시 시작해, 노드가 아닌 그 역할의 자격 증명을 받게 하세요.`,
  'use-task-role-credentials': () => '컨테이너 환경에서 액세스 키를 제거해 코드가 태스크 역할을 쓰게 하세요.',
  'name-task-role': () =>
    '권한이 있는 역할을 태스크 정의의 새 개정에서 `taskRoleArn`으로 지정하세요. 지금은 컨테이너의 코드가 실행 역할로 동작합니다.',
  'assign-permission-set': (v) =>
    `IAM Identity Center에서 ${josa(where(v, 'permissionSet', (name) => `${name} 권한 집합`) || '권한 집합', '을/를')} 할당받거나, 프로파일의 이름을 바로잡으세요.`,
  'use-account-credentials': (v) =>
    `${orElse(v, 'wanted', known(v, 'tool') === 'cdk' ? '배포 대상' : '리소스가 있는')} 계정의 자격 증명(다른 프로파일이나 호출자를 신뢰하는 그 계정의 역할)을 ${known(v, 'tool') === 'cdk' ? '쓰거나, 그 계정이 현재 계정을 신뢰하도록 부트스트랩하세요(`cdk bootstrap --trust`).' : '쓰세요. 자신의 계정을 의도했다면 ARN의 계정 번호를 바로잡으세요.'}`,
  'pass-role-of-own-account': (v) =>
    `호출하는 계정${where(v, 'account', (account) => `(${account})`)}의 역할을 전달하고 그 역할이 다른 계정의 역할을 맡게 하거나, 역할이 있는 계정의 자격 증명으로 호출하세요.`,
  'leave-linked-role': (v) =>
    `호출에서 ${josa(orElse(v, 'role', '서비스 연결 역할'), '을/를')} 빼세요. 그 역할은 ${josa(orElse(v, 'serviceName', '해당 서비스'), '이/가')} 따로 지정하지 않아도 스스로 사용합니다. 호출에 역할을 꼭 지정해야 한다면 그 용도로 만든 역할을 전달하세요(StackSets라면 \`AWSCloudFormationStackSetAdministrationRole\`, 서비스 관리형 권한이면 역할 없이).`,
  'assume-role-instead': () =>
    '임시 자격 증명으로도 할 수 있는 AssumeRole을 대신 호출하거나, IAM 사용자의 액세스 키로 이 호출을 하세요. 어떤 권한으로도 이 제한은 풀리지 않습니다.',
  'call-from-management-account': () => '조직의 관리 계정이나 위임된 관리자인 멤버 계정의 자격 증명으로 호출하세요.',
  'make-new-url': () =>
    'URL을 새로 만드세요. 유효 시간이 너무 짧았다면 늘리되 서명 버전 4에서는 최대 7일입니다. 이전 URL은 다시 호출해도 계속 실패하며, 어떤 URL도 서명한 자격 증명의 세션보다 오래 쓸 수 없습니다.',
  'make-login-token': () =>
    '로그인 직전에 토큰을 새로 만들고(15분 동안 유효), 바로 이 호스트, 포트, 사용자, 리전에 대한 것인지 확인한 뒤 TLS로 접속하세요.',
  'log-out-of-registry': () =>
    '레지스트리에서 로그아웃하세요(`docker logout public.ecr.aws`, `helm registry logout public.ecr.aws`). 퍼블릭 이미지는 로그인 없이 가져오며, 오래된 로그인은 거부됩니다.',
  'name-execution-role': () =>
    '코드에서 SageMaker 실행 역할의 ARN을 지정하세요(`role=…`). `get_execution_role()`은 SageMaker가 실행하는 코드에서만 역할을 찾습니다.',
  'correct-mfa-code': () =>
    '디바이스에 지금 표시된 코드를 보내세요(코드마다 한 번만 쓸 수 있습니다). 일련번호는 그 사용자의 디바이스 ARN이어야 하며, 시계가 맞지 않는 디바이스는 다시 동기화해야 합니다.',
} satisfies Partial<Words['steps']>
