import { ownValue } from '../../iam/own-value.ts'
import type { HintCode } from '../../diagnosis/hint-codes.ts'
import type { NextReason } from '../../remedy/next.ts'
import { serviceNames } from '../service-names.ts'
import { known, lookUpOf, orElse, quote, several, where, type Values } from '../values.ts'
import type { NoteCode, Words } from '../words.ts'
import { andList, who } from './phrases.ts'

type Sentences<Code extends string> = Readonly<Record<Code, (v: Values) => string>>

const look = <Code extends string>(table: Sentences<Code>, code: string): ((v: Values) => string) | undefined =>
  Object.hasOwn(table, code) ? table[code as Code] : undefined

const service = (v: Values): string => {
  const name = known(v, 'service')
  return name === null ? '서비스' : `${ownValue(serviceNames, name) ?? quote(name)} 서비스`
}

const nexts: Sentences<NextReason> = {
  'kms-behind-service': (v) => `${service(v)}에서 고객 관리형 키로 암호화한 것이라면 키도 허용해야 합니다`,
  'pass-role': (v) => `${service(v)}에 역할을 넘겨주는 데에는 별도의 권한이 필요합니다`,
  'pass-execution-role': () => '태스크에는 역할이 두 개이므로 실행 역할도 넘겨주어야 합니다',
  'service-linked-role': () => '계정에서 처음 사용할 때 서비스 연결 역할이 만들어집니다',
  'list-after-read': () => '같은 프로그램이 보통 버킷 목록도 조회합니다. 이 권한이 없으면 없는 객체도 거부로 보입니다',
  'object-after-bucket': () => '목록 다음에는 객체를 읽는데, 이 권한은 다른 ARN에 부여합니다',
  'companion-of-operation': () => '같은 작업에서 다음으로 이 호출이 필요합니다',
  'glue-parent-resource': (v) =>
    `Glue는 같은 호출에서 ${known(v, 'type') === null ? '상위 리소스' : `${orElse(v, 'type', '')} 리소스`}도 검사합니다`,
  'tags-on-create': () => '생성할 때 태그를 지정하려면 이 권한이 필요합니다',
  'tags-on-session': () => 'EKS Pod Identity나 일부 CI 시스템처럼 세션에 태그를 붙인다면 필요합니다',
  'dependent-action': () => 'AWS 문서에 이 호출의 종속 작업으로 나와 있습니다',
  'second-document-or-target': () => '이 호출은 문서와 인스턴스 양쪽을 검사합니다',
  'asked-together': () => '같은 호출이 이 리소스도 검사합니다',
}
export const next: Words['next'] = (code, values) => look(nexts, code)?.(values) ?? '같은 작업에 보통 함께 필요합니다'

const decisions: Readonly<Record<string, string>> = {
  allowed: '요청이 허용된다',
  implicitDeny: '요청을 허용하는 것이 없다',
  explicitDeny: 'Deny 문이 일치한다',
}
const decision = (v: Values, key: string): string => ownValue(decisions, v[key] ?? '') ?? '알 수 없다'

const documentFault = (v: Values): string => problem(known(v, 'problem') ?? 'not-an-object', known(v, 'value'))

