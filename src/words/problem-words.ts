import type { Locale } from './locale.ts'

/** What a refusal says where the text itself or a field is the trouble, by language. */
type Told = Readonly<Record<Locale, string>>

export const problemWords = {
  noText: {
    en: 'There is no text. Send the error as it was printed, or hints with an action.',
    ko: '텍스트가 없습니다. 출력된 오류를 그대로 보내거나, 작업이 있는 힌트(hints)를 보내세요.',
  },
  noAction: {
    en: 'There is no text, and the action in the hints is not valid: it must be service:Action, such as s3:GetObject.',
    ko: '텍스트가 없고, 힌트의 작업도 형식에 맞지 않습니다. s3:GetObject처럼 service:Action 형식이어야 합니다.',
  },
  lookedFor: {
    en: 'Looked for: "is not authorized to perform", AccessDenied and the like in any AWS wrapper, encoded authorization messages, CloudTrail records, and the errors that are mistaken for denials. Send the line with the error and a few lines around it.',
    ko: '"is not authorized to perform"이나 AccessDenied 같은 AWS 오류, 인코딩된 권한 부여 메시지, CloudTrail 레코드, 거부로 오해하기 쉬운 오류를 찾아보았습니다. 오류가 있는 줄과 그 앞뒤 몇 줄을 보내세요.',
  },
  schema: {
    en: 'See "errors": each entry names an invalid field by its JSON pointer.',
    ko: '맞지 않는 필드는 "errors"에 JSON 포인터로 나와 있습니다.',
  },
  textTooLong: {
    en: 'The text is longer than 1 MiB. Cut it to the lines around the error.',
    ko: '텍스트가 1 MiB보다 깁니다. 오류 주변의 줄만 보내세요.',
  },
} satisfies Readonly<Record<string, Told>>

/** Titles by the code of a problem, where they are not in English. */
export const problemTitles: Readonly<Record<Exclude<Locale, 'en'>, Readonly<Record<string, string>>>> = {
  ko: {
    'malformed-request': '요청을 읽을 수 없습니다',
    'not-authenticated': 'API 키가 필요합니다',
    'not-allowed': '이 키로는 할 수 없는 작업입니다',
    'not-acceptable': '요청한 형식은 제공하지 않습니다',
    'request-timeout': '요청이 도착하는 데 너무 오래 걸렸습니다',
    'too-large': '요청이 너무 큽니다',
    'unsupported-media-type': '지원하지 않는 콘텐츠 유형입니다',
    'invalid-request': '요청이 형식에 맞지 않습니다',
    'nothing-recognised': 'AWS 거부 오류를 찾지 못했습니다',
    'too-many-requests': '요청이 너무 많습니다',
    internal: '서비스에 문제가 생겼습니다',
    overloaded: '서비스가 지금 바쁩니다',
  },
}

/** What is wrong with a field, where people meet it. */
export const fieldWords = {
  account: { en: 'must be 12 digits', ko: '숫자 12자리여야 합니다' },
  region: { en: 'must be a Region such as eu-west-1', ko: 'eu-west-1과 같은 리전이어야 합니다' },
  action: {
    en: 'must be service:Action, such as s3:GetObject',
    ko: 's3:GetObject처럼 service:Action 형식이어야 합니다',
  },
  contextValue: {
    en: 'must be a string, a list of strings, or null for a key known to be absent; "true" and "3600" are strings',
    ko: '문자열, 문자열 목록, 또는 없는 키임을 뜻하는 null이어야 합니다. "true"와 "3600"도 문자열로 보내세요',
  },
} satisfies Readonly<Record<string, Told>>

/** The same sentence in another language; as it is where there is none. */
export function fieldMessageIn(message: string, locale: Locale): string {
  const told: Told | undefined = Object.values(fieldWords).find(({ en }) => en === message)
  return told?.[locale] ?? message
}
