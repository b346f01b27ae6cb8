import { isOnBucket, isThere } from '../facts.ts'
import { known, orElse, quote, several, severalShown, where, type Values } from '../values.ts'
import type { StepContext, Words } from '../words.ts'
import { home } from './home.ts'
import { andList, condition, hasFurther, josa, orList, term, who } from './phrases.ts'

const isDeny = (v: Values): boolean => known(v, 'effect') === 'Deny'
/** 값 하나를 그대로 비교하는 부정 연산자. */
const isNegated = (v: Values): boolean => /^(?:string|arn|numeric)?not/iu.test(known(v, 'operator') ?? '')

/** 규칙을 되풀이하는 것보다 나은 말이 있는 키에서 할 일. 없으면 빈 문자열. */
const byKey = (v: Values): string => {
  const values = severalShown(v, 'values')
  const wanted = isDeny(v) ? isNegated(v) : !isNegated(v)
  if (values.length === 0 || /^for|^null/iu.test(known(v, 'operator') ?? '')) return ''
  switch (known(v, 'key')?.toLowerCase()) {
    case 'aws:securetransport':
      return 'HTTPS를 쓰세요.'
    case 'aws:sourceip':
    case 'aws:vpcsourceip':
      return wanted ? `${orList(values)} 주소에서 요청하세요.` : ''
    case 'aws:sourcevpce':
      return wanted ? `${orList(values)} VPC 엔드포인트를 거쳐 요청하세요.` : ''
    case 'aws:sourcevpc':
      return wanted ? `${orList(values)} VPC에서 그 VPC의 엔드포인트를 거쳐 요청하세요.` : ''
    case 's3:dataaccesspointaccount':
      return wanted ? `${orList(values)} 계정의 액세스 포인트를 거쳐 요청하세요.` : ''
    case 's3:dataaccesspointarn':
      return wanted ? `${orList(values)} 액세스 포인트를 거쳐 요청하세요.` : ''
    case 'aws:requestedregion':
      if (!wanted) return ''
      return isOnBucket(v)
        ? `${orList(values)} 리전에 있는 버킷을 쓰세요. 버킷에 대한 호출은 버킷이 있는 리전으로 갑니다.`
        : isThere(v)
          ? `${orList(values)} 리전에 있는 리소스를 쓰세요. 이 호출의 대상은 ${orElse(v, 'resource', '그 리소스')}이고, 호출은 대상이 있는 리전으로 갑니다.`
          : `${orList(values)} 리전에서 호출하세요.`
    case 's3:x-amz-acl':
      return wanted ? `업로드할 때 ${orList(values)} ACL을 함께 보내세요(\`--acl\`).` : ''
    case 's3:x-amz-storage-class':
      return wanted ? `${orList(values)} 스토리지 클래스로 업로드하세요(\`--storage-class\`).` : ''
    case 's3:prefix':
      if (!wanted) return ''
      return values.every((value) => value === '""')
        ? '접두사 없이 목록을 조회하세요.'
        : `${orList(values)} 접두사로 목록을 조회하세요(\`--prefix\`).`
    case 'ec2:instancetype':
      return wanted ? `${orList(values)} 유형의 인스턴스를 시작하세요.` : ''
    case 'ec2:metadatahttptokens':
      return wanted ? `메타데이터 옵션 \`HttpTokens\` 값을 ${orList(values)} 값으로 지정해 시작하세요.` : ''
    case 'kms:resourcealiases':
      return wanted
        ? `${orList(values)} 별칭이 있는 키를 쓰세요. 이 키에는 \`aws kms create-alias\`로 별칭을 붙일 수 있습니다.`
        : ''
    default:
      return wanted ? byPrefix(known(v, 'key') ?? '', values) : ''
  }
}

/** 이름이 들어 있는 키. 그 이름으로 보내는 값을 말한다. */
const byPrefix = (key: string, values: readonly string[]): string => {
  const tag = /^s3:RequestObjectTag\/(.+)$/iu.exec(key)?.[1]
  if (tag !== undefined)
    return `업로드할 때 ${quote(tag)} 태그를 ${orList(values)} 값으로 함께 보내세요(\`--tagging\`).`
  const context = /^kms:EncryptionContext:(.+)$/iu.exec(key)?.[1]
  return context === undefined
    ? ''
    : `호출의 암호화 컨텍스트에 ${quote(context)} 항목을 ${orList(values)} 값으로 넣으세요.`
}

/** 가려지지 않은 값들에 대한 말. */
const shownValues = (v: Values, phrase: (some: string) => string): string => {
  const values = severalShown(v, 'values')
  return values.length === 0 ? '' : phrase(orList(values))
}

const isHidden = (v: Values): boolean => several(v, 'values').length > severalShown(v, 'values').length

const meet = (v: Values): string => {
  const rule = condition(v)
  const way = byKey(v)
  if (rule === '') return '요청이 조건에 맞게 하세요.'
  if (way === '' && isHidden(v))
    return `정책 원본에서 가려진 값을 확인하고, 정책이 허용하는 ${orElse(v, 'key', '키')} 값으로 요청하세요.`
  if (!isDeny(v)) return way === '' || hasFurther(v) ? `조건에 맞게 요청하세요. ${rule} 경우에만 허용됩니다.` : way
  if (way !== '' && !hasFurther(v)) return way
  const applies = `Deny는 ${rule} 경우에 적용됩니다.`
  return hasFurther(v)
    ? `${applies} 이 가운데 하나라도 해당하지 않게 요청하세요.`
    : `${applies} 해당하지 않게 요청하세요.`
}