const hints: Sentences<HintCode> = {
  'policy-not-usable': (v) =>
    `${where(v, 'policy', (policy) => `${policy} `)}정책을${where(v, 'statement', (number) => ` ${number} 번째 문 때문에`)} 사용할 수 없었습니다: ${documentFault(v)}. AWS는 이런 문서를 저장하지 않으므로 그 자리에 실제로 적용되는 내용은 알 수 없으며, 이 문서에서는 아무것도 판단하지 않았습니다. AWS가 돌려주는 문서를 그대로 넘겨주세요.`,
  'policy-odd': (v) =>
    `${where(v, 'policy', (policy) => `${policy} `)}정책은 평가에 썼지만 문제가 있습니다: ${documentFault(v)}.`,
  'user-keys-on-server': (v) =>
    `이 호출은 IAM 사용자${where(v, 'user', (user) => ` ${user}`)}의 장기 액세스 키로 이루어졌습니다. 서버에서는 역할(인스턴스 프로파일, 태스크 역할, 실행 역할)을 쓰세요. 역할의 자격 증명은 자동으로 갱신되지만, 키는 유출되기 쉽고 만료되지 않으며 주인이 떠나도 남습니다.`,
  'root-user': () =>
    '계정의 루트 사용자가 호출했습니다. 루트 사용자는 꼭 필요한 작업에만 쓰고, 평소에는 역할로 작업하세요.',
  'role-attached': () =>
    '먼저 역할이 연결되어 있는지부터 확인하세요. 인스턴스는 `aws ec2 describe-iam-instance-profile-associations`로, 태스크와 함수는 정의에 있는 태스크 역할과 실행 역할로 확인합니다.',
  'gives-rights': (v) =>
    `${
      known(v, 'principal') === null
        ? `${orElse(v, 'action', '이 작업')} 권한이 있으면 자신에게 없는 권한까지 나누어 줄 수 있어, 계정의 모든 것에 접근할 길이 열립니다.`
        : `자기 자신에 대한 ${orElse(v, 'action', '이 작업')} 권한이 있으면, 관리자처럼 ${who(v)} 스스로 어떤 권한이든 가질 수 있게 됩니다.`
    } 의도한 호출이 맞는지 먼저 확인하고, 계정의 권한을 책임지는 사람이 결정하게 하세요.${where(v, 'limits', (keys) => ` 조건 키 ${keys}로 범위를 제한할 수 있습니다.`)}`,
  'takes-guard': (v) =>
    `${orElse(v, 'action', '이 작업')}은 계정을 감시하거나 보호하는 것을 없애는 작업이라 일부러 허용하지 않거나 거부해 두는 경우가 많습니다. 누가 왜 호출했는지, 의도한 호출이 맞는지 먼저 확인하세요.`,
  'exact-object': () =>
    '이 문은 객체 하나만 허용합니다. 프로그램이 폴더 전체를 쓴다면 ARN을 버킷 이름 바로 뒤의 `*`가 아니라 `PREFIX/*`로 끝내세요.',
  'arn-cut-off': (v) =>
    `글에서 리소스의 ARN이 ${where(v, 'begins', (arn) => `${arn} 뒤에서 `)}잘려 있습니다. AWS가 출력한 대로 나머지를 채우거나, 전체 메시지로 다시 물어보세요.`,
  'own-identity': () =>
    '이 역할은 자격 증명 풀의 모든 사용자가 함께 쓰므로, 문에는 호출한 사람 자신의 것을 적었습니다. AWS는 `${cognito-identity.amazonaws.com:sub}` 자리에 세션의 자격 증명 ID를 넣습니다. 메시지에 있는 ID가 다른 사용자의 것이라면 거부가 맞고, 프로그램이 이름을 잘못 요청한 것입니다.',
  'managed-policy-fits': (v) =>
    `${where(v, 'policy', (policy) => `AWS 관리형 정책 ${policy}에`) || '용도에 맞는 AWS 관리형 정책에'} 이 권한을 비롯해 이런 워크로드에 보통 필요한 권한이 들어 있으므로, 문을 추가하는 대신 연결해도 됩니다.`,
  'unlisted-action': (v) =>
    `이 서비스가 가진 AWS 작업 목록${where(v, 'version', (version) => `(${version})`)}에는 ${orElse(v, 'action', '이 작업')}이 없습니다. 목록보다 새로운 작업이거나, 메시지가 AWS가 출력한 그대로가 아닙니다${where(v, 'meant', (meant) => `(그 이름의 작업은 ${meant}입니다)`)}. AWS는 어떤 이름이든 그대로 저장하므로, 이 문을 쓰기 전에 실제로 있는 작업인지 확인하세요.`,
  'changed-just-now': (v) =>
    `권한이 ${where(v, 'seconds', (seconds) => `${seconds}초 전에`) || '방금'} 바뀌었습니다. 모든 곳에 반영되기까지 몇 초 걸릴 수 있으니, 다른 것을 바꾸기 전에 다시 시도하세요.`,
  'further-conditions': (v) =>
    `결과는 다른 조건에도 달려 있습니다. 읽은 정책은 ${andList(several(v, 'keys')) || '다른 키'}도 검사하는데, 요청의 값이 알려지지 않았습니다. 조건에 맞는지 확인하거나 값을 적어 다시 물어보세요.`,
  'new-session-needed': () =>
    '이미 열린 세션은 발급될 때의 세션 정책과 태그를 그대로 유지합니다. 변경한 뒤에는 세션을 새로 여세요.',
  'decode-message': () =>
    '붙여 넣은 글에 인코딩된 인가 메시지가 있습니다. `aws sts decode-authorization-message --encoded-message …`를 실행하면 어느 문이 거부했는지 알 수 있으며, `sts:DecodeAuthorizationMessage` 권한이 필요합니다.',
  'own-evaluation-differs': (v) =>
    `AWS 자체의 평가는 ${decision(v, 'aws')}는 것이고${where(v, 'sid', (sid) => `(${sid} 문)`)}, 읽은 정책을 평가한 결과는 ${decision(v, 'own')}는 것입니다. AWS의 평가가 맞습니다. 호출한 뒤에 정책이 바뀌었거나, 결정에 쓰인 정책을 읽지 못한 것입니다.`,
  'grant-with-context': (v) =>
    `키의 권한 부여(grant)${where(v, 'grant', (name) => ` ${name}`)}가 이 보안 주체에게 이 작업을 허용하지만, 지정된 암호화 컨텍스트가 있을 때만 적용됩니다.`,
  'caller-by-unique-id': (v) => {
    const kind = known(v, 'kind') === 'user' ? 'user' : 'role'
    const noun = kind === 'user' ? '사용자' : '역할'
    return `호출자가 고유 ID로만 나와 있어 계정도 이름도 알 수 없습니다. 그 계정에서 \`${lookUpOf(kind, known(v, 'id'))}\` 명령을 실행하면 어떤 ${noun}인지 나옵니다. 결과가 없으면 다른 계정이거나 삭제된 ${noun}입니다.`
  },
  'no-scps-apply': (v) =>
    `${where(v, 'account', (account) => `${account} 계정은`) || '호출자의 계정은'} 조직의 관리 계정이며, 그 사용자와 역할에는 SCP가 적용되지 않습니다.${known(v, 'said') === null ? '' : ' 그런데도 AWS가 SCP를 지목했으므로, 다른 계정에서 호출했거나 지금은 조직이 다릅니다.'}`,
  'session-name-is-a-label': (v) =>
    `보안 주체의 마지막 부분${where(v, 'session', (session) => `(${session})`)}은 세션 이름일 뿐이고, 정책은 그 앞의 역할에 연결됩니다.`,
}
export const hint: Words['hint'] = (code, values) => look(hints, code)?.(values) ?? quote(code)

