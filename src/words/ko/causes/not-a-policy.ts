import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, orElse, where, type Values } from '../../values.ts'
import { isUnexpanded } from '../../facts.ts'
import type { CauseWords } from '../../words.ts'
import { action, forWho, josa, named, place, resource, term, who } from '../phrases.ts'

const theBucket = (v: Values): string => where(v, 'bucket', (name) => `${name} 버킷`) || '이 버킷'

/** 설정의 주인: 버킷 설정이 켜져 있으면 버킷, 꺼져 있으면 계정. */
const settingOwner = (v: Values): string => {
  if (known(v, 'scope') === 'account') return `${theBucket(v)}이 속한 계정(버킷 자체의 설정은 꺼져 있음)`
  return known(v, 'setting') === null ? `${theBucket(v)} 또는 계정` : theBucket(v)
}

/** 어느 보안 주체인지가 아니라 호출한 쪽의 계정이나 자격 증명 종류가 문제인 경우. */
const callerOtherwise = (v: Values): string | null => {
  switch (known(v, 'why')) {
    case 'other-account':
      return `자격 증명은 ${where(v, 'account', (account) => `${account} 계정`) || '다른 계정'}의 것인데 호출은 ${known(v, 'expected') === null ? '그와 다른 계정' : named(known(v, 'expected') ?? '')}에 대한 것입니다`
    case 'session-credentials':
      return `임시 자격 증명으로 호출했는데, STS는 ${known(v, 'operation') === null ? '이 호출' : action(v)}에 IAM 사용자의 장기 액세스 키만 받습니다`
    case 'federation-token':
      return `${josa(who(v), '이/가')} GetFederationToken의 임시 자격 증명으로 ${josa(action(v), '을/를')} 호출했습니다`
    case 'not-a-role':
      return '프로그램이 역할이 아닌 자격 증명으로 실행되고 있어 SageMaker 실행 역할을 따로 지정해야 합니다'
    case 'service-linked-role':
      return `AWS 서비스가 직접 ${josa(who(v), '으로/로')} 호출했습니다. 이 역할은 정책을 누구도 바꿀 수 없는 서비스 연결 역할입니다`
    case 'no-organization':
      return `어떤 조직에도 속하지 않은 계정에서 ${josa(action(v), '을/를')} 호출했습니다`
    case 'member-account':
      return `조직의 관리 계정도 위임된 관리자도 아닌 계정에서 ${josa(action(v), '을/를')} 호출했습니다`
    default:
      return null
  }
}

/** 퍼블릭 정책이 있지만 적용되지 않는다. */
const isRestricted = (v: Values): boolean => known(v, 'setting') === 'RestrictPublicBuckets'

