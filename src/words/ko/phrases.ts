import { isHiddenText } from '../../iam/hidden-text.ts'
import { ownValue } from '../../iam/own-value.ts'
import type { TermFact } from '../terms.ts'
import { known, orElse, quote, rivalsOf, several, where, type Values } from '../values.ts'
import { terms } from './terms.ts'

type Particle = '은/는' | '이/가' | '을/를' | '과/와' | '으로/로'

/** 마지막 한글 글자의 받침에 맞는 조사를 붙인다. 뒤에 오는 괄호는 읽지 않는다. */
export const josa = (text: string, particle: Particle): string => {
  const [withFinal = '', withoutFinal = ''] = particle.split('/')
  const letter = text.replace(/\([^()]*\)$/u, '').at(-1) ?? ''
  const final = finalConsonant(letter)
  // '로'는 받침이 없거나 ㄹ일 때 쓴다.
  const open = particle === '으로/로' ? final === 0 || final === 8 : final === 0
  return `${text}${open ? withoutFinal : withFinal}`
}

/** 받침의 번호(ㄹ은 8), 없으면 0. 약어와 숫자는 읽는 소리를 따른다: ACL은 "에이씨엘", 1은 "일". */
const finalConsonant = (letter: string): number => {
  const offset = letter.charCodeAt(0) - 0xac00
  if (offset >= 0 && offset <= 11_171) return offset % 28
  if ('L178'.includes(letter) && letter !== '') return 8
  return 'MN036'.includes(letter) && letter !== '' ? 1 : 0
}

const nouns: Readonly<Record<string, string>> = {
  role: '역할',
  user: '사용자',
  group: '그룹',
  policy: '관리형 정책',
  accesspoint: '액세스 포인트',
  bucket: '버킷',
  key: 'KMS 키',
  queue: '대기열',
  topic: '주제',
  secret: '보안 암호',
  function: '함수',
  layer: '레이어 버전',
  repository: '리포지토리',
  endpoint: 'VPC 엔드포인트',
  'vpc-endpoint': 'VPC 엔드포인트',
  'permission-set': '권한 집합',
  'federated-user': '페더레이션 사용자',
  'assumed-role': '역할',
  account: '계정',
  organization: '조직',
  session: '세션',
  resource: '리소스',
  parameter: '파라미터',
  table: '테이블',
  domain: '도메인',
}

/** `role/Deploy` → "`Deploy` 역할". */
export const named = (value: string): string => {
  const slash = value.indexOf('/')
  const noun = slash > 0 ? nouns[value.slice(0, slash)] : undefined
  if (noun !== undefined) return `${quote(value.slice(slash + 1))} ${noun}`
  return ownValue(nouns, value) ?? `${quote(value)} 보안 주체`
}

export const who = (v: Values): string => {
  const principal = known(v, 'principal')
  return principal === null ? '호출자' : named(principal)
}
/** 역할에, 사용자에게. */
export const forWho = (v: Values): string => (who(v).endsWith('역할') ? `${who(v)}에` : `${who(v)}에게`)
/** 사람에게는 "에게는", 역할에는 "에는". */
export const toWho = (v: Values): string => (who(v).endsWith('역할') ? `${who(v)}에는` : `${who(v)}에게는`)
/** 레이블, ARN, 이름 중 하나로 적힌 역할. */
export const roleOf = (v: Values, otherwise: string): string => {
  const role = known(v, 'role')
  if (role === null) return otherwise
  return role.startsWith('role/') ? named(role) : `${quote(role)} 역할`
}
export const action = (v: Values): string => {
  if (known(v, 'action') !== null) return `${orElse(v, 'action', '')} 작업`
  const operation = known(v, 'operation')
  return operation === null ? '이 작업' : `${quote(operation)} 호출`
}
export const permission = (v: Values): string =>
  known(v, 'action') === null ? '이 작업에 대한 권한' : `${orElse(v, 'action', '')} 권한`
export const resource = (v: Values): string => {
  const value = known(v, 'resource')
  return value === null || value === '*' ? '해당 리소스' : `${quote(value)} 리소스`
}
/** "`arn:…` 리소스에 대한 " 또는 빈 문자열. */
export const on = (v: Values): string => {
  const value = known(v, 'resource')
  return value === null || value === '*' ? '' : `${quote(value)} 리소스에 대한 `
}