const notes: Sentences<NoteCode> = {
  'denials-cut': (v) =>
    `글에 거부가 읽는 한도보다 많아서 ${where(v, 'kept', (kept) => `처음 ${kept}건`) || '앞의 것'}만 세고 ${where(v, 'left', (left) => `나머지 ${left}건`) || '나머지'}은 제외했습니다.`,
  'policy-in-text': () =>
    '글에 있는 정책이 실제로 적용되는 것인지 알 수 없어 평가하지 않았습니다. 적용되는 정책이라면 정책으로 따로 넘겨 주세요. 그러면 요청을 그 정책에 대해 확인합니다.',
  'policy-as-told': () =>
    '글에 있는 정책은 AWS에서 읽은 것이 아니라 붙여 넣은 것입니다. 그 정책에서 나온 원인은 그 정책이 실제로 적용될 때 성립합니다. 정책으로 따로 넘기면 요청을 그 정책으로 평가합니다.',
  'diagnoses-cut': (v) =>
    `거부가 ${where(v, 'found', (found) => `${found}건`) || '여러 건'} 있으며, ${where(v, 'kept', (kept) => `처음 ${kept}건`) || '앞의 것'}만 답했습니다.`,
  'principals-not-fetched': (v) =>
    `나머지 보안 주체 ${where(v, 'count', (count) => `${count}개`) || '일부'}는 글만 보고 답했습니다. 요청마다 ${where(v, 'limit', (limit) => `보안 주체 ${limit}개`) || '정해진 수의 보안 주체'}까지만 정책을 읽습니다.`,
  'policies-of-another': () =>
    '요청에 든 정책 중 일부는 쓰지 않았습니다. 글에 보안 주체나 리소스가 여러 개이거나 정책과 다른 것이어서, 누구의 정책인지 알 수 없습니다. 거부를 하나씩, 그 정책과 함께 보내 주세요.',
  'plan-over-quota': () =>
    '계획이 모두 들어가지는 않습니다. AWS가 정책을 더 받지 않거나 더 긴 정책을 받지 않습니다. 명령이 없는 단계가 들어가지 않는 것이니, 먼저 있는 정책을 합치거나 분리하세요.',
  'policies-hidden': () => '이 키로는 정책 문서, 차이, 거의 일치한 문을 보여 주지 않습니다.',
}
export const note: Words['note'] = (code, values) => look(notes, code)?.(values) ?? quote(code)

