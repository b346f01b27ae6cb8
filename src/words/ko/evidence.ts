import { isHiddenArn, isHiddenText } from '../../iam/hidden-text.ts'
import { ownValue } from '../../iam/own-value.ts'
import { quote, variableAsked } from '../values.ts'
import type { Words } from '../words.ts'
import { conditionWords, josa, orList, place } from './phrases.ts'

export const policyTypes: Words['policyTypes'] = {
  'resource-control': '리소스 제어 정책(RCP)',
  'service-control': '서비스 제어 정책(SCP)',
  'vpc-endpoint': 'VPC 엔드포인트 정책',
  'resource-based': '리소스 기반 정책',
  'role-trust': '역할 신뢰 정책',
  'identity-based': '자격 증명 기반 정책',
  'permissions-boundary': '권한 경계',
  session: '세션 정책',
}

export const results: Words['results'] = {
  allowed: '허용',
  implicitDeny: '허용하지 않음',
  explicitDeny: '명시적 거부',
  unknown: '판단할 수 없음',
  notApplicable: '해당 없음',
  notCollected: '읽지 않음',
}

export const notRead: Words['notRead'] = (types) =>
  `읽지 않은 정책은 거부하지 않는다고 보았습니다: ${types.join(', ')}.`

const subject = (policyType: string | null): string => policyType ?? '정책'

export const assumptions: Words['assumptions'] = {
  'not-read-does-not-deny': (type) => `읽지 않은 ${josa(subject(type), '은/는')} 거부하지 않는다`,
  'unread-resource-policy-does-not-grant': (type) =>
    `읽지 않은 ${josa(type ?? '리소스 기반 정책', '은/는')} 단독으로 요청을 허용하지 않는다`,
  'unread-key-policy-delegates': () => '읽지 않은 키 정책은 결정을 그 계정의 IAM에 위임한다',
  'resource-in-callers-account': (_, v) =>
    `리소스는 호출자의 계정${v['account'] === undefined ? '' : `(${quote(v['account'])})`}에 있다`,
  'resource-in-another-account': (_, v) =>
    `리소스는 다른 계정${v['account'] === undefined ? '' : `(${quote(v['account'])})`}에 있다`,
  'same-organization': () => '호출자와 리소스는 같은 조직에 속한다',
  'message-names-deny': (type) => `${subject(type)}에서 판단할 수 없던 하나의 Deny가 AWS 메시지가 말하는 그 Deny이다`,
  'message-rules-out-deny': (type) =>
    `AWS 메시지가 Allow가 없다고 하므로 ${subject(type)}의 어떤 Deny도 일치하지 않았다`,
  'matched-by-name': (_, v) =>
    `글의 계정이 가려졌거나 잘못되어 보안 주체${v['name'] === undefined ? '' : `(${quote(v['name'])})`}를 이름만으로 찾았다`,
  'role-without-path': () => '역할에 경로가 없다(세션의 ARN에는 경로가 나타나지 않는다)',
  'unread-allows': (type) => `읽지 않은 ${josa(subject(type), '은/는')} 요청을 허용한다`,
  'told-applies': (type) => `글에 있는 정책이 ${subject(type)}으로 적용된다`,
  'passed-to': (_, v) =>
    v['services'] === undefined
      ? '역할을 전달받는 서비스가 문에 적혀 있다'
      : `메시지에는 없지만 역할은 ${orList(v['services'].split(' '))}에 전달된다`,
}

export const unknown: Words['unknown'] = (fact) => {
  const at = place({
    policy: fact.policy,
    statement: String(fact.statement + 1),
    ...(fact.sid === null ? {} : { sid: fact.sid }),
  })
  const isDeny = fact.effect === 'Deny'
  const isHidden = fact.values.some((value) => isHiddenText(value) || isHiddenArn(value))
  if (fact.kind === 'resource' && isHidden)
    return isDeny
      ? `리소스가 ${at}에 지정된, 일부가 가려진 것이면 거부됩니다.`
      : `리소스가 ${at}에 지정된, 일부가 가려진 것이 아니면 거부됩니다.`
  if (fact.kind === 'resource')
    return isDeny
      ? `알 수 없는 리소스가 ${at}에 지정된 것이면 거부됩니다.`
      : `알 수 없는 리소스가 ${at}에 지정된 것이 아니면 거부됩니다.`
  if (fact.kind === 'principal')
    return isDeny
      ? `다 알 수 없는 보안 주체가 ${at}에 지정된 것이면 거부됩니다.`
      : `다 알 수 없는 보안 주체가 ${at}에 지정된 것이 아니면 거부됩니다.`
  const variable = variableAsked(fact.key, fact.values)
  if (variable !== null)
    return `${at}의 ${fact.effect}가 적용되는지는 ${orList(fact.values)}에 쓰인 ${quote(variable)} 값에 달려 있습니다. 값은 메시지에 없습니다.`
  const rule = conditionWords(fact.key ?? '컨텍스트 키', fact.operator, fact.values)
  const why = isHidden ? '정책의 값이 가려져 있습니다.' : '값은 메시지에 없습니다.'
  return isDeny
    ? `${rule} 경우 ${at}에 따라 거부됩니다. ${why}`
    : `${rule} 경우가 아니면 거부됩니다(${at}의 조건). ${why}`
}

const abouts: Readonly<Record<string, string>> = {
  ...policyTypes,
  'kms-grants': 'KMS 키의 권한 부여(grant)',
  'block-public-access': '퍼블릭 액세스 차단 설정',
  's3-block-public-access': '버킷의 퍼블릭 액세스 차단 설정',
  'object-ownership': '버킷의 객체 소유권 설정',
  'decoded-message': '인코딩된 인가 메시지',
  'authorization-details': '인가 세부 정보',
}

export const gapReasons: Words['gapReasons'] = {
  'access-denied': '이 서비스에 읽기 권한이 없음',
  throttled: 'AWS가 읽기 속도를 제한함',
  timeout: 'AWS가 제때 응답하지 않음',
  'not-found': '찾을 수 없음',
  unsupported: 'AWS API로 읽을 수 없음',
  'not-configured': '이 서비스가 읽도록 설정되지 않음',
  failed: '읽기에 실패함',
}

export const gap: Words['gap'] = (about, reason, account) =>
  `확인하지 못함: ${account === null ? '' : `${quote(account)} 계정의 `}${ownValue(abouts, about) ?? quote(about)} (${gapReasons[reason]}).`

export const evidenceNotes: Words['evidenceNotes'] = {
  sample: '사용자의 AWS 계정이 아니라 이 서비스에 포함된 샘플 계정을 기준으로 답했습니다.',
  none: '정책을 읽지 않았으며, 붙여 넣은 글만 보고 답했습니다.',
  snapshot: '스냅샷 파일을 기준으로 답했습니다. 파일을 만든 시점의 내용입니다.',
  matchedByName: (name) =>
    `글의 계정이 가려졌거나 잘못되어, 보안 주체${name === null ? '' : `(${quote(name)})`}를 이름만으로 찾았습니다.`,
  principalMissing: (name) =>
    `보안 주체${name === null ? '' : `(${quote(name)})`}를 해당 계정에서 찾아보았지만 없습니다.`,
}
