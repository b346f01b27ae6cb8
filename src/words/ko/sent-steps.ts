import { known, orElse, quote, several, where, whereShown } from '../values.ts'
import type { Words } from '../words.ts'
import { hasFurther, josa, named, orList, term } from './phrases.ts'
import { conditionSteps } from './conditions.ts'

/** 호출에서 보내거나 빼야 하는 것. */
export const sentSteps = {
  'send-tags-in-create-call': (v) =>
    `태그${where(v, 'key', (key) => `(${key}${whereShown(v, 'values', () => `: ${orList(several(v, 'values'))}`)})`)}를 나중에 붙이지 말고 리소스를 만드는 호출에서 함께 보내세요.${where(v, 'ofType', (type) => ` EC2에서는 리소스 유형마다 따로 지정해야 합니다. \`TagSpecifications\`에 ResourceType ${type} 항목을 넣으세요.`)}`,
  'send-tags-in-this-call': (v) =>
    `이 호출에서 ${orElse(v, 'key', '태그')}${whereShown(v, 'values', (values) => `(값 ${values})`)}를 함께 보내세요. 이 호출이 붙이는 태그가 검사됩니다.`,
  'send-allowed-tags': (v) =>
    hasFurther(v) && known(v, 'surplus') === null
      ? conditionSteps['meet-condition'](v)
      : `호출이 보내는 태그를 조건이 허용하는 태그${whereShown(v, 'values', (values) => `(${values})`)}와 비교하세요. ${
          known(v, 'surplus') === null ? '보내는 키 중 하나가' : `${orElse(v, 'surplus', '')} 키가`
        } 그 안에 없습니다. 그 태그를 빼거나 목록에 추가해 달라고 하세요.`,
  'send-encryption-header': (v) =>
    known(v, 'sse') === 'AES256'
      ? '업로드할 때 암호화 헤더를 보내세요. `--sse AES256`(x-amz-server-side-encryption: AES256)입니다.'
      : `업로드할 때 암호화 헤더를 보내세요. \`--sse ${known(v, 'sse') ?? 'aws:kms'}\`와 버킷이 요구하는 키를 지정합니다.`,
  'drop-option': (v) =>
    `필요 없다면 요청에서 ${josa(term(v, 'option', '해당 옵션'), '을/를')} 빼세요. 그러면 이 권한도 필요 없습니다.`,
  'skip-session-tagging': (v) =>
    known(v, 'action')?.toLowerCase() === 'sts:setsourceidentity'
      ? '역할을 수임하는 호출에서 소스 ID를 빼세요. 이미 소스 ID가 있는 세션은 그 값을 넘기므로 뺄 수 없습니다.'
      : '역할을 수임하는 도구에서 세션 태그를 끄세요.',
  'pass-boundary': (v) =>
    `역할을 만들거나 바꾸는 요청에 ${where(v, 'boundary', (name) => `${name} `)}권한 경계를 지정하세요.`,
  'carry-boundary': (v) =>
    `먼저 ${known(v, 'changed') === null ? '역할이나 사용자' : named(known(v, 'changed') ?? '')}에 ${where(v, 'boundary', (name) => `${name} `)}권한 경계를 지정하세요. 이 호출로는 경계를 지정할 수 없고, 조건은 호출할 때 이미 지정된 경계를 검사합니다. 지정에는 \`${v['changed']?.startsWith('user/') === true ? 'iam:PutUserPermissionsBoundary' : 'iam:PutRolePermissionsBoundary'}\` 권한이 필요합니다.`,
  'attach-role-to-cluster': (v) =>
    `역할을 클러스터${where(v, 'cluster', (name) => ` ${name}`)}에 연결하세요. Redshift는 클러스터에 연결된 역할만 수임합니다.`,
  'attach-role-to-namespace': () =>
    '작업 그룹의 네임스페이스에 역할을 연결하세요. Redshift Serverless는 네임스페이스에 연결된 역할만 수임합니다. 이 명령은 목록 전체를 바꾸므로 이미 연결된 역할도 함께 적으세요.',
  'name-role-by-arn': (v) =>
    `\`IAM_ROLE\`에 역할의 전체 ARN을 적으세요${where(v, 'role', (name) => `(${name})`)}. 이름만으로는 찾지 못합니다.`,
  'read-snowflake-integration': () =>
    'Snowflake에서 `DESC INTEGRATION`을 실행해 채워 넣을 값, 즉 IAM 사용자의 ARN과 외부 ID를 확인하세요. 통합을 다시 만들면 값이 바뀝니다.',
  'set-pool-role': () =>
    '자격 증명 풀에 어떤 역할이 설정되어 있는지 명령으로 확인하고, 이 종류의 사용자에 대한 역할이 없으면 설정하세요.',
  'associate-service-role': () =>
    '이 리전의 계정에 역할을 연결하거나, 이미 연결된 역할이 무엇인지 확인하세요(`aws greengrass get-service-role-for-account`).',
  'ask-audience': (v) =>
    `신뢰 정책이 요구하는 대상 ${quote(known(v, 'wanted') ?? '')}의 토큰을 요청하세요. 지금은 ${quote(known(v, 'sent') ?? '')}의 토큰을 요청합니다. GitHub Actions의 \`sts.amazonaws.com\`처럼 도구의 기본값이면 대상을 적은 줄을 지우면 됩니다. 정책은 그대로 둡니다.`,
  'check-token-request': () =>
    '신뢰 정책은 그대로 두고 나머지를 살펴보세요. 요청한 ARN의 역할이 이 정책의 역할인지, 그 계정에 자격 증명 공급자가 있는지, 작업이 토큰을 요청할 수 있는지(GitHub Actions의 `permissions: id-token: write`), 토큰의 `iss`, `aud`, `sub`가 무엇인지 확인하세요.',
  'check-saml-response': () =>
    '신뢰 정책은 그대로 두고 SAML 응답을 살펴보세요. `Role` 속성에 바로 이 역할과 이 공급자가 함께 있는지, 수신자(`SAML:aud`)가 신뢰 정책이 요구하는 값인지, 자격 증명 공급자에서 사용자가 역할에 할당되어 있는지 확인하세요.',
  'send-external-id': () =>
    '신뢰 정책이 요구하는 외부 ID를 보내세요(AWS CLI의 `--external-id`, Terraform `assume_role` 블록의 `external_id`, SDK의 `ExternalId`). 값은 소유자가 알고 있습니다.',
  'request-payer': () => '호출에 `--request-payer requester`를 추가하세요. 비용은 사용자의 계정에 청구됩니다.',
  'send-no-acl': () => 'ACL 없이 요청하거나 `bucket-owner-full-control`을 지정하세요.',
  'hand-over-object': () =>
    '객체를 업로드한 계정에서 객체를 넘겨주거나(`aws s3api put-object-acl --acl bucket-owner-full-control`), 버킷의 객체 소유권을 “버킷 소유자 적용”으로 바꾼 뒤 다시 업로드하게 하세요.',
} satisfies Partial<Words['steps']>