const paren = (name: string | null): string => (name === null ? '' : `(${quote(name)})`)

export const managedBy: Words['managedBy'] = {
  'identity-center': (name) =>
    `IAM Identity Center의 권한 집합${paren(name)}에 속한 역할입니다. 역할을 직접 바꾸면 덮어써지므로 권한 집합을 바꾸세요.`,
  'service-linked': (name) => `서비스 연결 역할${paren(name)}이므로 해당 서비스만 바꿀 수 있습니다.`,
  'aws-reserved': (name) => `AWS가 예약한 역할${paren(name)}이므로 여기서 바꿀 수 없습니다.`,
  cloudformation: (name) =>
    `CloudFormation 스택${paren(name)}이 관리합니다. 템플릿을 바꾸지 않으면 다음 배포에서 되돌려집니다.`,
  'cdk-bootstrap': (name) => `CDK 부트스트랩 역할${paren(name)}입니다. 부트스트랩 템플릿을 바꾸세요.`,
  terraform: (name) => `Terraform${paren(name)}이 관리합니다. 구성을 바꾸지 않으면 다음 apply에서 되돌려집니다.`,
  'control-tower': (name) => `AWS Control Tower${paren(name)}가 관리하므로 거기서 바꾸세요.`,
  lab: (name) => `교육용 실습 환경의 역할${paren(name)}이라 참가자가 권한을 바꿀 수 없습니다.`,
}

const workloads: Readonly<Record<string, string>> = {
  'identity-center-user': 'IAM Identity Center로 로그인한 사람',
  'service-linked-role': '서비스 연결 역할을 쓰는 AWS 서비스',
  'teaching-lab': '교육용 실습 환경',
  cdk: 'CDK 배포',
  cloudformation: 'CloudFormation 스택',
  'ec2-instance': 'EC2 인스턴스',
  'eks-pod-identity': 'EKS Pod Identity를 쓰는 파드',
  'ecs-task': 'ECS 태스크',
  'ecs-service': 'ECS 서비스',
  codebuild: 'CodeBuild 빌드',
  codepipeline: 'CodePipeline 실행',
  'kubernetes-service-account': '서비스 계정의 역할을 쓰는 파드',
  'kubernetes-pod': 'Kubernetes 파드',
  'web-identity': 'SDK로 역할을 수임한 프로그램',
  'github-actions': 'GitHub Actions 실행',
  ci: 'CI 실행',
  terraform: 'Terraform 실행',
  'cognito-identity': 'Cognito 자격 증명 풀의 사용자',
  appsync: 'AppSync API 호출',
  service: 'AWS 서비스',
  'aws-cli': '역할을 수임한 AWS CLI 사용',
  'lambda-function': 'Lambda 함수',
  'saml-user': 'SAML로 로그인한 사람',
}
export const workload: Words['workload'] = (code) => ownValue(workloads, code) ?? quote(code)

