import { known, orElse, where, type Values } from '../values.ts'
import type { StepContext } from '../words.ts'
import { home } from './home.ts'
import { toWho, who } from './phrases.ts'

const within = (v: Values): string => where(v, 'opened', (opened) => (opened === '`*`' ? '' : ` ${opened}에서`))

/** 고친 Deny가 더는 막지 않는 것. 요청 하나보다 넓으므로 밝힌다. */
const exempted = (v: Values, target: StepContext['target']): string => {
  switch (known(v, 'exempts')) {
    case 'action':
      return `그러면 이 문은 ${orElse(v, 'action', '이')} 작업을${within(v)} 누구에게도 거부하지 않으며, 나머지 작업은 그대로 거부합니다`
    case 'action-of-principal':
      return `문을 나누어 ${orElse(v, 'action', '이')} 작업은${within(v)} ${who(v)} 외의 모두에게만 거부하고, 나머지는 그대로 모두에게 거부합니다`
    case 'resource-of-principal':
      return `문을 나누어${within(v)} 이 문이 막는 것은 ${who(v)} 외의 모두에게만 거부하고, 다른 곳에서는 그대로 모두에게 거부합니다`
    case 'principal':
      return `그러면 이 문은 ${toWho(v)} 아무것도 거부하지 않으며, ${target?.policyType === 'identity-based' ? '정책이 연결된 다른 주체' : '다른 보안 주체'}에는 그대로 적용됩니다`
    case 'alone':
      return `이 문은 ${who(v)}만 대상으로 하므로 그러면 아무것도 거부하지 않게 됩니다. 왜 만들었는지 확인하세요`
    default:
      return '이 경우를 예외로 합니다'
  }
}

/** 문이 자기 정책의 변경도 막는 경우. */
const lockedOut = (v: Values): string => {
  switch (known(v, 'locked')) {
    case 'everybody':
      return ' 이 문은 이 변경도 누구에게나 거부하므로, 명령은 정책을 먼저 치운 뒤에만 실행됩니다.'
    case 'caller':
      return ' 이 문은 이 변경도 거부하므로, 문에 걸리지 않는 사람이 변경해야 합니다.'
    default:
      return ''
  }
}

/** 규칙의 예외. 대상을 모르면 `policy`로 부른다. */
export const exemptIn =
  (policy: string) =>
  (v: Values, { target, hasStatement, edits }: StepContext): string => {
    const where_ = target === null ? `${policy}${where(v, 'policyArn', (arn) => `(${arn})`)}` : home(target)
    if (hasStatement || edits) return `${where_}에 다음 변경을 제안하세요. ${exempted(v, target)}.${lockedOut(v)}`
    return `${where_}에서 이 경우를 예외로 해 달라고 요청하세요.`
  }
