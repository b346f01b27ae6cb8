import { causes } from './ko/causes.ts'
import { doNot } from './ko/do-not.ts'
import { assumptions, evidenceNotes, gap, gapReasons, notRead, policyTypes, results, unknown } from './ko/evidence.ts'
import { labels } from './ko/labels.ts'
import { owner, ownerMessage } from './ko/owners.ts'
import { named, rivals } from './ko/phrases.ts'
import { unseen } from './ko/unseen.ts'
import { hint, managedBy, next, note, placeholder, problem, workload } from './ko/remarks.ts'
import { home } from './ko/home.ts'
import { noRoom } from './ko/no-room.ts'
import { steps } from './ko/steps.ts'
import type { Words } from './words.ts'

export const ko: Words = {
  causes,
  frames: {
    verified: (clause) => `AWS의 평가 결과에 따르면 ${clause}.`,
    evaluated: (clause) => `${clause}.`,
    stated: (clause) => `메시지에 따르면 ${clause}.`,
    possible: (clause) => `확인되지 않은 가능성입니다. ${clause}.`,
  },
  toldFrame: (clause) => (clause.includes('글에 있는 정책') ? `${clause}.` : `글에 있는 정책에 따르면 ${clause}.`),
  confidences: {
    verified: '확인됨: 이 요청에 대한 AWS 자체의 평가를 읽음',
    evaluated: '평가됨: 읽은 정책에서 도출됨',
    stated: '메시지에 명시됨: 메시지의 내용이며 정책은 읽지 않음',
    possible: '가능성: 글과 읽은 정책만으로는 증명되지 않은 후보',
  },
  readiness: {
    ready: '그대로 적용 가능',
    'has-placeholders': '표시된 자리를 먼저 채워야 함',
    'needs-review': '소유자의 검토 필요',
    none: '문으로는 해결되지 않음',
  },
  remedyKinds: {
    'add-identity-statement': '자격 증명 기반 정책에 문 추가',
    'edit-statement': '기존 문 수정',
    'resource-policy': '리소스의 정책 변경',
    'key-policy': '키 정책 변경',
    'trust-policy': '역할의 신뢰 정책 변경',
    scp: '조직 정책 변경',
    boundary: '권한 경계 변경',
    session: '같은 자격 증명의 다른 세션 사용',
    'not-iam': 'IAM 변경이 아님',
    'switch-principal': '다른 보안 주체로 호출',
    other: '요청 또는 정책 이외의 것 변경',
  },
  families: {
    'no-matching-allow': '허용하는 문이 없음',
    kms: '암호화 키',
    'deny-or-ceiling': '명시적 거부 또는 상한',
    condition: '조건',
    'other-side': '상대편: 리소스와 신뢰',
    'other-identity': '다른 보안 주체의 호출이거나 너무 이른 호출',
    'not-a-policy': 'IAM 정책의 문제가 아님',
    'neighbour-error': '비슷해 보이는 다른 오류',
    'open-end': '읽은 것만으로는 알 수 없음',
  },
  steps,
  noRoom,
  doNot,
  policyTypes,
  results,
  place: named,
  home,
  owner,
  ownerMessage,
  assumptions,
  notRead,
  rivals,
  unseen,
  alsoIn: (homes) => `${homes.join(', ')}에 대한 변경도 함께 필요합니다.`,
  unknown,
  gap,
  gapReasons,
  next,
  hint,
  note,
  managedBy,
  workload,
  placeholder,
  problem,
  evidenceNotes,
  labels,
}