export const notAPolicy = {
  'wrong-principal': {
    title: '의도와 다른 보안 주체가 호출함',
    titleOf: (v) => (known(v, 'why') === 'service-linked-role' ? 'AWS가 정책을 관리하는 역할로 서비스가 호출함' : ''),
    what: (v) => {
      const expected = known(v, 'expected')
      const fault = known(v, 'why') === null ? undefined : term(v, 'why', '')
      if (known(v, 'why') === 'not-there')
        return `호출은 ${josa(who(v), '으로/로')} 이루어졌는데 ${where(v, 'account', (account) => `${account} 계정에 `)}그 보안 주체가 없습니다. 자격 증명이 아직 살아 있는 동안 삭제되었거나 다른 계정의 자격 증명입니다`
      const calledFrom = callerOtherwise(v)
      if (calledFrom !== null) return calledFrom
      if (known(v, 'principal') === null && expected === null) return '의도한 것과 다른 보안 주체가 호출했습니다'
      return `호출은 ${expected === null ? '' : `${josa(named(expected), '이/가')} 아니라 `}${josa(who(v), '으로/로')}${fault === undefined ? '' : `(${fault})`} 이루어졌습니다${expected === null ? '. 의도한 보안 주체가 아닐 가능성이 큽니다' : ''}`
    },
    why: (v) => {
      switch (known(v, 'why')) {
        case 'federation-token':
          return '이런 자격 증명으로는 정책과 관계없이 콘솔 밖에서 IAM을 호출할 수 없고, STS는 GetCallerIdentity만 호출할 수 있습니다.'
        case 'session-credentials':
          return '정책이 아니라 STS의 규칙입니다. GetFederationToken과 GetSessionToken은 장기 키로만, AssumeRole은 어느 쪽으로든 호출할 수 있습니다.'
        case 'other-account':
          return '다른 계정의 리소스는 그 계정이 리소스 정책이나 공유, 또는 맡을 수 있는 역할로 허용한 경우에만 쓸 수 있습니다.'
        case 'service-linked-role':
          return '서비스 연결 역할에는 해당 서비스에 필요한 권한만 있으며, 그 이상은 리소스의 정책으로만 줄 수 있습니다.'
        case 'no-organization':
          return '조직에 대한 호출이므로 정책이 무엇을 허용하든 AWS는 조직에 속한 계정에만 응답합니다.'
        case 'member-account':
          return '다른 계정의 정책이 무엇을 허용하든 AWS Organizations는 대부분의 호출에 관리 계정과 위임된 관리자에게만 응답합니다.'
        default:
          return '프로그램은 가장 먼저 찾은 자격 증명을 쓰는데, 그것이 권한을 받은 보안 주체의 것이 아닐 수 있습니다.'
      }
    },
    recognised:
      '메시지의 보안 주체가 의도한 것이 아닙니다. 파드인데 노드 역할이거나, 역할이나 프로파일을 설정했는데 사용자이거나, 다른 계정입니다. 같은 셸이나 파드에서 `aws sts get-caller-identity`로 확인할 수 있습니다.',
    fix: '프로그램이 의도한 역할을 쓰게 하세요. 불필요한 환경 변수를 지우고, 올바른 프로파일을 고르고, 서비스 계정에 주석을 단 뒤 파드를 다시 시작합니다.',
  },
  'ecs-role-confusion': {
    title: '태스크의 두 역할 중 다른 쪽에 권한이 있음',
    what: (v) =>
      `이 단계에 필요한 권한은 태스크의 ${known(v, 'wantedRole') === 'task-role' ? '태스크 역할' : '실행 역할'}에 있어야 합니다${where(v, 'seenRole', (role) => `. 호출은 ${known(v, 'wantedRole') === 'task-role' ? '실행 역할' : '태스크 역할'}로 보이는 ${role} 역할로 이루어졌습니다`)}`,
    why: () =>
      'ECS는 컨테이너가 시작되기 전에 실행 역할로 이미지를 가져오고 보안 암호를 읽고 로그를 쓰며, 컨테이너 안의 코드는 태스크 역할로 실행됩니다.',
    recognised:
      '“execution resource retrieval failed”, CannotPullContainer, 로그 드라이버 오류는 실행 역할의 것이고, 애플리케이션과 ECS Exec의 오류는 태스크 역할의 것입니다.',
    fix: '문을 이 단계를 실행하는 역할로 옮기세요.',
  },
  'propagation-delay': {
    title: '변경 사항이 아직 모든 곳에 반영되지 않았음',
    what: (v) =>
      `역할이나 정책이 이 호출 불과 몇 초 전에 만들어지거나 바뀌었습니다${place(v) === '' ? '' : `. ${josa(place(v), '은/는')} ${josa(who(v), '을/를')} 이미 허용합니다`}`,
    why: () => 'IAM 변경이 모든 곳에 반영되기까지 몇 초가 걸리며, 그동안은 허용된 호출도 거부될 수 있습니다.',
    recognised:
      '역할이나 정책이 만들어진 지 몇 초 되지 않았고 같은 호출을 다시 하면 성공합니다. 몇 분이 지나도 실패하면 다른 원인입니다.',
    fix: '다시 실행하고, 자동화에는 종속성이나 재시도를 추가하세요.',
  },
  's3-missing-object-403': {
    title: '객체가 없는데 S3가 404 대신 403으로 응답함',
    what: (v) =>
      `${known(v, 'bucket') === null ? '' : `${theBucket(v)}에 `}${where(v, 'objectKey', (key) => `${key} `)}객체가 없습니다`,
    why: () => '호출자에게 버킷 목록 조회 권한이 없으면, 이름을 추측하지 못하도록 S3는 없는 키에 403으로 응답합니다.',
    recognised:
      'GetObject나 HeadObject가 403으로 응답하고, 호출자에게 `s3:ListBucket`이 없으며, 권한이 있는 사람이 조회한 목록에 그 키가 없습니다.',
    fix: '객체를 만들거나 키를 바로잡으세요. 404로 응답받으려면 버킷에 `s3:ListBucket`을 허용하세요.',
  },
  'block-public-access': {
    title: 'S3 퍼블릭 액세스 차단이 쓰려는 내용을 거부함',
    titleOf: (v) => (isRestricted(v) ? 'S3 퍼블릭 액세스 차단이 퍼블릭 버킷 정책을 무시함' : ''),
    what: (v) =>
      isRestricted(v)
        ? `${theBucket(v)}의 정책이 퍼블릭인데, \`RestrictPublicBuckets\` 설정이 켜져 있으면 퍼블릭 정책으로는 버킷 계정 밖의 누구도 들어올 수 없습니다`
        : `${settingOwner(v)}의 ${josa(where(v, 'setting', (name) => `${name} 설정`) || '퍼블릭 액세스 차단 설정', '이/가')} 쓰려는 ${josa(term(v, 'what', '퍼블릭 정책이나 ACL'), '을/를')} 거부합니다`,
    why: (v) =>
      isRestricted(v)
        ? '퍼블릭 액세스 차단은 정책이 아니며, 버킷과 계정(`aws s3control get-public-access-block`) 가운데 한 곳에만 설정되어 있어도 적용됩니다.'
        : '퍼블릭 액세스 차단은 정책이 아니며, 관리자를 포함한 누구의 퍼블릭 정책과 ACL도 거부합니다.',
    recognised:
      '호출자에게 권한이 있는데도 PutBucketPolicy나 퍼블릭 ACL이 거부되고, 그 정책이나 ACL이 버킷을 공개하게 됩니다.',
    fix: 'CloudFront와 원본 액세스 제어(OAC)로 콘텐츠를 제공하세요. 꼭 공개해야 한다면 이 버킷의 설정만 바꾸세요.',
  },
  'object-ownership': {
    title: '버킷의 객체 소유권 설정이 ACL 사용을 결정함',
    what: (v) =>
      known(v, 'setting') === 'BucketOwnerEnforced'
        ? `${theBucket(v)}에서는 ACL이 꺼져 있는데(\`BucketOwnerEnforced\`) 요청이 ACL을 지정합니다`
        : known(v, 'refused') === 'read'
          ? `${theBucket(v)}의 객체가 업로드한 계정의 소유이고, 그 계정이 아직 넘겨주지 않았습니다`
          : `${josa(theBucket(v), '이/가')} 이 ACL을 받아들이지 않거나, 객체가 업로드한 계정의 소유입니다`,
    why: () =>
      '“버킷 소유자 적용” 설정에서는 ACL이 꺼져 있어 ACL을 지정한 요청이 실패하고, 그 설정이 없으면 객체는 업로드한 쪽의 소유가 됩니다.',
    recognised:
      '`AccessControlListNotSupported` 오류가 나거나, `--acl`을 지정한 업로드가 실패하거나, 다른 계정이 올린 객체를 버킷 소유자가 읽지 못합니다.',
    fix: 'ACL 없이 보내거나 `bucket-owner-full-control`을 지정하세요. 새 객체를 버킷 소유자의 것으로 하려면 “버킷 소유자 적용”을 설정하세요.',
  },
  'requester-pays': {
    title: '요청자가 비용을 내는 버킷인데 요청에 동의가 없음',
    what: (v) =>
      `${josa(theBucket(v), '은/는')} 요청자 지불(Requester Pays) 버킷인데, 요청에 호출자가 비용을 낸다는 표시가 없습니다`,
    why: () => '이런 버킷에 대한 모든 요청에는 `x-amz-request-payer` 헤더가 있어야 하며, 없으면 403이 됩니다.',
    recognised:
      '권한에 문제가 없는데 공개 데이터 세트에서 내용 없는 403이 나고, `aws s3api get-bucket-request-payment`의 결과가 `Requester`입니다.',
    fix: '모든 호출에 `--request-payer requester` 또는 클라이언트의 해당 옵션을 추가하세요. 비용은 호출자의 계정에 청구됩니다.',
  },
  'lake-formation': {
    title: 'Lake Formation에서 권한이 부여되지 않음',
    what: (v) =>
      known(v, 'why') === 'own-role'
        ? `Lake Formation이 관리하는 데이터${where(v, 'on', (name) => `(${name})`)}를 Lake Formation이 발급하지 않은 자격 증명으로 읽었습니다`
        : `Lake Formation이 ${forWho(v)} ${where(v, 'on', (name) => `${name}에 대한 `)}${where(v, 'permission', (name) => `${name} 권한`) || '권한'}을 부여하지 않았습니다`,
    why: (v) =>
      known(v, 'why') === 'own-role'
        ? '역할 자체의 자격 증명으로 읽으면 Lake Formation을 거치지 않습니다. 그러면 역할에 객체에 대한 권한이 있어야 하는데, 대개 허용되어 있지 않습니다.'
        : 'IAM은 통과했지만, Lake Formation에 등록된 테이블은 Lake Formation 자체의 권한도 있어야 합니다.',
    recognised: '“Insufficient Lake Formation permission(s)” 오류입니다.',
    fix: 'Lake Formation에서 권한을 부여하고, 필요하면 데이터 위치에도 부여하세요. 호출자에게는 `lakeformation:GetDataAccess`도 필요합니다.',
  },
  'opensearch-fgac': {
    title: 'OpenSearch 보안 플러그인에 이 사용자의 권한이 없음',
    titleOf: (v) =>
      known(v, 'of') === 'collection' ? 'OpenSearch Serverless 컬렉션의 데이터 액세스 정책에 호출자가 없음' : '',
    what: (v) =>
      known(v, 'of') === 'collection'
        ? `컬렉션의 어떤 데이터 액세스 정책도 ${forWho(v)} 이 인덱스 작업을 허용하지 않습니다`
        : known(v, 'permission') === null && known(v, 'user') === null
          ? `도메인 보안 플러그인의 어떤 역할도 ${who(v)}에게 매핑되어 있지 않습니다`
          : `도메인 보안 플러그인의 어떤 역할도 ${where(v, 'user', (user) => `${user} 사용자에게`) || forWho(v)} ${where(v, 'permission', (name) => `${name} 권한`) || '인덱스 권한'}을 주지 않습니다`,
    why: (v) =>
      known(v, 'of') === 'collection'
        ? 'OpenSearch Serverless에서는 IAM의 `aoss:APIAccessAll`과 별개로 역할이나 사용자가 데이터 액세스 정책에 적혀 있어야 합니다. 처음 정책에는 컬렉션을 만든 보안 주체만 있고, 계정 관리자라도 저절로 들어가지 않습니다. 네트워크 정책이 호출자의 네트워크를 허용하지 않을 때도 403으로 답합니다.'
        : '도메인이 사용자를 알고 있으므로 IAM은 통과했고, 나머지는 도메인의 세분화된 액세스 제어가 결정합니다.',
    recognised:
      '`security_exception`과 함께 “no permissions for [indices:…] and User [name=…]”가 나오거나, OpenSearch Dashboards에 “Missing Role”이 표시됩니다. OpenSearch Serverless 컬렉션은 “User does not have permissions for the requested resource”라고 답합니다.',
    fix: '맞는 인덱스 패턴에 인덱스 권한이 있는 보안 플러그인 역할에 IAM 역할을 매핑하세요.',
  },
  'bedrock-model-access': {
    title: '계정에 Bedrock 모델에 대한 액세스 권한이 없음',
    what: (v) =>
      `이 계정에는 ${where(v, 'region', (region) => `${region} 리전에서 `)}${where(v, 'model', (model) => `${model} `)}모델에 대한 액세스 권한이 없습니다`,
    why: () =>
      'Bedrock은 모델을 호출할 IAM 권한과 별개로, 처음 호출할 때 계정을 모델에 구독시킵니다. 그러려면 AWS Marketplace 권한이 있는 호출자와 유효한 결제 수단이 필요하고, Anthropic 모델이라면 사용 사례 정보도 제출해야 합니다.',
    recognised:
      '“You don’t have access to the model with the specified model ID” 오류가 나거나, 그 뒤에 거부된 `aws-marketplace:` 작업이 있습니다.',
    fix: '`aws-marketplace:Subscribe`, `aws-marketplace:Unsubscribe`, `aws-marketplace:ViewSubscriptions` 권한이 있는 사람이 계정에서 모델을 한 번 호출합니다. 그다음 몇 분 기다리세요.',
  },
  'api-gateway-auth': {
    title: 'API Gateway나 AppSync가 백엔드에 도달하기 전에 호출을 거부함',
    what: (v) => apiGateway(v),
    why: (v) =>
      known(v, 'why') === 'missing-token'
        ? 'API Gateway는 API의 권한 부여 방식과 상관없이, 배포되지 않은 경로나 메서드에도 서명 없는 호출과 같은 말로 응답합니다.'
        : known(v, 'why') === 'forbidden'
          ? 'API Gateway는 어떤 검사에서 거부했는지 알려 주지 않습니다.'
          : known(v, 'why') === 'not-admitted'
            ? '리소스 정책이 있는 API는 그 정책이 허용한 호출만 받습니다. 권한 부여가 없는 메서드는 서명이 필요 없지만 정책의 허용은 필요하고, AWS_IAM을 쓰는 메서드는 서명 없는 호출자를 익명으로 봅니다.'
            : '메서드의 권한 부여 설정이 결정합니다. IAM은 서명된 요청이 필요하고, 권한 부여자는 스스로 응답하며, 변경은 다시 배포해야 반영됩니다.',
    recognised:
      '“User: anonymous is not authorized to perform: execute-api:Invoke”이거나 권한 부여자의 “with an explicit deny”입니다.',
    fix: 'API의 리소스 정책에서 호출자를 허용하거나, AWS_IAM이라면 SigV4로 요청에 서명하고, 그렇지 않으면 권한 부여자를 바로잡으세요. 변경 후에는 스테이지를 다시 배포하세요. AppSync라면 권한 부여 모드나 타입의 규칙을 바로잡으세요.',
  },
  'resource-not-found-as-denied': {
    title: '리소스가 없거나 다른 소유자의 것인데 AWS가 거부로 응답함',
    what: (v) =>
      where(v, 'unset', (name) => `프로그램이 이름을 넘기지 않아 이름이 ${name}인 리소스를 요청했습니다`) ||
      where(v, 'given', (arn) => `프로그램이 이름을 넘겨야 할 자리에 ARN(${arn})을 넘겼습니다`) ||
      where(v, 'session', (arn) => `세션 ${arn}을 수임하려 했지만, 수임할 수 있는 것은 역할뿐입니다`) ||
      `${josa(whatIsMissing(v), '이/가')} 이 이름으로는 없거나 다른 계정의 것입니다`,
    why: (v) => {
      if (known(v, 'given')?.includes(':s3:::') === true)
        return 'AWS는 그 값을 이름으로 하는 버킷을 찾았는데, 버킷 이름에는 콜론이 있을 수 없습니다. 이런 이름에 권한을 부여해도 소용이 없습니다.'
      if (known(v, 'given') !== null)
        return 'AWS가 그 값을 이름으로 넣어 ARN 안에 ARN이 들어갔습니다. 이런 이름에 권한을 부여해도 소용이 없습니다.'
      if (known(v, 'why') === 'no-suffix')
        return '존재하는 보안 암호라면 AWS는 이름 뒤에 하이픈과 문자 6개를 붙여 표시합니다. 여기에는 없으므로 이 계정과 리전에 그런 이름의 보안 암호가 없으며, 이름만 적은 문은 아무것과도 일치하지 않습니다. 메시지를 옮긴 사람이 지운 것이라면 이것이 원인이 아닙니다.'
      if (known(v, 'why') === 'queue-or-owner')
        return 'SQS는 없는 대기열과 호출자가 볼 수 없는 대기열에 같은 말로 응답합니다. 다른 계정의 대기열은 소유자 계정을 함께 지정해 요청해야 하며(`--queue-owner-aws-account-id`), 대기열 정책도 호출자를 허용해야 합니다.'
      if (known(v, 'why') === 'either')
        return '서비스는 없는 리소스와 호출자가 볼 수 없는 리소스에 같은 말로 응답합니다.'
      if (known(v, 'session') !== null) return '세션에는 누군가를 들여보낼 신뢰 정책이 없습니다.'
      if (isUnexpanded(v))
        return '변수의 값이 아니라 변수 이름이 그대로 전달되었습니다. 이런 이름에 권한을 부여해도 소용이 없습니다.'
      return known(v, 'unset') === null
        ? '정보를 드러내지 않기 위해, AWS는 호출자가 알 수 없는 이름에 “access denied”로 응답합니다.'
        : '비어 있는 변수는 이렇게 출력됩니다. 이런 이름에 권한을 부여해도 소용이 없습니다.'
    },
    recognised: '모든 정책이 요청을 허용하는데도 거부되고, 이름이 흔하거나 오타이거나 다른 계정의 것입니다.',
    fix: '리소스의 이름, 계정, 리전을 확인하세요. 부여할 권한은 없습니다.',
  },
  'wrong-region': {
    title: '요청이 잘못된 리전으로 갔음',
    what: (v) =>
      known(v, 'why') === 'left-out'
        ? '호스트 이름에 리전이 빠져 요청이 어디에도 닿지 못했습니다'
        : known(v, 'why') === 'expected'
          ? `리소스는 ${where(v, 'region', (region) => `${region} 리전`) || '다른 리전'}에 있는데 요청은 그 리전으로 서명되지 않았습니다`
          : known(v, 'why') === 'not-offered'
            ? '요청을 받은 리전은 이 기능을 제공하지 않으며, 권한으로는 바뀌지 않습니다'
            : known(v, 'why') === 'located'
              ? `버킷은 ${where(v, 'region', (region) => `${region} 리전`) || '다른 리전'}에 있는데 요청은 다른 리전으로 갔습니다`
              : `요청이 ${where(v, 'region', (region) => `${region} 리전`) || '다른 리전'}으로 갔는데 리소스는 그곳에 없습니다${where(v, 'grantedIn', (region) => `(호출자의 정책은 ${region} 리전의 것을 허용합니다)`)}`,
    why: (v) =>
      known(v, 'why') === 'left-out'
        ? '클라이언트는 서비스와 리전으로 호스트 이름을 만드는데 리전이 비어 있었습니다. AWS에는 요청이 가지 않았습니다.'
        : known(v, 'why') === 'not-offered'
          ? 'AWS가 모든 리전에서 모든 서비스와 기능을 제공하지는 않습니다.'
          : '대부분의 리소스, 키, 모델 액세스는 한 리전에만 있습니다.',
    recognised:
      '같은 요청이 다른 리전에서는 성공합니다. S3는 PermanentRedirect로 응답하거나 올바른 리전을 알려 줍니다.',
    fix: '클라이언트의 리전을 리소스의 리전으로 설정하세요.',
  },
  'key-quarantined': {
    title: '공개된 곳에서 발견되어 AWS가 액세스 키를 격리함',
    what: (v) =>
      `AWS가 ${who(v)}의 액세스 키를 공개된 곳에서 발견해 ${orElse(v, 'policyArn', '`AWSCompromisedKeyQuarantine`')} 정책으로 제한했습니다`,
    why: () =>
      '격리는 사용자에 대한 명시적 거부이므로 어떤 Allow로도 풀리지 않으며, 격리를 제거하면 남이 가진 키가 계속 쓰이게 됩니다.',
    recognised: '거부한 정책이 `AWSCompromisedKeyQuarantineV…`입니다.',
    fix: '키가 유출된 것으로 보고 대응하세요. 새 키를 만들거나 되도록 역할을 쓰고, 이전 키를 삭제하고, CloudTrail에서 사용 내역을 확인하고, AWS 지원 사례에 답하세요.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

/** 찾던 것: 이름이 있으면 이름으로. */
const whatIsMissing = (v: Values): string =>
  known(v, 'resource') === null ? term(v, 'what', '해당 리소스') : resource(v)

function apiGateway(v: Values): string {
  const method = where(v, 'method', (name) => `${name} `)
  switch (known(v, 'why')) {
    case 'missing-token':
      return `${method === '' ? '' : `${method}처럼 `}호출한 경로와 메서드가 API Gateway에 없거나, 호출에 서명이 없습니다`
    case 'not-admitted':
      return `API의 리소스 정책이 이 호출자를 허용하지 않습니다${where(v, 'method', (name) => `(${name})`)}. AWS는 서명 없는 호출로 보았습니다`
    case 'authorizer':
    case 'token':
      return `${method}메서드의 권한 부여자가 호출을 거부했습니다`
    case 'appsync':
      return `AppSync가 API의 권한 부여 규칙에 따라 ${known(v, 'action') === null ? '호출을' : josa(action(v), '을/를')} 거부했습니다`
    default:
      return `API Gateway가 ${known(v, 'action') === null ? '호출을' : josa(action(v), '을/를')} 거부했습니다${where(v, 'method', (name) => `(${name})`)}`
  }
}