/** API의 정책은 다음 배포부터 적용된다. */
export const deployed = ({ target }: Pick<StepContext, 'target'>): string =>
  target?.attachTo.startsWith('api/') === true
    ? ' 그런 다음 스테이지를 다시 배포하세요. 배포하기 전에는 이전 정책이 적용됩니다.'
    : ''

/** 문의 조건에 대해 할 일. */
export const conditionSteps = {
  'meet-condition': meet,
  'stay-within-rule': (v) =>
    condition(v) === '' ? 'Deny가 정한 규칙 안에서 작업하거나, 이 작업 없이 진행하세요.' : meet(v),
  'use-geographic-profile': (v) =>
    known(v, 'routed') !== null
      ? `한 리전에서 제공되는 모델이나, 규칙이 허용하는 리전${shownValues(v, (some) => `(${some})`)}만 쓰는 추론 프로필로 호출하세요. 여러 리전을 쓰는 프로필이 호출한 리전과 관계없이 요청을 ${orElse(v, 'routed', '')} 리전으로 보냈습니다.`
      : `규칙이 허용하는 리전${shownValues(v, (some) => `(${some})`)}만 쓰는 지역별 추론 프로필(\`us.\`, \`eu.\` 등)로 모델을 호출하세요. 글로벌 프로필로 보낸 요청에는 리전이 없어 aws:RequestedRegion이 \`unspecified\`가 됩니다.`,
  'correct-condition': (v, { target }) => {
    const policy = target === null ? `${orElse(v, 'policy', '해당')} 정책` : home(target)
    return known(v, 'unmet') === null
      ? `이 요청을 허용하려는 것이라면 ${policy}의 조건을 바로잡되, 보호하던 것은 유지하세요.`
      : `${policy}에서 ${where(v, 'key', (key) => `${key} `)}조건을 바로잡되, 보호하던 것은 유지하세요. ${term(v, 'unmet', '')}.`
  },
  'widen-condition': (_, { target }) =>
    `이 요청도 허용하려는 것이라면 ${home(target)}의 조건에 요청의 값을 다음과 같이 추가하세요.${deployed({ target })}`,
  'keep-to-tagged': (v, { target }) =>
    `${home(target)}의 Deny를 다음과 같이 호출이 태그를 붙이는 리소스로 한정하세요. ${orElse(v, 'action', '이 호출')}에서 보내는 태그는 호출이 만드는 리소스의 것이므로, 같은 호출의 다른 리소스에는 ${orElse(v, 'key', '이 키')}가 언제나 없어 무엇을 보내도 거부됩니다. 호출이 만드는 리소스에는 여전히 태그를 보내야 합니다.`,
  'call-through-service': (v) =>
    `${josa(orList(severalShown(v, 'values')) || '조건이 지정한 서비스', '을/를')} 통해 호출하세요. 이 서비스가 대신 호출할 때만 조건에 맞습니다.`,
  'tag-resource': (v) => `그 그룹에 속하는 리소스가 맞다면 조건이 요구하는 태그${tagOf(v)}를 붙이세요.`,
  'tag-principal': (v) =>
    `그 그룹에 속하는 것이 맞다면 ${who(v)}에 조건이 요구하는 태그${tagOf(v)}를 붙이세요. 세션을 열 때 태그를 넘길 수도 있습니다.`,
} satisfies Partial<Words['steps']>

/** "(`aws:ResourceTag/team` = `blue`)": 값이 하나면 값도 적는다. */
const tagOf = (v: Values): string => {
  const [value, ...more] = severalShown(v, 'values')
  const one =
    value !== undefined &&
    more.length === 0 &&
    !/[*?]|\$\{/u.test(value) &&
    !/^null$/iu.test(known(v, 'operator') ?? '')
  return where(v, 'key', (key) => `(${key}${one ? ` = ${quote(value)}` : ''})`)
}

/** 다른 문이 요구하는 조건을 비켜 가는 문은 그렇다고 밝힌다. */
export const goesPast = (v: Values): string =>
  where(
    v,
    'onlyAt',
    (key) => ` ${key} 키는 리소스를 만드는 호출에만 있으며, 이 호출은 이미 있는 리소스에 대한 것입니다.`,
  ) +
  limits(v) +
  where(
    v,
    'offType',
    () =>
      ` ${andList(several(v, 'offType'))} 조건은 뺐습니다. AWS는 이 유형의 리소스에 이 키를 주지 않아 조건이 문을 무효로 만들 뿐이며, 키가 있는 리소스에는 조건이 그대로 남습니다.`,
  ) +
  where(v, 'past', () => ` ${andList(several(v, 'past'))} 조건을 거치지 않게 되므로, 조건을 둔 쪽이 판단해야 합니다.`)

/** 정책에서 빼는 쪽은 그때까지 권한이 있었다. */
export const ofStranger = (v: Values): string =>
  where(
    v,
    'stranger',
    (arn) =>
      ` 지금 그대로는 ${arn}에 허용되며, 잘못 적은 것이라면 남의 계정입니다. 이를 확인하고 그 계정에서 온 호출이 있었는지 CloudTrail에서 살펴보세요.`,
  )

const limits = (v: Values): string =>
  where(
    v,
    'limits',
    () =>
      ` ${andList(several(v, 'limits'))} 조건을 그대로 두었습니다. 조건 없는 허용을 더하면 그 조건이 지키던 것이 풀리므로 빼지 마세요.`,
  )
