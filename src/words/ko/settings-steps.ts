import { isUnexpanded } from '../facts.ts'
import { known, orElse, where } from '../values.ts'
import type { Words } from '../words.ts'
import { hiddenPart, josa, term } from './phrases.ts'

/** 정책 문제가 아닐 때 할 일. 이름, 설정, 자격 증명, 다른 시스템. */
export const settingsSteps = {
  'reassign-lambda-role': () =>
    '함수에 다른 역할을 지정해 저장한 뒤 원래 역할로 되돌리세요. 그러면 Lambda가 키에 대한 권한 부여를 새로 만듭니다.',
  'create-grant': (v) =>
    `그런 다음 ${orElse(v, 'account', '호출자의')} 계정에서 이 키의 kms:CreateGrant를 호출할 수 있는 사용자나 역할이 다음과 같이 ${orElse(v, 'role', '역할')}에 권한을 부여(grant)하게 하세요. 다른 계정의 키는 키 정책만으로 서비스 연결 역할이 쓸 수 없고, 그 역할의 정책은 바꿀 수 없습니다.`,
  'wait-until': (v) =>
    `기다릴 수 있다면 ${orElse(v, 'until', '그 기간')} 이후에 다시 실행하세요. 그때부터는 이 Deny가 적용되지 않습니다.`,
  'wait-and-retry': () => '몇 초 기다렸다가 다시 실행하고, 자동화에는 종속성이나 재시도를 추가하세요.',
  'check-key-exists': (v) =>
    known(v, 'objectKey') === 'route'
      ? '단일 페이지 애플리케이션의 경로는 버킷에 객체로 존재하지 않습니다. CloudFront가 403과 404에 `/index.html`을 상태 200으로 응답하게 하세요(사용자 지정 오류 응답). 오리진 액세스에 버킷 목록 조회를 허용하면 없는 객체에 S3가 404로 응답합니다.'
      : `${where(v, 'bucket', (bucket) => `${bucket} 버킷에 `)}정확히 이 키로 객체가 있는지 확인하세요.`,
  'check-resource-exists': (v) =>
    `${known(v, 'resource') === null ? term(v, 'what', '리소스') : `${orElse(v, 'resource', '')} 리소스`}의 이름, 계정, 리전을 확인하세요.`,
  'pass-the-name': (v) =>
    isUnexpanded(v)
      ? `호출하기 전에 ${orElse(v, 'unset', '변수')} 변수가 값으로 바뀌게 하세요. 작은따옴표 안에서는 셸이 변수를 바꾸지 않으며, 변수를 모르는 도구와 설정도 많습니다. 그런 다음에도 거부되는지 확인하세요.`
      : `프로그램에 빠진 이름을 넣으세요. 이름을 담을 변수나 설정, 파라미터가 비어 있어${where(v, 'unset', (name) => ` 이름 대신 ${name} 값이`) || ' 이름 없이'} 요청되었습니다. 그런 다음에도 거부되는지 확인하세요.`,
  'pass-name-not-arn': (v) =>
    known(v, 'of') === 'bucket'
      ? `호출에 버킷의 ARN이 아니라 이름만${where(v, 'name', (name) => `(${name})`)} 넘기세요(CDK에서는 \`bucketName\`, Terraform에서는 \`bucket\`이나 \`id\`).`
      : `호출에 ARN이 아니라 이름만${where(v, 'name', (name) => `(${name})`)} 넘기세요. AWS는 그 이름을 호출자의 계정과 리전의 ARN에 넣습니다. 다른 계정의 리소스라면 그 계정의 자격 증명으로 호출하세요.`,
  'push-image': (v) =>
    `${josa(orElse(v, 'image', '이미지'), '을/를')} 서비스와 같은 계정, 같은 리전의 ECR 리포지토리에 푸시하고 호출에 전체 주소(${orElse(v, 'uri', '`<AccountId>.dkr.ecr.<Region>.amazonaws.com/…`')})를 넘기세요. 로컬 컴퓨터의 태그에는 레지스트리가 들어 있지 않습니다.`,
  'name-prefix-as-source': () =>
    '주소가 `/`로 끝나는데, 문자열로만 넘기면 바로 그 이름의 객체 하나를 뜻합니다. 아카이브(`…/model.tar.gz`)를 지정하거나, 압축하지 않은 모델이라면 `S3DataType: S3Prefix`와 `CompressionType: None`을 넣은 `S3DataSource`로 넘기세요(CreateModel의 `ModelDataSource`, Python SDK에서는 `model_data`에 딕셔너리).',
  'name-whole-arn': (v) =>
    `${orElse(v, 'account', '다른')} 계정${where(v, 'region', (region) => `, ${region} 리전`)}에 있는 전체 ARN(이름 뒤에 하이픈과 여섯 글자가 붙은 것)으로 요청하세요. 이름만 주면 호출자 자신의 계정과 리전에서 찾는데, 거기에는 그 이름이 없습니다. 이름에 대한 문을 추가해도 달라지지 않습니다.`,
  'name-own-partition': (v) =>
    `프로그램이 ${orElse(v, 'wanted', '자기 파티션의 ARN')}을 요청하게 하세요. 파티션을 고정된 단어로 쓰지 말고 리전이나 호출자의 ARN에서 가져와야 합니다. 이를 위해 바꿀 정책은 없습니다.`,
  'pass-role-not-session': (v) =>
    `호출에 세션의 ARN이 아니라 역할의 ARN(${orElse(v, 'role', '<RoleArn>')}, 경로가 있다면 \`role/\`과 이름 사이에 경로)을 넘기세요. 이미 이 역할로 실행 중인 프로그램은 다시 수임할 필요가 없습니다.`,
  'pass-role-not-user': (v) =>
    `호출에 사용자의 ARN 대신 ${where(v, 'principal', (service) => `${service} 서비스가 수임할 수 있는 `)}역할의 ARN을 넘기세요. 사용자는 아무도 수임할 수 없습니다. 그 사용자의 권한을 쓰려던 것이라면 같은 권한을 그 역할에 부여하세요.`,
  'keep-block-public-access': () =>
    '퍼블릭 액세스 차단을 켜 둔 채 CloudFront와 원본 액세스 제어로 콘텐츠를 제공하거나, 정책에서 공개 부분을 빼세요.',
  'grant-lake-formation': (v) =>
    `Lake Formation에서 ${where(v, 'on', (name) => `${name}에 대한 `)}${where(v, 'permission', (name) => `${name} 권한`) || '권한'}을 부여하세요.`,
  'read-by-lake-formation': () =>
    '자체 역할이 아니라 Lake Formation이 발급하는 자격 증명으로 읽게 하세요. 크롤러에서는 `UseLakeFormationCredentials`를 켜고, Glue 작업에서는 세분화된 액세스를 켠 상태로(`--enable-lakeformation-fine-grained-access true`) 카탈로그에서 테이블을 읽으세요. 역할에는 lakeformation:GetDataAccess와 테이블에 대한 권한 부여가 필요하고, 크롤러에는 데이터 위치 권한도 필요합니다. 버킷 정책은 그대로 둡니다.',
  'map-opensearch-user': (v) =>
    `인덱스 권한이 있는 도메인 보안 플러그인의 역할에 ${where(v, 'user', (user) => `${user} 사용자`) || '사용자'}나 그 백엔드 역할을 매핑하세요. 도메인 자체나 그 자격 증명 공급자의 사용자는 IAM 역할이 아닙니다.`,
  'map-opensearch-role': () => '인덱스 권한이 있는 도메인 보안 플러그인의 역할에 IAM 역할을 매핑하세요.',
  'grant-data-access': (v) =>
    `컬렉션의 데이터 액세스 정책에 ${josa(orElse(v, 'principal', '호출하는 역할이나 사용자'), '을/를')} 보안 주체로 넣고, \`index/<CollectionName>/*\`에 대해 하는 일(\`aoss:ReadDocument\`, \`aoss:WriteDocument\`, \`aoss:DescribeIndex\`, \`aoss:CreateIndex\` 등)을 허용하세요. 지금 있는 정책은 \`aws opensearchserverless list-access-policies --type data\`로 볼 수 있고, 변경은 1분쯤 뒤에 적용됩니다.`,
  'enable-model-access': (v) =>
    `\`aws-marketplace:Subscribe\`, \`aws-marketplace:Unsubscribe\`, \`aws-marketplace:ViewSubscriptions\` 권한이 있는 사람이 이 계정에서 ${where(v, 'model', (model) => `${model} `)}모델을 한 번 호출하게 한 뒤 몇 분 기다리세요. Anthropic이 요구하는 사용 사례 정보까지 물어보는 Bedrock 콘솔의 플레이그라운드가 가장 쉽습니다.`,
  'admit-to-api': () =>
    'API의 리소스 정책을 확인하세요. 이 스테이지, 메서드, 경로에 대한 `execute-api:Invoke`를 호출자가 들어오는 위치(`aws:SourceIp`, `aws:SourceVpce`)나, AWS_IAM이라면 호출자에게 허용해야 합니다. 그런 다음 스테이지를 다시 배포하세요. 배포하기 전에는 이전 정책이 적용됩니다.',
  'sign-request': () => 'API를 호출할 수 있는 자격 증명으로 요청에 SigV4 서명을 하세요.',
  'find-api-method': () =>
    '호출한 스테이지, 경로, HTTP 메서드가 배포된 것과 같은지 확인하고, 변경했다면 API를 다시 배포하세요. 메서드가 AWS_IAM을 쓴다면 요청에 SigV4 서명을 하세요.',
  'find-api-check': () =>
    '메서드 앞에서 검사하는 것을 확인하세요. 필수 API 키(`x-api-key`)와 사용량 계획, AWS WAF의 웹 ACL, 사용자 지정 도메인 매핑, 상호 TLS, API의 리소스 정책이 있습니다.',
  'sign-call': (v) =>
    known(v, 'option') === '--no-sign-request'
      ? '`--no-sign-request` 옵션을 빼서 역할이나 사용자의 자격 증명으로 호출에 서명하세요. 또는 버킷 소유자에게 버킷 정책과 퍼블릭 액세스 차단 설정에서 모든 사용자를 허용해 달라고 하세요.'
      : `역할이나 사용자의 자격 증명으로 요청에 SigV4 서명을 하세요. SDK는 자격 증명을 찾으면 스스로 서명합니다.${known(v, 'service') === 's3' ? ' 또는 접근 권한이 있는 사람이 객체 하나에 대해 만든 미리 서명된 URL을 호출하세요.' : ''}${known(v, 'service') === 'es' ? ' 또는 도메인의 액세스 정책에서 호출이 오는 IP 주소를 허용하세요.' : ''}`,
  'correct-authorizer': () => '권한 부여자나 그것이 반환하는 정책을 바로잡고 스테이지를 다시 배포하세요.',
  'set-region': (v) =>
    `클라이언트의 리전을 ${where(v, 'region', (region) => `${region} 리전으로`) || '리소스의 리전으로'} 설정하세요.`,
  'set-region-offering': () => '클라이언트의 리전을 이 기능이 제공되는 리전으로 설정하거나, 이 기능을 쓰지 마세요.',
  'enable-region': (v) =>
    `계정에서 ${where(v, 'region', (region) => `${region} `)}리전을 활성화하고 리전별 STS 엔드포인트를 쓰세요.`,
  'provide-credentials': () =>
    '프로그램에 자격 증명을 주세요. 인스턴스, 태스크, 함수라면 역할을 연결하고, 노트북이라면 프로파일을 고르거나 로그인하세요.',
  'raise-hop-limit': () =>
    '인스턴스 메타데이터 서비스의 토큰이 컨테이너까지 닿게 하세요. `aws ec2 modify-instance-metadata-options --instance-id <InstanceId> --http-tokens required --http-put-response-hop-limit 2`를 실행하고 시작 템플릿에도 같은 값을 두세요. 파드나 태스크라면 자체 역할(서비스 계정용 IAM 역할, EKS Pod Identity, 태스크 역할)을 주는 편이 낫습니다. 컨테이너 밖이라면 IMDSv2보다 오래된 SDK를 업그레이드하세요.',
  'permit-id-token': () =>
    '워크플로나 작업의 `permissions:`에 `id-token: write`와 `contents: read`를 적어, `role-to-assume`의 역할을 얻을 토큰을 받게 하세요. 시크릿의 액세스 키를 쓰는 단계라면 이 저장소와 환경에 그 시크릿이 설정되어 있어야 합니다. 포크에서 온 풀 리퀘스트는 둘 다 받지 못합니다.',
  'let-pod-read-token': () =>
    '파드의 사용자가 프로젝션된 토큰을 읽을 수 있게 하세요. `securityContext.fsGroup`을 설정하고, 서비스 계정에 역할 애너테이션이 있으며 파드가 그 뒤에 만들어졌는지 확인하세요.',
  'set-api-log-role': () =>
    'API Gateway 계정 설정에 역할을 지정하세요. 리전마다 한 번이면 계정의 모든 API에 적용됩니다. 역할은 apigateway.amazonaws.com을 신뢰하고 관리형 정책 AmazonAPIGatewayPushToCloudWatchLogs를 가져야 합니다. 그다음 다시 배포하세요.',
  'give-instance-role': () =>
    '관리형 정책 AmazonSSMManagedInstanceCore가 있는 역할의 인스턴스 프로파일을 인스턴스에 연결하고 에이전트를 다시 시작하세요.',
  'turn-on-host-management': () =>
    '역할을 만든 뒤 이 리전에서 계정의 기본 호스트 관리를 켜세요. 그러면 IMDSv2를 쓰는 모든 인스턴스가 프로파일 없이 관리됩니다.',
  'sign-in-to-identity-pool': () =>
    '사용자를 로그인시키고 자격 증명 공급자의 토큰을 `Logins`로 보내거나, 게스트를 허용할 생각이라면 자격 증명 풀에서 게스트 액세스를 켜세요.',
  'send-login-of-identity': () =>
    '`Logins`를 바로잡으세요. 풀이 아는 공급자를 그 이름 그대로 쓰고, 아직 유효한 그 공급자의 토큰을 넣어야 합니다. 자격 증명 ID는 만들 때의 로그인에 속하므로 캐시된 것은 지우세요.',
  'grant-rds-iam': (v) =>
    `데이터베이스 사용자가 IAM으로 로그인할 수 있는지 확인하세요. ${orElse(v, 'user', '그 사용자')}에게 \`GRANT rds_iam\`이 필요하고, 인스턴스나 클러스터에서 IAM 인증이 켜져 있어야 합니다.`,
  'identify-with-plugin': (v) =>
    `데이터베이스 사용자${where(v, 'user', (name) => `(${name})`)}가 IAM으로 로그인하는지(\`IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'\`), 인스턴스나 클러스터에서 IAM 인증이 켜져 있는지 확인하세요.`,
  'replace-credentials': () =>
    '어떤 자격 증명이 쓰이는지 확인하고(`aws configure list`) 교체하세요. 임시 자격 증명은 키, 비밀 키, 세션 토큰이 모두 필요합니다.',
  'send-session-token': () =>
    '임시 키와 함께 세션 토큰도 설정하세요. 액세스 키 ID(`ASIA…`), 비밀 액세스 키, 세션 토큰은 한 묶음이며 AWS는 하나만으로는 알지 못합니다.',
  'present-trusted-certificate': () =>
    '인증서가 바로 이 트러스트 앵커의 CA로 이어지는지 확인하세요(`openssl verify -CAfile <TrustAnchorCa> -untrusted <Intermediates> <Certificate>`). 중간 인증서를 함께 보내고(`--intermediates`), 만료되거나 폐기되지 않았고 서명에 쓸 수 있는 인증서(X.509 버전 3, `CA:FALSE`, 키 용도 Digital Signature)를 쓰며, 트러스트 앵커와 프로파일이 활성화되어 있는지 보세요(`aws rolesanywhere list-trust-anchors`, `aws rolesanywhere list-profiles`).',
  'accept-session-name': () =>
    '호출에서 세션 이름(`--role-session-name`)을 빼거나, 명령처럼 IAM Roles Anywhere 프로파일이 세션 이름을 받도록 설정하게 하세요.',
  'set-clock': () =>
    '서명하는 컴퓨터, 컨테이너, 가상 머신의 시계를 맞추고 계속 동기화하세요(NTP, `chronyc tracking`). 요청은 몇 분 동안만 유효합니다.',
  'correct-signature': () => '비밀 키의 불필요한 공백, 시계, 서명 리전, 중간의 프록시를 확인하세요.',
  'sign-with-version': (v) =>
    known(v, 'version') === '4A'
      ? '클라이언트가 여러 리전에서 유효한 서명 버전 4A로 서명하게 하세요(다중 리전 액세스 포인트가 요구합니다). 이를 지원하는 SDK나 CLI를 쓰고, 필요하면 AWS CRT 라이브러리(`botocore[crt]`)를 설치하세요.'
      : '클라이언트가 서명 버전 4로 서명하게 하세요. 설정(`signature_version` `s3v4`, `AWS4-HMAC-SHA256`)을 바꾸거나 SDK를 업그레이드하고 버킷의 리전을 지정하세요. 전에 서명한 URL은 새로 만들어야 합니다.',
  'see-object-lock': () =>
    '객체의 이 버전을 무엇이 보호하는지 확인하세요(명령에 나옵니다). 법적 보존은 s3:PutObjectLegalHold 권한이 있는 사람이 해제합니다. 거버넌스 모드의 보존은 s3:BypassGovernanceRetention 권한이 있고 `--bypass-governance-retention`을 보내면 지나갈 수 있습니다. 규정 준수 모드에서는 루트 사용자도 기한 전에는 지울 수 없습니다.',
  'delete-linked-role': (v) =>
    `DeleteServiceLinkedRole을 쓰거나 그 서비스의 설정에서 삭제하세요. 어떤 권한이 있어도 DeleteRole로는 서비스 연결 역할이 삭제되지 않습니다. 먼저 서비스에서${where(v, 'role', (role) => ` ${role}`)} 역할이 필요한 것을 삭제하세요.`,
  'leave-linked-role': (v) =>
    `역할${where(v, 'role', (role) => ` ${role}`)}은 그대로 두세요. 그 서비스만 바꿀 수 있고 누구에게도 허용할 수 없습니다. 서비스에 권한이 모자라면 리소스 정책이나 서비스 설정으로 주세요.`,
  'correct-key-characters': () =>
    '프로그램이 받은 액세스 키 ID와 비밀 키를 확인하세요. 빈 값, 따옴표, 공백, 끝의 줄바꿈(파일이나 CI 시크릿에 흔합니다)이 원인입니다. 직접 서명하는 클라이언트라면 Credential, SignedHeaders, Signature를 쉼표와 공백으로 구분해 모두 보내야 합니다. 베어러 토큰은 서명이 아닙니다.',
  'back-off': () => '속도를 낮추고 간격을 두어 다시 시도하세요. 부여할 권한은 없습니다.',
  'raise-quota': () => '할당량을 일부 비우거나, 늘릴 수 있으면 증가를 요청하세요.',
  subscribe: () => '한 번 구독하고 약관에 동의한 뒤 다시 시도하세요.',
  'enable-service': () =>
    '이 계정과 리전에서 서비스를 켜거나(조직의 관리자가 모든 계정에 켤 수도 있습니다), 켜져 있는 곳에서 호출하세요.',
  'enable-product': () =>
    '이 계정과 리전의 Security Hub에서 그 제품과의 통합을 켜세요. 켜야만 그 제품의 결과를 받습니다.',
  'enable-cost-explorer': () =>
    '관리(지급인) 계정의 결제 및 비용 관리 콘솔에서 Cost Explorer를 한 번 열어 켜세요. 데이터는 약 24시간 뒤에 나타납니다. 멤버 계정이면 지급인이 연결된 계정의 사용을 허용해야 합니다.',
  'call-from-organization': () =>
    '조직의 관리 계정 자격 증명으로 호출하거나, 먼저 조직을 만들거나 조직에 가입하세요. 조직이 없으면 이 호출은 빼세요.',
  'activate-billing-access': () =>
    '루트 사용자로 로그인해 계정(Account) 페이지의 “IAM user and role access to Billing information”에서 IAM 액세스를 활성화하세요. 그 뒤에야 사용자와 역할의 정책이 적용됩니다.',
  'ask-other-system': (v) =>
    `${term(v, 'system', '그 시스템')} 담당자에게 문의하세요. 자체 규칙으로 결정하는 시스템입니다.`,
  'change-permission-set': (v) =>
    `IAM Identity Center에서 ${where(v, 'permissionSet', (name) => `권한 집합 ${name}`) || '권한 집합'}을 고친 뒤 다시 프로비저닝하세요. 권한 집합이 할당된 모든 계정의 이 역할은 Identity Center가 작성합니다.`,
  'leave-role-to-service': () =>
    '역할을 그대로 두세요. AWS가 서비스나 자신을 위해 만든 역할이므로 계정의 누구도 정책을 바꿀 수 없습니다. 서비스 자체의 설정을 쓰거나, 서비스가 역할을 받는다면 직접 만든 역할을 지정하세요. 서비스 연결 역할은 iam:DeleteServiceLinkedRole 권한으로 해당 서비스를 통해 삭제합니다.',
  'correct-endpoint': () =>
    '클라이언트가 호출하는 엔드포인트를 확인하세요(`AWS_ENDPOINT_URL`, `endpoint` 같은 설정, 중간의 프록시). S3 엔드포인트처럼 한 서비스를 위한 엔드포인트를 STS 등 다른 서비스에 쓰면 안 됩니다.',
  'check-layer-version': () =>
    '소유자가 바로 이 리전에서 공유하는 버전을, 버전 번호까지 포함한 전체 ARN으로 지정하세요. 없는 버전도 같은 문구로 거부되며, 버전 목록 자체는 공유할 수 없습니다.',
  'turn-on-block-public-access': () =>
    '버킷의 퍼블릭 액세스 차단 설정 네 가지를 모두 켠 뒤 다시 호출하세요. 이 서비스는 공개될 수 없는 버킷만 받습니다.',
  'create-oidc-provider': () =>
    '역할이 있는 계정에 자격 증명 공급자를 만드세요. 다른 계정의 역할을 쓰려던 것이라면 역할 ARN의 계정을 고치세요.',
  'ask-aws-support': () =>
    'AWS Support에 계정 및 결제 사례를 열어 이 작업이나 계정을 활성화해 달라고 요청하세요. 계정 안에서는 바꿀 수 없습니다.',
  'read-service-error': () =>
    '오류의 문장을 그대로 읽으세요. 요청이나 리소스의 상태에서 무엇이 잘못되었는지 알려 주며, 어떤 권한으로도 달라지지 않습니다.',
  'restore-key': () =>
    '키의 상태를 확인하세요. 비활성화된 키는 활성화하고, 삭제 대기 중인 키는 삭제를 취소한 뒤 활성화하고, 키 구성 요소를 다시 가져오거나 키 스토어를 다시 연결하세요. 아니면 다른 키를 쓰세요. 바꿀 권한은 없습니다.',
  'attach-origin-access-control': () =>
    '배포의 원본에 요청에 서명하는(“요청에 서명”) 원본 액세스 제어(OAC)가 연결되어 있는지 확인하고, 객체는 배포를 통해 여세요. 서명이 없으면 이 문은 아무도 허용하지 않습니다.',
  'set-execution-role': (v) =>
    `태스크 정의의 새 개정에서 그 역할을 \`executionRoleArn\`으로 지정하세요. ECS는 거기에 지정된 역할로 이 호출을 하며, 지금은 ${orElse(v, 'role', '다른 역할')}입니다. 그 역할이 실행 역할이 맞다면 대신 그 역할에 권한을 주세요.`,
  'ask-for-an-hour': () =>
    '최대 3600초만 요청하고(`DurationSeconds`, `duration_seconds`, `role-duration-seconds`), 끝나기 전에 역할을 다시 수임하세요.',
  'take-role-directly': () =>
    '다른 역할의 세션 대신 사용자의 장기 키나 자격 증명 공급자(`AssumeRoleWithWebIdentity`, `AssumeRoleWithSAML`)로 역할을 직접 수임하세요. 그러면 세션이 역할에 설정된 시간까지 유지됩니다.',
  'ask-for-shorter-session': () => '역할에 설정된 시간보다 길지 않은 세션을 요청하세요(`DurationSeconds`).',
  'raise-session-limit': () => '역할의 최대 세션 시간을 늘려 달라고 하세요(최대 12시간).',
  'rotate-leaked-key': () =>
    '키가 유출된 것으로 보고 교체하거나 되도록 역할을 쓰세요. 이전 키를 삭제하고, CloudTrail에서 사용 내역을 확인하고, AWS 지원 사례에 답하세요.',
  'create-service-linked-role': (v) =>
    `관리자가 서비스 연결 역할${where(v, 'serviceName', (name) => `(${name})`)}을 한 번 만들면 이 권한은 아무에게도 필요 없습니다.`,
  'use-service-linked-role': (v) =>
    `역할을 지정하지 마세요. 그러면 서비스가 자신의 서비스 연결 역할${where(v, 'serviceName', (name) => `(${name})`)}을 쓰며, 그 역할이 있어야 합니다.`,
  'find-refused-call': () =>
    '거부된 호출이 무엇인지 먼저 확인하세요. CloudTrail 이벤트 기록에서 호출자 이름으로 찾거나, 프로그램의 디버그 로그(AWS CLI의 `--debug`, `TF_LOG=debug`)에서 볼 수 있습니다. S3 객체의 읽기와 쓰기는 데이터 이벤트와 액세스 로그에만 남습니다. 그런 다음 그 작업만 그 리소스에 허용하거나, 둘 다 적어 다시 물어보세요.',
  'fetch-details': (v) =>
    known(v, 'hiddenIn') !== null
      ? `${orElse(v, 'policy', '정책')} 원본에서 ${hiddenPart(v)} 부분을 확인해 ${orElse(v, 'wanted', '리소스')}의 것과 비교하세요. 원본에도 그대로 적혀 있다면 아무것과도 일치하지 않으므로 알맞은 값을 쓰세요.`
      : known(v, 'hidden') !== null
        ? `AWS가 출력한 원래 메시지에서 ${josa(hiddenPart(v), '을/를')} 찾아 함께 다시 물어보세요.`
        : known(v, 'key') === null
          ? '표시된 명령을 실행하면 어느 문이 거부했는지 알 수 있습니다.'
          : `이 요청의 ${orElse(v, 'key', '')} 값을 알아내어 함께 다시 물어보세요.`,
  'send-valid-token': () =>
    '발급자, 클라이언트, 만료 시간이 API가 기대하는 것과 맞는 토큰을 보내세요. 또는 가지고 있는 자격 증명에 맞는 권한 부여 모드로 호출하세요.',
  'correct-appsync-rules': () =>
    'API의 권한 부여 모드와 타입의 규칙(`@auth`, `@aws_iam`, `@aws_cognito_user_pools`)을 확인하세요. 그중 하나가 이 호출자를 허용해야 합니다.',
  'verify-email-identity': () =>
    '호출한 리전의 SES에서 주소나 도메인을 확인(verify)하세요. 샌드박스에서는 AWS가 해제해 줄 때까지 받는 사람도 확인되어 있어야 합니다. 다른 계정이 확인하고 보내기를 허용한 자격 증명은 호출에서 그 ARN으로 지정합니다(`FromEmailAddressIdentityArn`, `SourceArn`).',
  'bootstrap-environment': () => '이 계정과 리전에 CDK를 한 번 설치(bootstrap)하세요. 추가로 허용할 권한은 없습니다.',
  'log-in-to-registry': () =>
    '바로 이 레지스트리에 docker로 로그인하세요. 계정과 리전이 레지스트리 이름에 들어 있습니다. 로그인 자체가 거부되면 호출자에게 ecr:GetAuthorizationToken 권한이 없는 것입니다.',
  'upgrade-sdk': () =>
    'SDK를, 또는 SDK를 포함한 액션이나 도구를 EKS Pod Identity를 아는 버전으로 올리세요. 역할은 이미 연결되어 있으므로 정책은 바꾸지 않아도 됩니다.',
  'name-region': () =>
    '클라이언트가 리전을 읽는 곳(`AWS_REGION`, 프로파일의 `region`, provider 블록, 도구의 설정)에 리전을 쓰세요. 지금은 값이 비어 있습니다.',
  'log-in-to-codeartifact': () =>
    '이 명령으로 토큰을 새로 받아 패키지 관리자에 설정하세요. CI 변수나 설정 파일에 저장한 토큰도 최대 12시간까지만 유효합니다. 토큰을 만드는 쪽에는 codeartifact:GetAuthorizationToken과 sts:GetServiceBearerToken 권한이, 패키지를 받는 데는 codeartifact:ReadFromRepository 권한이 필요합니다.',
  'enable-organization-sharing': () =>
    '상대 계정이 같은 조직에 있다면 조직의 관리 계정 자격 증명으로 이 명령을 한 번 실행하여 RAM의 조직 내 공유를 켜세요(서비스 연결 역할도 함께 만들어집니다. AWS Organizations에서 켠 신뢰할 수 있는 액세스로는 만들어지지 않습니다). 조직 밖으로는 아예 공유할 수 없는 리소스 유형도 있습니다.',
  'copy-within-organization': () =>
    'AWS Backup은 같은 조직의 계정 사이에서만 복사합니다. 두 계정에서 이 명령을 실행해 조직 ID를 비교하세요. 같은 조직에 있는 계정의 볼트로 복사하거나(교차 계정 백업은 조직의 관리 계정에서 켭니다), 상대 계정을 같은 조직으로 옮기거나, 리소스의 스냅샷을 상대 계정과 공유해 그곳에서 복사하세요.',
  'let-agent-connect': () =>
    '인스턴스에서 SSM Agent가 실행 중인지, 그 리전의 ssm, ssmmessages, ec2messages 엔드포인트에 닿는지(NAT 게이트웨이나 VPC 엔드포인트) 확인하고 에이전트를 다시 시작하세요. 바뀐 역할은 한 시간 안에 저절로 반영되기도 합니다.',
  'enable-execute-command': () =>
    '`--enable-execute-command`로 태스크를 새로 시작하세요(서비스라면 `update-service --enable-execute-command --force-new-deployment`). ssmmessages에 닿는 서브넷이어야 하며, 이미 실행 중인 태스크에는 어느 변경도 반영되지 않습니다.',
  'encrypt-session-log': (v) =>
    `${known(v, 'behind') === 'bucket' ? '버킷을' : '로그 그룹을 KMS 키로'} 암호화하거나, Session Manager 기본 설정에서 그 대상의 “Enforce encryption”을 끄세요.`,
  'mount-with-iam': () =>
    '클라이언트가 EFS에 역할을 제시하도록 `tls,iam` 옵션으로 마운트하세요. 이 옵션이 없으면 익명으로 접속하며 파일 시스템 정책이 거부합니다.',
  'create-access-entry': () =>
    'EKS라면 먼저 누가 호출하는지 확인하세요(`aws eks update-kubeconfig`가 기록한 프로파일로 `aws sts get-caller-identity`). 그런 다음 클러스터 관리자에게 그 역할이나 사용자의 액세스 항목과 알맞은 액세스 정책을 만들어 달라고 하세요. 액세스 항목을 지원하지 않는 클러스터라면 aws-auth ConfigMap에 추가합니다. 다른 클러스터이거나 토큰이 만료되었다면 클러스터에 다시 로그인하세요.',
  'create-instance-profile': () =>
    '계정에서 한 번, 그 이름의 역할과 인스턴스 프로파일을 만드세요. 역할은 EC2를 신뢰해야 합니다. 또는 aws:autoscaling:launchconfiguration 네임스페이스의 IamInstanceProfile 옵션에 다른 프로파일을 지정하세요.',
  'find-deny': () =>
    '먼저 Deny를 찾으세요. 보안 주체의 정책, 권한 경계, SCP, 리소스의 정책 순으로 살펴봅니다. 그 정책의 소유자가 Deny의 범위를 좁히거나 조건을 충족할 방법을 알려 줍니다.',
} satisfies Partial<Words['steps']>
