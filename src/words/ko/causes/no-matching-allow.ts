import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, orElse, quote, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import {
  aboutVariable,
  action,
  alsoDemands,
  andList,
  forWho,
  josa,
  on,
  permission,
  place,
  roleOf,
  term,
  toWho,
  who,
  ofHiddenPart,
} from '../phrases.ts'

/** 정책에 있는 ARN과 있어야 할 ARN을 나란히. */
const sideBySide = (v: Values): string => {
  const found = known(v, 'found')
  const wanted = known(v, 'wanted') ?? known(v, 'resource')
  if (wanted === null)
    return found === null ? '' : `. 정책의 ARN은 ${quote(found)}이고, 요청한 리소스는 글에 나와 있지 않습니다`
  if (found === null) return `. 필요한 ARN은 ${quote(wanted)}입니다`
  if (known(v, 'kept') !== null)
    return `. 정책의 ARN ${quote(found)}은 다른 요청에 필요하고, 이 요청에 필요한 ARN은 ${quote(wanted)}입니다`
  return `. 정책의 ARN은 ${quote(found)}이고, 필요한 ARN은 ${quote(wanted)}입니다`
}
const difference = (v: Values): string => {
  if (known(v, 'likeness') !== null) return `(${term(v, 'likeness', '')})`
  return known(v, 'difference') === null ? '' : `(차이: ${term(v, 'difference', '')})`
}
const statementOrPolicy = (v: Values): string => (place(v) === '' ? `${who(v)}의 정책` : place(v))

/** 일부를 뺀 모든 작업을 허용하는 문인데, 이 작업이 빠진 쪽에 속한다. */
const leftOut = (v: Values): string =>
  known(v, 'spared') === null || place(v) === ''
    ? ''
    : `. ${josa(place(v), '은/는')} ${orElse(v, 'sparedBy', '제외 목록')}에 적힌 ${josa(andList(several(v, 'spared')), '을/를')} 빼고 허용합니다`