/** 어느 정책의 몇 번째 문인지: "`Policy` 정책의 두 번째 `Sid` 문". */
export const place = (v: Values): string => {
  const statement = known(v, 'statement')
  const sid = known(v, 'sid')
  const policy = known(v, 'policy') ?? known(v, 'policyArn')
  const named = policy === null ? '' : `${quote(policy)} 정책`
  const name = known(v, 'told') === null ? named : '글에 있는 정책'
  if (statement === null) return name
  const number = `${ordinal(statement)} 번째${sid === null ? '' : ` ${quote(sid)}`} 문`
  return name === '' ? `정책의 ${number}` : `${name}의 ${number}`
}
/** 여러 Deny 문 가운데 무엇이었는지는 알려지지 않은 사실에 달려 있다. */
export const rivals = (v: Values): string | null => {
  const others = rivalsOf(v).map(
    ({ number, sid, key }) =>
      `${key === null ? '' : `${quote(key)} 조건이 있는 `}${ordinal(number)} 번째${sid === null ? '' : ` ${quote(sid)}`} 문`,
  )
  return others.length === 0
    ? null
    : `대신 ${others.join(' 또는 ')}이 일치했을 수도 있습니다. 읽은 내용만으로는 어느 문인지 알 수 없습니다.`
}

const ordinals = ['', '첫', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열']
const ordinal = (text: string): string => (/^\d{1,6}$/u.test(text) ? ordinals[Number(text)] || text : quote(text))

/** 값마다 한 번씩. 가려진 값들은 하나로 말한다. */
const told = (values: readonly string[]): readonly string[] => {
  const shown = values.filter((value) => !isHiddenText(value)).map(quote)
  return shown.length === values.length ? shown : [...shown, '가려진 값']
}

export const orList = (values: readonly string[]): string => {
  const quoted = told(values)
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} 또는 ${quoted.at(-1) ?? ''}`
}
export const andList = (values: readonly string[]): string => told(values).join(', ')

/** 연산자마다 값 뒤에 오는 관형형. */
const operators: Readonly<Record<string, string>> = {
  stringequals: '인',
  stringnotequals: ' 이외인',
  stringequalsignorecase: '(대소문자 무시)인',
  stringnotequalsignorecase: '(대소문자 무시) 이외인',
  stringlike: ' 패턴과 일치하는',
  stringnotlike: ' 패턴과 일치하지 않는',
  numericequals: '인',
  numericnotequals: ' 이외인',
  numericlessthan: '보다 작은',
  numericlessthanequals: ' 이하인',
  numericgreaterthan: '보다 큰',
  numericgreaterthanequals: ' 이상인',
  dateequals: '인',
  datenotequals: ' 이외인',
  datelessthan: '보다 이른',
  datelessthanequals: ' 또는 그 이전인',
  dategreaterthan: '보다 늦은',
  dategreaterthanequals: ' 또는 그 이후인',
  bool: '인',
  binaryequals: '인',
  ipaddress: ' 범위에 속하는',
  notipaddress: ' 범위를 벗어난',
  arnequals: ' 패턴과 일치하는',
  arnlike: ' 패턴과 일치하는',
  arnnotequals: ' 패턴과 일치하지 않는',
  arnnotlike: ' 패턴과 일치하지 않는',
}

const plainOperator = (operator: string): string =>
  operator
    .toLowerCase()
    .replace(/^for(?:all|any)values?:/u, '')
    .replace(/ifexists$/u, '')

/** 값 하나에 대한 비교, 관형형. */
const comparison = (plain: string, values: readonly string[]): string => {
  // 와일드카드가 없으면 패턴이 아니라 값이다.
  const isLiteral =
    /^(?:string(?:not)?like|arn)/u.test(plain) && !values.some((value) => /[*?]/u.test(value) && !isHiddenText(value))
  const exact = plain.includes('not') ? ' 이외인' : '인'
  return `${orList(values)}${isLiteral ? exact : (ownValue(operators, plain) ?? '인')}`
}

/** 조건을 관형형으로: "`aws:SourceIp` 값이 `10.0.0.0/8` 범위에 속하는". 뒤에 "경우"가 온다. */
export const conditionWords = (conditionKey: string, operator: string | null, values: readonly string[]): string => {
  const plain = plainOperator(operator ?? 'StringEquals')
  if (plain === 'null') return `요청에 ${quote(conditionKey)} 키가 ${values[0] === 'false' ? '있는' : '없는'}`
  if (values.length === 0) return `${quote(conditionKey)} 값이 조건에 맞는`
  const set = /^for(all|any)values?:/iu.exec(operator ?? '')?.[1]?.toLowerCase()
  const absent = /ifexists$/iu.test(operator ?? '') && set === undefined ? '(키가 없는 경우 포함)' : ''
  const of = set === 'all' ? '의 모든 값이' : set === 'any' ? '의 값 가운데 하나라도' : ' 값이'
  return `${quote(conditionKey)}${of} ${comparison(plain, values)}${absent}`
}

/** 원인이 지닌 조건들, 관형형. 모두 맞아야 한다. 없으면 빈 문자열. */
export const condition = (v: Values): string =>
  ['', '2', '3']
    .flatMap((number) => {
      const conditionKey = known(v, `key${number}`)
      if (conditionKey === null) return []
      const here = number === '' ? where(v, 'here', (value) => `(여기서는 ${value})`) : ''
      return [`${conditionWords(conditionKey, known(v, `operator${number}`), several(v, `values${number}`))}${here}`]
    })
    .map((one, index, all) => (index < all.length - 1 ? `${one} 동시에` : one))
    .join(' ')

/** 첫째 조건 옆에 또 다른 조건이 있다. */
export const hasFurther = (v: Values): boolean => known(v, 'key') !== null && known(v, 'key2') !== null
export const sent = (v: Values): string => {
  const value = known(v, 'sent')
  if (value === null) return ''
  const which = hasFurther(v) ? `${orElse(v, 'key', '')} ` : ''
  return value === 'absent' ? `요청에는 ${which}값이 없음` : `요청의 ${which}값은 ${quote(value)}`
}

/** 문이 요구하는 또 다른 조건으로, 요청이 그것에도 맞지 않을 때. */
export const alsoDemands = (v: Values): string => {
  const [rule, had] = [condition(v), sent(v)]
  return rule === '' ? '' : `. 또한 ${rule} 경우에만 허용합니다${had === '' ? '' : `(${had})`}`
}

const isUserName = (v: Values): boolean => known(v, 'variable')?.toLowerCase() === 'aws:username'

/** 정책 변수가 왜 도움이 되지 않는지. */
export const aboutVariable = (v: Values): string => {
  const name = where(v, 'variable', (quoted) => quoted) || '변수'
  switch (known(v, 'variables')) {
    case 'old-version':
      return `. 정책 변수는 Version이 ${quote('2012-10-17')}인 문서에서만 쓸 수 있어, 여기서는 ${quote('${…}')} 글자 그대로 비교됩니다`
    case 'no-value':
      return `. 이 호출자에게는 ${name} 값이 없습니다${isUserName(v) ? '(IAM 사용자에게만 있음)' : ''}`
    case 'default':
      return `. 이 호출자에게는 ${name} 값이 없어${isUserName(v) ? '(IAM 사용자에게만 있음)' : ''} 정책에 적힌 기본값(${orElse(v, 'here', '빈 값')})이 쓰입니다`
    case 'other-value':
      return `. 여기서 ${name} 값은 ${orElse(v, 'here', '다른 값')}입니다`
    case 'not-known':
      return `. 여기서 ${name} 값이 무엇인지는 알 수 없습니다`
    default:
      return ''
  }
}

/** ". NotAction에 적힌 `ec2:*`, `iam:*`만 예외입니다". */
export const spares = (v: Values): string => {
  const names = several(v, 'spared')
  if (names.length === 0) return ''
  const element = where(v, 'sparedBy', (name) => name) || '목록'
  return known(v, 'partly') === null
    ? `. ${element}에 적힌 ${andList(names)}만 예외입니다`
    : `. ${element}에 ${josa(andList(names), '이/가')} 있지만, 역할의 세션은 계정, 역할, 세션이 모두 적혀 있어야 예외가 됩니다`
}

/** ". `orders` 정책의 첫 번째 문은 `…:role/ap`에 허용합니다(이름의 한두 글자가 다름)". */
export const letsInInstead = (v: Values): string => {
  const others = several(v, 'letsIn')
  const statement = josa(place(v) === '' ? '정책의 한 문' : place(v), '은/는')
  const rule = known(v, 'operator') === null ? '' : condition(v)
  if (rule !== '') return `. ${statement} ${rule} 경우에만 허용합니다`
  if (others.length > 0)
    return `. ${statement} ${andList(others)}에 허용합니다${known(v, 'likeness') === null ? '' : `(${term(v, 'likeness', '')})`}`
  return where(
    v,
    'onlyOn',
    (arn) => `. ${statement} ${arn}에 대해서만 허용합니다${where(v, 'wanted', (own) => `(필요한 ARN은 ${own})`)}`,
  )
}

/** 우리 코드로 된 사실은 말로, 그 밖의 값은 그대로 인용한다. */
export const term = (v: Values, fact: TermFact, otherwise: string): string => {
  const value = known(v, fact)
  return value === null ? otherwise : termOf(fact, value)
}

const termOf = (fact: TermFact, value: string): string => {
  const table: Readonly<Record<string, string>> = terms[fact]
  return ownValue(table, value) ?? quote(value)
}

/** "계정이 가려졌거나 채워지지 않은 ARN". */
export const ofHiddenPart = (v: Values): string =>
  `${josa(hiddenPart(v), '이/가')} 가려졌거나 채워지지 않은 ${orElse(v, 'found', 'ARN')}`

/** 글이나 정책에서 가려진 ARN의 부분. */
export const hiddenPart = (v: Values): string => {
  const part = known(v, 'hidden')
  return part === 'account' ? '계정' : part === 'region' ? '리전' : '이름'
}

/** 값에 있으면 그 역할의 이름. */
export const roleMeant = (v: Values, otherwise: string): string => {
  const name = known(v, 'role') ?? known(v, 'expected')
  if (name === null) return otherwise
  return named(name.includes('/') ? name : `role/${name}`)
}