const meanings: Readonly<Record<string, string>> = {
  'account-id': '계정 ID 12자리',
  region: '리전(예: ap-northeast-2)',
  'bucket-name': '버킷 이름',
  'results-bucket-name': '쿼리 결과용 버킷',
  'function-name': '함수 이름',
  'queue-name': '대기열 이름',
  'topic-name': '주제 이름',
  'database-name': '데이터베이스 이름',
  'table-name': '테이블 이름',
  'repository-name': '리포지토리 이름',
  'log-group-name': '로그 그룹 이름',
  'cluster-name': '클러스터 이름',
  resource: '권한을 부여할 대상(예: {"Database":{"Name":"…"}} 또는 {"Table":{"DatabaseName":"…","Name":"…"}})',
  'object-name': '객체의 키, 또는 /*로 끝나는 접두사',
  'resource-arn': '호출 대상 리소스의 ARN',
  'resource-type': 'ARN에 쓰는 리소스 유형(예: instance)',
  'resource-id': '리소스의 ID 또는 이름',
  'resource-name': '리소스의 이름',
  'principal-arn': '액세스를 받을 역할이나 사용자의 ARN',
  'role-name': '역할 이름',
  'policy-name': '정책 이름',
  'role-arn': '역할의 ARN',
  'user-name': 'IAM 사용자 이름',
  'execution-role-name': '태스크나 함수의 실행 역할',
  'task-role-name': '태스크 역할',
  'key-id': 'KMS 키의 ID(별칭은 안 됨)',
  'boundary-name': '권한 경계의 이름',
  organization: '리포지토리를 소유한 조직 또는 사용자',
  repository: '리포지토리 이름',
  branch: '역할을 수임할 수 있는 브랜치',
  tag: '역할을 수임할 수 있는 태그, 또는 StringLike 아래의 v* 같은 패턴',
  'cluster-id': '클러스터의 OIDC 발급자 URL에 있는 ID',
  namespace: '서비스 계정의 네임스페이스',
  'service-account': '파드가 사용하는 서비스 계정',
  'oidc-provider-host':
    '토큰을 발급한 공급자는 무엇입니까? https://를 뺀 토큰의 `iss` 값(EKS 클러스터의 OIDC 발급자, token.actions.githubusercontent.com, gitlab.com 등)',
  subject: '토큰의 `sub` 값을 한 글자도 다르지 않게',
  group: '프로젝트를 소유한 그룹',
  project: '프로젝트의 이름',
  'key-id-of-the-bucket': '버킷을 암호화한 KMS 키의 ID',
  'key-id-of-the-resource': '리소스를 암호화한 KMS 키의 ID',
  'boundary-arn': '계정이 요구하는 권한 경계의 ARN',
  'provider-host': 'https://를 뺀 발급자의 호스트 이름',
  'provider-arn': '자격 증명 공급자의 ARN',
  service: '서비스 보안 주체의 앞부분(예: lambda.amazonaws.com의 lambda)',
  prefix: '로그의 접두사. 설정하지 않았다면 뒤의 슬래시까지 빼세요',
  'service-prefix': '작업에서 서비스를 나타내는 접두사(예: s3:GetObject의 s3)',
  'snowflake-iam-user-arn':
    'Snowflake IAM 사용자의 ARN. `DESC INTEGRATION`의 STORAGE_AWS_IAM_USER_ARN(또는 API_AWS_IAM_USER_ARN) 값',
  'snowflake-external-id': '통합의 외부 ID. `DESC INTEGRATION`의 STORAGE_AWS_EXTERNAL_ID(또는 API_AWS_EXTERNAL_ID) 값',
  'management-account-id': '조직의 관리 계정',
  'administrator-account-id': '스택 세트를 관리하는 계정',
  'saml-provider-name': 'IAM에 있는 SAML 공급자의 이름',
  'identity-pool-id': '자격 증명 풀의 ID(예: ap-northeast-2:0d0bb2a1-…)',
  'authenticated-or-unauthenticated': '로그인한 사용자라면 authenticated, 게스트라면 unauthenticated',
  'dbi-resource-id':
    '인스턴스(db-…)나 클러스터(cluster-…)의 리소스 ID(DbiResourceId 또는 DbClusterResourceId), 프록시라면 prx-…',
  'database-user-name': '데이터베이스 사용자 이름',
  'snowflake-role-name': 'Snowflake 통합에 지정한 역할',
  'cluster-role-name': 'COPY나 UNLOAD에 지정하고 클러스터에 연결한 역할',
  'ecs-service-role-name': 'ECS 서비스에 지정한 역할',
  'service-principal': '서비스 보안 주체(예: events.amazonaws.com)',
  'source-arn': '호출 뒤에 있는 규칙, 주제, 배포의 ARN',
  code: 'MFA 디바이스에 지금 표시된 코드',
  'session-name': '원하는 세션 이름',
  'endpoint-id': 'VPC 엔드포인트의 ID(vpce-…)',
}
const kebab = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1-$2').toLowerCase()