export const noMatchingAllow = {
  'missing-allow': {
    title: '보안 주체의 어떤 정책도 이 작업을 허용하지 않음',
    what: (v) =>
      known(v, 'action') === null
        ? `${toWho(v)} 필요한 권한이 없으며, 어떤 권한인지는 텍스트에 나와 있지 않습니다`
        : known(v, 'alternatives') === null
          ? `${toWho(v)} ${on(v)}${permission(v)}이 없습니다${leftOut(v)}`
          : `${toWho(v)} ${on(v)}${andList(several(v, 'alternatives'))} 중 하나 이상의 권한이 없습니다. 어느 것인지는 호출의 내용에 달려 있고, 글에는 그 내용이 나와 있지 않습니다. 호출이 하지 않는 작업은 문에서 빼세요`,
    inGeneral: '호출자에게 적용되는 어떤 정책도 이 리소스에 대해 이 작업을 허용하지 않습니다.',
    why: () => 'AWS는 허용하는 문이 없는 요청을 모두 거부합니다. 하나의 Allow가 작업과 리소스에 함께 맞아야 합니다.',
    recognised:
      '메시지에 “because no identity-based policy allows …”가 있거나, 읽은 정책 중 이 작업을 허용하는 문이 없습니다. 다른 ARN으로 허용되어 있거나, 조건이 맞지 않거나, 명시적으로 거부되었거나, 의도한 보안 주체가 아닌 경우는 다른 원인입니다.',
    fix: '호출한 역할이나 사용자에 정확히 이 작업과 이 리소스만 허용하는 문을 하나 추가하세요.',
  },
  'dependent-action-needed': {
    title: '요청의 옵션에 별도의 권한이 필요함',
    what: (v) =>
      `${toWho(v)} ${term(v, 'option', '요청에 지정한 옵션')} 때문에 필요한 ${on(v)}${permission(v)}이 없습니다`,
    why: (v) =>
      `${orElse(v, 'mainAction', '기본 작업')} 권한만으로는 부족하며, 옵션이 요구하는 작업은 따로 인가됩니다.`,
    recognised: '기본 작업은 허용되어 있고, ACL이나 태그 없이 또는 작은 파일로 호출하면 성공합니다.',
    fix: '필요 없는 옵션이라면 빼고, 필요하다면 그 옵션이 요구하는 작업 하나만 허용하세요.',
  },
  'action-name-mismatch': {
    title: '정책에 적힌 이름이 IAM 작업 이름이 아님',
    what: (v) =>
      `${josa(statementOrPolicy(v), '은/는')} ${where(v, 'wrongName', (name) => `${name} 이름을`) || 'API 호출 이름을'} 허용하지만, 실제 권한 이름은 ${known(v, 'rightName') === null && known(v, 'action') === null ? '따로 있습니다' : `${orElse(v, 'rightName', orElse(v, 'action', ''))}입니다`}`,
    why: () =>
      'IAM은 존재하지 않는 작업 이름도 오류 없이 저장하므로, 맞아 보이는 문이 아무 요청에도 적용되지 않을 수 있습니다.',
    recognised:
      'Allow에 AWS 작업 목록에 없는 API 호출 이름(`s3:ListObjectsV2`, `s3:HeadObject` 등)이 있고, 그 호출에 필요한 실제 작업은 빠져 있습니다.',
    fix: '이름을 그 호출에 해당하는 IAM 작업으로 바꾸세요. 리소스 유형도 다를 수 있으니 함께 확인하세요.',
  },
  'action-needs-star': {
    title: '계정 전체에 적용되는 작업이라 ARN으로는 허용되지 않음',
    titleOf: (v) => (known(v, 'bare') === null ? '' : '호출 대상에 ARN이 없는데 정책은 ARN으로만 허용함'),
    what: (v) =>
      known(v, 'bare') !== null
        ? `${orElse(v, 'bare', '')}에는 ARN이 없는데, ${toWho(v)} ${josa(action(v), '은/는')} ARN으로만 허용되어 있습니다`
        : `${toWho(v)} ${josa(action(v), '을/를')} ${quote('*')} 리소스에 대해 수행할 권한이 없으며, 이 작업은 ${quote('*')} 리소스로만 허용할 수 있습니다`,
    why: (v) =>
      known(v, 'bare') !== null
        ? `IAM의 Resource에는 ARN이나 \`*\`만 쓸 수 있으므로 ARN으로 제한한 문${place(v) === '' ? '' : `(${place(v)})`}은 적용되지 않고 \`*\`만 적용됩니다.`
        : `이 작업에는 리소스 유형이 없어서, ARN으로 제한한 문${place(v) === '' ? '' : `(${place(v)})`}은 적용되지 않습니다.`,
    recognised: 'AWS 작업 표에 리소스 유형이 없거나 거부된 리소스가 `*`이고, 기존 Allow는 ARN을 지정하고 있습니다.',
    fix: '이 작업만 Resource `*`인 별도의 문으로 허용하고, 나머지 작업은 기존 ARN으로 계속 제한하세요.',
  },
  'bucket-arn-needed': {
    title: '버킷 작업을 버킷이 아닌 객체 ARN으로 허용함',
    what: (v) =>
      `${josa(known(v, 'action') === null ? '목록 조회' : action(v), '은/는')} 버킷${where(v, 'wanted', (arn) => `(${arn})`)}에 대한 작업인데, ${josa(statementOrPolicy(v), '은/는')} 다른 ARN${where(v, 'found', (arn) => `(${arn})`)}으로만 허용합니다${alsoDemands(v)}`,
    why: () =>
      'S3는 목록 조회와 버킷 설정을 `arn:aws:s3:::BUCKET`으로, 읽기와 쓰기를 `arn:aws:s3:::BUCKET/KEY`로 검사하며 둘은 서로 일치하지 않습니다.',
    recognised: '객체는 읽을 수 있는데 목록 조회가 실패하고, 버킷 작업의 Allow에 `/*`로 끝나는 ARN이 있습니다.',
    fix: '버킷 작업을 버킷 ARN으로 허용하는 문을 객체용 문과 따로 두세요.',
  },
  'object-arn-needed': {
    title: '객체 작업을 객체가 아닌 버킷 ARN으로 허용함',
    what: (v) =>
      `${josa(known(v, 'action') === null ? '읽기와 쓰기' : action(v), '은/는')} 객체${where(v, 'wanted', (arn) => `(${arn})`)}에 대한 작업인데, ${josa(statementOrPolicy(v), '은/는')} 다른 ARN${where(v, 'found', (arn) => `(${arn})`)}으로만 허용합니다${alsoDemands(v)}`,
    why: () =>
      'S3는 읽기와 쓰기를 `arn:aws:s3:::BUCKET/KEY`로, 목록 조회를 `arn:aws:s3:::BUCKET`으로 검사하며 둘은 서로 일치하지 않습니다.',
    recognised: '목록은 조회되는데 읽기나 쓰기가 실패하고, 객체 작업의 Allow에 버킷 ARN만 있습니다.',
    fix: '객체 작업을 `BUCKET/*` 또는 필요한 접두사로 허용하는 문을 따로 두세요.',
  },
  'resource-arn-mismatch': {
    title: '작업은 허용되어 있지만 다른 ARN에 대해서임',
    what: (v) =>
      known(v, 'spared') !== null
        ? `${josa(statementOrPolicy(v), '은/는')} ${orElse(v, 'sparedBy', '제외 목록')}에서 ${josa(andList(several(v, 'spared')), '을/를')} 빼고 ${josa(action(v), '을/를')} 허용하는데${where(v, 'wanted', (arn) => `, ${arn} 리소스가`) || ', 요청한 리소스가'} 여기에 속합니다`
        : known(v, 'hiddenIn') !== null
          ? `${josa(statementOrPolicy(v), '은/는')} ${ofHiddenPart(v)}에 대해 ${josa(action(v), '을/를')} 허용하는데, ${orElse(v, 'wanted', '요청한 리소스')}의 것과는 다릅니다. 둘을 비교하세요${alsoDemands(v)}`
          : `${josa(statementOrPolicy(v), '은/는')} ${josa(action(v), '을/를')} 허용하지만 ARN이 요청과 맞지 않습니다${sideBySide(v)}${difference(v)}${alsoDemands(v)}${aboutVariable(v)}`,
    why: () => 'Resource의 모든 부분이 요청의 ARN과 맞아야 문이 적용됩니다.',
    recognised:
      'Allow에 작업이 있으나 Resource의 이름, 접두사, 리전, 계정, 리소스 유형 또는 끝의 `*`가 요청의 ARN과 다릅니다.',
    fix: '해당 문의 Resource를 바로잡고, 나머지 ARN은 그대로 두세요.',
  },
  'index-arn-needed': {
    title: '테이블은 허용되어 있지만 인덱스는 빠져 있음',
    what: (v) =>
      `${josa(who(v), '은/는')} 테이블은 사용할 수 있지만 인덱스나 스트림은 사용할 수 없습니다${sideBySide(v)}${alsoDemands(v)}`,
    why: () => 'DynamoDB의 인덱스와 스트림은 테이블 아래에 자체 ARN이 있으며, 테이블 ARN에 포함되지 않습니다.',
    recognised: '거부된 ARN에 `/index/` 또는 `/stream/`이 있고 정책에는 테이블 ARN만 있습니다.',
    fix: '테이블 ARN 옆에 인덱스 ARN(Query와 Scan은 `table/NAME/index/*`)이나 스트림 ARN을 추가하세요.',
  },
  'ssm-parameter-arn': {
    title: '파라미터 ARN의 형식이 잘못됨',
    what: (v) => `정책의 ARN이 파라미터와 맞지 않습니다${sideBySide(v)}${alsoDemands(v)}`,
    why: () =>
      '이름이 `/a/b`인 파라미터의 ARN은 슬래시가 하나인 `…:parameter/a/b`이며, 경로로 호출하면 경로 자체도 검사됩니다.',
    recognised: '정책에 `parameter//a/b`나 `parameterNAME`이 있거나, 경로 호출에 필요한 경로 없이 `/*`만 있습니다.',
    fix: '`parameter` 뒤에 슬래시를 정확히 하나만 쓰세요. 경로로 호출한다면 `/*` 옆에 경로 자체를 추가하세요.',
  },
  'log-arn-suffix': {
    title: '로그 그룹 ARN에 스트림까지 포함하는 끝부분이 빠짐',
    what: (v) =>
      `${josa(action(v), '은/는')} 로그 스트림에 대해 검사되는데 정책의 ARN은 로그 그룹에서 끝납니다${sideBySide(v)}${alsoDemands(v)}`,
    why: () => '스트림은 그룹 아래에 있으므로 스트림 작업에 적용되려면 ARN이 `:*`로 끝나야 합니다(`log-group:NAME:*`).',
    recognised:
      '스트림 작업(`CreateLogStream`, `PutLogEvents`, `GetLogEvents`)을 `:*` 없는 그룹 ARN으로 허용하고 있습니다.',
    fix: '로그 그룹 ARN 끝에 `:*`를 붙이세요.',
  },
  'secret-arn-suffix': {
    title: '보안 암호 ARN에 무작위 접미사가 빠짐',
    what: (v) => `정책의 ARN이 보안 암호와 맞지 않습니다${sideBySide(v)}${alsoDemands(v)}`,
    why: () =>
      'Secrets Manager는 모든 보안 암호 ARN 끝에 하이픈과 무작위 문자 6개를 붙이므로, 이름만으로는 일치하지 않습니다.',
    recognised:
      '정책이 보안 암호 이름이나 그 뒤의 `/*`로 끝납니다. 거부된 ARN에 문자 6개가 없다면 그런 이름의 보안 암호가 없다는 뜻입니다.',
    fix: 'ARN 끝을 `-??????`로 하거나 보안 암호의 전체 ARN을 쓰세요.',
  },
  'access-point-arn': {
    title: '정책에 없는 액세스 포인트를 통한 요청임',
    what: (v) => `요청은 S3 액세스 포인트를 거치는데 정책에는 다른 ARN이 있습니다${sideBySide(v)}`,
    why: () =>
      '액세스 포인트를 거치면 S3는 액세스 포인트 ARN(`…:accesspoint/NAME`, `…:accesspoint/NAME/object/KEY`)을 검사합니다.',
    recognised: '거부된 ARN에 `:accesspoint/`가 있고, Allow에는 버킷이나 별칭이 적혀 있습니다.',
    fix: '액세스 포인트 ARN으로 작업을 허용하세요. 버킷 정책도 액세스 포인트를 통과시켜야 합니다.',
  },
  'wrong-partition': {
    title: 'ARN이 다른 AWS 파티션에 속함',
    what: (v) =>
      known(v, 'given') !== null
        ? `요청이 호출자와 다른 파티션의 ARN${where(v, 'given', (arn) => `(${arn})`)}을 지정합니다`
        : `정책에 다른 파티션의 ARN${where(v, 'found', (arn) => `(${arn})`)}이 있습니다. 여기서는 ${orElse(v, 'wanted', '`arn:aws-us-gov:`, `arn:aws-cn:` 또는 `arn:aws-eusc:`')} 형식이어야 합니다${alsoDemands(v)}`,
    why: () => 'GovCloud, 중국, 상용 리전은 서로 다른 파티션이며 파티션을 넘어 일치하는 ARN은 없습니다.',
    recognised:
      '`Partition "aws" is not valid` 오류가 나거나, 호출자의 ARN은 `arn:aws-us-gov:`나 `arn:aws-cn:`인데 정책은 `arn:aws:`로 시작합니다.',
    fix: '정책의 모든 ARN에 호출자 ARN과 같은 파티션을 쓰세요.',
  },
  's3-express-createsession': {
    title: '디렉터리 버킷에는 s3 작업이 아니라 s3express:CreateSession이 필요함',
    what: (v) => `${toWho(v)} ${where(v, 'bucket', (name) => `${name} `)}디렉터리 버킷에 세션을 열 권한이 없습니다`,
    why: (v) =>
      known(v, 'sessionMode') === null
        ? 'S3 Express One Zone은 객체 요청을 `s3express:CreateSession`으로 인가하며, `s3:` 작업은 적용되지 않습니다.'
        : `정책은 세션 모드가 ${orElse(v, 'sessionMode', '')}일 때만 \`s3express:CreateSession\`을 허용하는데, 클라이언트는 ${known(v, 'askedMode') === 'ReadWrite' ? '쓰기도 할 수 있는 ReadWrite' : orElse(v, 'askedMode', '다른')} 모드를 요청했습니다.`,
    recognised: '버킷 이름이 `--x-s3`로 끝나고, 정책에는 `s3:` 작업이나 `s3express:SessionMode` 조건이 있습니다.',
    fix: '`arn:aws:s3express:REGION:ACCOUNT:bucket/NAME`에 `s3express:CreateSession`을 허용하세요.',
  },
  'companion-resource-needed': {
    title: '여러 리소스를 검사하는 호출인데 정책은 일부만 허용함',
    what: (v) => {
      const types = several(v, 'types')
      return `${josa(action(v), '은/는')} 여러 리소스를 한꺼번에 검사하는데 정책은 그중 일부만 허용합니다${types.length === 0 ? '' : `. 필요한 리소스 유형: ${andList(types)}`}`
    },
    why: () => '호출 하나가 건드리는 모든 리소스가 허용되어야 하며, 하나라도 빠지면 호출 전체가 실패합니다.',
    recognised:
      '거부된 ARN의 유형이 허용한 것과 다릅니다. Glue의 카탈로그·데이터베이스·테이블, RunInstances의 인스턴스·볼륨·서브넷·이미지, SSM의 인스턴스·문서, Bedrock의 추론 프로파일·모델이 그렇습니다.',
    fix: '메시지에 나온 리소스만이 아니라 호출에 필요한 리소스를 모두 문에 넣으세요.',
  },
  'pass-role': {
    title: '이 역할을 서비스에 전달할 권한이 없음',
    titleOf: (v) => (known(v, 'linkedTo') === null ? '' : '서비스 연결 역할은 전달할 수 없음'),
    what: (v) =>
      known(v, 'linkedTo') !== null
        ? `${josa(roleOf(v, '해당 역할'), '은/는')} ${orElse(v, 'linkedTo', '서비스')}의 서비스 연결 역할이라 그 서비스가 스스로 맡으며, 어떤 statement로도 이를 전달할 수 없습니다`
        : known(v, 'roleAccount') === null
          ? `${toWho(v)} ${josa(roleOf(v, '해당 역할'), '을/를')} ${orElse(v, 'passedTo', '서비스')}에 전달할 권한이 없습니다`
          : `${josa(roleOf(v, '해당 역할'), '은/는')} ${orElse(v, 'roleAccount', '')} 계정에 있는데, 역할은 자신이 속한 계정 안에서만 전달할 수 있어 어떤 statement로도 허용되지 않습니다`,
    why: (v) =>
      known(v, 'linkedTo') !== null
        ? '정책에 무엇이 적혀 있든, AdministratorAccess가 있어도 IAM이 거부합니다. 그 역할은 해당 서비스만 만들고 바꾸고 사용합니다.'
        : '서비스가 사용할 역할을 넘겨주려면 호출 권한과 별개로 그 역할에 대한 `iam:PassRole`이 필요합니다.',
    recognised:
      '거부된 작업은 `iam:PassRole`인데, 실제로 호출한 API는 RunTask나 CreateFunction처럼 다른 서비스의 것입니다.',
    fix: '호출자에게 이 역할 하나에 대해서만 `iam:PassRole`을 허용하고 `iam:PassedToService`로 제한하세요.',
  },
  'service-linked-role': {
    title: '서비스 연결 역할이 아직 없고 만들 권한도 없음',
    titleOf: (v) =>
      known(v, 'why') === 'principal'
        ? '정책에 아직 없는 서비스 연결 역할이 적혀 있음'
        : known(v, 'why') === 'kept'
          ? '서비스 연결 역할은 그 서비스만 바꿀 수 있음'
          : '',
    what: (v) =>
      known(v, 'why') === 'principal'
        ? `정책에 적힌 서비스 연결 역할 ${orElse(v, 'role', '')}이 이 계정에 아직 없습니다`
        : known(v, 'why') === 'kept'
          ? `${orElse(v, 'role', '이 역할')} 역할은 서비스 연결 역할이어서 어떤 권한이 있어도 ${action(v)} 작업이 되지 않습니다`
          : `이 계정에 ${where(v, 'serviceName', (name) => `${name} `)}서비스 연결 역할${where(v, 'role', (role) => `(${role})`)}이 필요한데, ${toWho(v)} 만들 권한이 없습니다`,
    why: (v) =>
      known(v, 'why') === 'kept'
        ? 'IAM은 서비스에 필요한 것이 유지되도록 그 서비스만 역할을 바꾸게 합니다.'
        : '서비스 연결 역할은 계정에서 처음 사용할 때 `iam:CreateServiceLinkedRole`로 한 번 만들어집니다.',
    recognised:
      '거부된 작업이 `iam:CreateServiceLinkedRole`이거나 서비스가 서비스 연결 역할이 없다고 알립니다. 한 번 성공하면 오류가 사라집니다.',
    fix: '관리자가 한 번 만들거나, 호출자에게 `iam:AWSServiceName`으로 제한해 허용하세요.',
  },
  'service-role-missing-allow': {
    title: '서비스가 사용하는 역할에 권한이 없음',
    what: (v) => {
      const actions = several(v, 'actions')
      return `${roleOf(v, term(v, 'whose', '서비스가 사용하는 역할'))}에 ${actions.length === 0 ? permission(v) : `${andList(actions)} 권한`}이 없습니다`
    },
    why: () => '서비스는 건네받은 역할로 동작하므로, 권한은 호출한 사람이 아니라 그 역할에 있어야 합니다.',
    recognised: '메시지가 보안 주체 없이 “The provided execution role”을 지목하고, 그 역할의 정책에 작업이 없습니다.',
    fix: '실행 역할에 권한을 추가하세요. VPC 안의 Lambda라면 `AWSLambdaVPCAccessExecutionRole`의 내용입니다.',
  },
  'policy-not-attached': {
    title: '이 권한이 있는 정책이 있지만 보안 주체에 적용되지 않음',
    what: (v) => {
      const name = known(v, 'policy') ?? known(v, 'policyArn')
      return `${josa(name === null ? '이 계정의 어떤 정책' : `${quote(name)} 정책`, '은/는')} 이 권한을 담고 있지만 ${forWho(v)} 적용되지 않습니다${notApplied(v)}`
    },
    why: () => '보안 주체나 그 그룹에 연결된 정책만, 그것도 기본 버전만 효력이 있습니다.',
    recognised:
      '계정의 어떤 정책이 요청을 허용하지만 연결되어 있지 않거나, 사용자가 속하지 않은 그룹에 연결되어 있거나, 고친 버전이 기본 버전이 아닙니다.',
    fix: '정책을 연결하거나, 사용자를 그룹에 넣거나, 고친 버전을 기본 버전으로 지정하세요.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

function notApplied(v: Values): string {
  switch (known(v, 'why')) {
    case 'not-attached':
      return '. 연결되어 있지 않기 때문입니다'
    case 'not-default-version':
      return `. ${where(v, 'version', (version) => `권한이 있는 버전 ${version}`) || '권한이 있는 버전'} 대신 다른 버전이 기본 버전이기 때문입니다`
    case 'group-without-user':
      return '. 사용자가 속하지 않은 그룹에 연결되어 있기 때문입니다'
    default:
      return ''
  }
}
