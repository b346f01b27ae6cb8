import { known } from '../values.ts'
import type { Words } from '../words.ts'

export const noRoom: Words['noRoom'] = (v) => {
  if (known(v, 'obstacle') === 'quota')
    return '넣을 자리가 없습니다. IAM은 더 긴 인라인 정책도, 관리형 정책 하나도 더 받지 않습니다. 먼저 있는 정책을 합치거나 분리하고, 아니면 할당량 증가를 요청하세요.'
  const quota = known(v, 'quota')
  return quota === null
    ? null
    : `이대로는 AWS가 거절합니다. 한도는 ${quota}자입니다. 먼저 있는 내용을 줄이거나 문을 다른 정책에 넣으세요.`
}