export const placeholder: Words['placeholder'] = (name, meaning) => {
  const words = meanings[kebab(meaning)] ?? meanings[kebab(name)]
  const isKey = /^key-id-of-/u.test(kebab(meaning))
  const otherwise = isKey ? '리소스를 암호화한 KMS 키의 ID' : '실제 값으로 바꾸세요'
  return `${quote(name.startsWith('<') ? name : `<${name}>`)}: ${words ?? otherwise}`
}

const problems: Readonly<Record<string, string>> = {
  'bad-json': '문서가 올바른 JSON이 아닙니다',
  'not-an-object': '문서가 JSON 객체가 아닙니다',
  'unknown-version': 'Version이 IAM이 아는 값이 아닙니다',
  'no-statement': '문서에 Statement가 없습니다',
  'unknown-element': 'IAM이 모르는 요소가 있습니다',
  'duplicate-key': '같은 키가 두 번 있으며 마지막 것이 적용됩니다',
  'bad-effect': 'Effect가 Allow도 Deny도 아닙니다',
  'action-missing': 'Action과 NotAction이 모두 없습니다',
  'action-twice': 'Action과 NotAction이 모두 있습니다',
  'bad-action': '작업이 service:Name 형식이 아닙니다',
  'resource-missing': 'Resource와 NotResource가 모두 없습니다',
  'resource-twice': 'Resource와 NotResource가 모두 있습니다',
  'resource-not-allowed': '이 종류의 정책에는 Resource를 쓸 수 없습니다',
  'bad-resource': '리소스가 ARN이 아닙니다',
  'principal-missing': 'Principal이 없습니다',
  'principal-twice': 'Principal과 NotPrincipal이 모두 있습니다',
  'principal-not-allowed': '이 종류의 정책에는 Principal을 쓸 수 없습니다',
  'bad-principal': 'Principal이 IAM이 아는 형식이 아닙니다',
  'bad-condition': 'Condition의 형식이 잘못되었습니다',
  'unknown-operator': 'IAM이 모르는 조건 연산자가 있습니다',
}
export const problem: Words['problem'] = (code, value) =>
  `${ownValue(problems, code) ?? quote(code)}${value === null ? '' : `(${quote(value)})`}`
