import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import { andList, josa, forWho, letsInInstead, place, term, toWho, who } from '../phrases.ts'

const keyPermission = (v: Values): string => {
  const actions = several(v, 'kmsActions')
  return actions.length === 0 ? '사용 권한' : `${andList(actions)} 권한`
}
const isLockout = (v: Values): boolean => known(v, 'why') === 'lockout'
const isOfAws = (v: Values): boolean => known(v, 'why') === 'key-of-aws'
const theKey = (v: Values): string => where(v, 'key', (key) => `${key} KMS 키`) || 'KMS 키'

export const kms = {
  'kms-behind-service': {
    title: '리소스를 암호화한 키에 대한 권한이 없음',
    what: (v) =>
      `${toWho(v)} ${known(v, 'behind') === null ? '' : `${josa(term(v, 'behind', ''), '을/를')} 암호화한 `}${theKey(v)}에 대한 ${keyPermission(v)}이 없습니다${where(v, 'alias', (alias) => `. ${josa(place(v) === '' ? '정책의 한 문' : place(v), '은/는')} ${alias}에 대해 허용하지만, Resource에 쓴 별칭은 그 키를 뜻하지 않습니다`)}`,
    why: () => '고객 관리형 키로 암호화한 리소스를 쓰려면 리소스 권한 외에 키에 대한 권한도 필요합니다.',
    recognised:
      '자격 증명 기반 정책이 `kms:` 작업을 허용하지 않거나, 서비스가 KMS 액세스가 허용되지 않는다고 알리거나, 큰 업로드만 실패하거나, 시작한 인스턴스나 새 볼륨이 사라지거나, S3 작업이 허용되어 있는데도 Access Denied가 납니다.',
    fix: '그 키 하나에 대해서만 키 ARN으로 작업을 허용하세요. 별칭은 Resource에 쓸 수 없습니다. `kms:ViaService`로 서비스를 제한할 수 있습니다.',
  },
  'kms-key-policy': {
    title: '키 정책이 보안 주체의 키 사용을 허용하지 않음',
    titleOf: (v) => (isLockout(v) ? '새 키 정책을 설정하면 호출자가 키 정책을 다시 바꿀 수 없게 됨' : ''),
    what: (v) =>
      isLockout(v)
        ? `새 키 정책대로라면 ${josa(known(v, 'principal') === null ? '호출자' : who(v), '이/가')} kms:PutKeyPolicy를 다시 호출할 수 없습니다`
        : isOfAws(v)
          ? '리소스가 AWS 관리형 키로 암호화되어 있어 그 키가 있는 계정 밖에서는 쓸 수 없습니다'
          : `${theKey(v)}의 키 정책이 ${where(v, 'servicePrincipal', (service) => `${service} 서비스에`) || forWho(v)} ${keyPermission(v)}을 주지 않습니다${letsInInstead(v)}`,
    why: (v) =>
      isLockout(v)
        ? 'KMS는 키 정책을 설정하는 보안 주체가 그 정책으로도 다시 설정할 수 있을 때만 키 정책을 받습니다. 정책이 그 보안 주체를 지정하거나 계정 루트를 지정해야 하며, 루트를 지정했다면 보안 주체 자신의 정책에서도 허용해야 합니다. `--bypass-policy-lockout-safety-check`는 이 검사를 건너뛸 뿐이며 아무도 관리할 수 없는 키가 남을 수 있습니다.'
        : isOfAws(v)
          ? 'AWS 관리형 키의 키 정책은 아무도 바꿀 수 없으며, 그 키가 있는 계정만 허용합니다.'
          : `KMS 키는 자체 키 정책의 통제를 받습니다. 키 정책이 보안 주체를 지정하거나 IAM에 위임하지 않으면 자격 증명 기반 정책은 효력이 없습니다${where(v, 'keyAccount', (account) => `. 이 키는 ${account} 계정에 속합니다`)}.`,
    recognised:
      '메시지에 “no resource-based policy allows the kms:… action”이 있거나, 호출자가 서비스나 다른 계정인데 키 정책에 없습니다. 키 정책이 이 작업을 계정 루트에 허용하면 IAM에 위임한 것이므로 자격 증명 쪽이 원인입니다.',
    fix: '키 소유자가 키 정책에 보안 주체를 추가해야 합니다. AWS 관리형 키(`aws/…`)의 정책은 바꿀 수 없으므로 고객 관리형 키로 옮기세요.',
  },
  'stale-principal': {
    title: '정책이 더 이상 없는 보안 주체를 가리킴',
    what: (v) =>
      known(v, 'gone') !== null
        ? `${josa(term(v, 'holder', '리소스의 정책'), '이/가')} 존재하지 않는 보안 주체를 가리킵니다`
        : `${josa(term(v, 'holder', '리소스의 정책'), '이/가')} 아직 삭제된 이전 ${josa(known(v, 'principal') === null ? '보안 주체' : who(v), '을/를')} 가리킵니다`,
    why: (v) =>
      known(v, 'gone') !== null
        ? 'AWS는 존재하지 않는 역할이나 사용자가 적힌 정책을 저장하지 않습니다. 삭제되었거나, 아직 만들지 않았거나, 잘못 적은 것입니다.'
        : `IAM은 보안 주체를 고유 ID${where(v, 'uniqueId', (id) => `(${id})`)}로 저장하므로, 같은 이름으로 다시 만든 역할이나 사용자는 새로운 보안 주체입니다.`,
    recognised:
      '정책에 ARN 대신 `AROA…`나 `AIDA…` 같은 ID가 보이거나 “Invalid principal in policy” 오류가 납니다. 역할이 정책보다 나중에 만들어졌습니다.',
    fix: '정책에 ARN을 다시 입력하세요. Lambda 함수라면 다른 역할로 바꿔 저장한 뒤 원래 역할로 되돌리세요.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>
