import { ownValue } from '../../iam/own-value.ts'
import { known, quote, where, type Values } from '../values.ts'
import { josa } from './phrases.ts'

/** 정책 유형마다: 받은 것과, 거기에 속하는 나머지. */
const kinds: Readonly<Record<string, readonly [string, string]>> = {
  'service-control': ['서비스 제어 정책', '루트, 계정 위의 각 조직 단위, 계정의 정책이 모두 필요합니다'],
  'resource-control': ['리소스 제어 정책', '루트, 계정 위의 각 조직 단위, 계정의 정책이 모두 필요합니다'],
  'identity-based': ['자격 증명 기반 정책', '연결된 정책과 인라인 정책, 사용자라면 그룹의 정책도 포함합니다'],
  'permissions-boundary': ['권한 경계', '보안 주체에 설정된 것이 필요합니다'],
  'resource-based': ['리소스 기반 정책', '거쳐 가는 액세스 포인트의 정책도 포함합니다'],
  'role-trust': ['신뢰 정책', '역할에 지금 있는 것이 필요합니다'],
  'vpc-endpoint': ['VPC 엔드포인트 정책', '거쳐 가는 각 엔드포인트의 정책이 필요합니다'],
  session: ['세션 정책', '세션을 열 때 전달한 것이 필요합니다'],
}

/** AWS의 말이 그대로 남는다. 받은 것 가운데 빠졌거나, 그 뒤에 바뀐 것이다. */
export const unseen = (v: Values): string | null => {
  const type = known(v, 'unseen')
  if (type === null) return null
  const [given, all] = ownValue(kinds, type) ?? ['정책', '그 유형의 정책이 모두 필요합니다']
  const arn = known(v, 'unseenPolicy')
  const missing =
    arn === null
      ? `받은 ${given} 가운데 이 호출을 거부하는 것은 없습니다. 빠진 것이 있거나(${all}) 호출한 뒤에 바뀌었습니다.`
      : `AWS가 밝힌 정책 ${josa(quote(arn), '은/는')} 받은 ${given}에 없습니다.`
  return `${missing}${where(v, 'lookUp', (command) => ` ${command} 명령으로 확인한 뒤 함께 넣어 다시 물어보세요.`)}`
}
