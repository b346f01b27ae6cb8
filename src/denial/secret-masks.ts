/*
 * What secrets look like. A pattern's first group, or the whole match where it has none, is replaced. Every quantifier
 * is bounded and every part begins with what the part before it cannot hold, so that time grows with the text alone.
 */

export interface Mask {
  readonly pattern: RegExp
  /** What takes the place of the first group, or of the whole match. */
  readonly replace: (found: string) => string
}

export interface SecretMask extends Mask {
  /** Source of a pattern for what every match holds: a text without any of them has no secrets to mask. */
  readonly sign: string
}

const fixed = (replacement: string) => (): string => replacement
const mask = (source: string, replacement: string): Mask => ({
  pattern: new RegExp(source, 'gi'),
  replace: fixed(replacement),
})

const quote = String.raw`(?:\\{0,7}["'])?`
/** The signs between a name and its value, in code, JSON, XML, tables, and URLs within URLs. */
const is = String.raw`${quote}\s{0,4}(?:=>|[:=,|>]|%3d)\s{0,4}u?${quote}`
/** The same, or blanks alone, as words and command lines have it; `aws configure` shows the old value between. */
const isOrBlank = String.raw`(?:${quote}\s{0,4}(?:\[[^\]\n]{0,40}\]\s{0,2})?(?:=>|[:=,|>]|%3d)\s{0,4}|${quote}\s{1,4})u?${quote}`
const parameter = String.raw`(?:[?&;]|\\u0026|%26)(?:amp;)?`
const keyId = '(?:AKIA|ASIA)[A-Z0-9]{12,124}'

const signatureSign = '(?:sig(?:nature)?|credential|accesskeyid)(?:=|%3d)'
const authorizationSign = String.raw`bearer\s|authorization(?:-details|[_\s-]{0,4}id|\\{0,7}["']?\s{0,4}(?:[:=|,>]|%3d))`

export const secretMasks: readonly SecretMask[] = [
  // A downloaded CSV, `AWS <id>:<signature>`: what stands beside an id, before the id itself is masked.
  {
    sign: 'A[KS]IA',
    pattern: new RegExp(
      String.raw`${keyId}${quote}\s{0,3}[:,;|\t ]\s{0,3}${quote}([A-Za-z0-9/+]{27}=|[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`,
      'g',
    ),
    replace: fixed('****SECRET-KEY****'),
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  {
    sign: 'A[KS]IA',
    // Not the end of a unique id such as AROAKIA…; names that were read lose their blanks, so anything may precede.
    pattern: new RegExp(`(?<!\\bA(?:GP|ID|IP|NP|NV|PK|RO|SC))${keyId}`, 'g'),
    replace: (key) => `${key.slice(0, 4)}****************`,
  },
  {
    sign: String.raw`secret[_\s-]?(?:access[_\s-]?)?key`,
    ...mask(String.raw`secret_?(?:access_?)?key${is}([A-Za-z0-9/+=]{16,128})`, '****SECRET-KEY****'),
  },
  {
    sign: String.raw`secret[_\s-]?(?:access[_\s-]?)?key`,
    ...mask(
      String.raw`secret[_\s-]?(?:access[_\s-]?)?key${isOrBlank}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`,
      '****SECRET-KEY****',
    ),
  },
  // Terminals wrap what is so long.
  {
    sign: String.raw`(?:session|security|identity|signin)[_\s-]?token`,
    ...mask(
      String.raw`(?:session|security|web[_\s-]?identity|signin)[_\s-]?token${isOrBlank}([A-Za-z0-9/+=%_.-]{20,8192}(?:\s{1,8}[A-Za-z0-9/+=%_-]{40,8192}){0,60})`,
      '****SESSION-TOKEN****',
    ),
  },
  {
    sign: 'IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz',
    pattern:
      /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9/+=%_-]{20,8192}(?:\s{1,8}[A-Za-z0-9/+=%_-]{40,8192}){0,60}/g,
    replace: fixed('****SESSION-TOKEN****'),
  },
  {
    sign: 'eyJ',
    pattern: /(?<![A-Za-z0-9])eyJ(?:[\w-]{10,4096}\.eyJ[\w-]{10,8192}(?:\.[\w-]{0,4096})?|[\w+/=-]{60,16384})/g,
    replace: fixed('****TOKEN****'),
  },
  {
    sign: signatureSign,
    ...mask(
      String.raw`${parameter}(?:[\w-]{0,40}signature|[\w-]{0,40}credential|AWSAccessKeyId|sig)(?:=|%3d)([A-Za-z0-9%/+=_.~-]{8,2048})`,
      '****SIGNATURE****',
    ),
  },
  { sign: signatureSign, ...mask('signature=([A-Za-z0-9/+=_~-]{16,2048})', '****SIGNATURE****') },
  { sign: signatureSign, ...mask(String.raw`\bcredential=([^\s,&"']{10,160})`, '****CREDENTIAL****') },
  {
    sign: authorizationSign,
    ...mask(
      String.raw`(?:\bbearer|authorization${is}(?:bearer|basic))\s{1,3}([A-Za-z0-9._~+/=-]{8,8192})`,
      '****TOKEN****',
    ),
  },
  {
    sign: authorizationSign,
    ...mask(String.raw`authorization-details/([0-9a-z-]{6,80})`, '****AUTHORIZATION-ID****'),
  },
  {
    sign: authorizationSign,
    ...mask(
      String.raw`authorization[_\s-]{0,4}id${isOrBlank}((?=[a-z-]{0,79}\d)[0-9a-z-]{6,80})`,
      '****AUTHORIZATION-ID****',
    ),
  },
  {
    sign: 'PRIVATE KEY',
    pattern: /BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,16384}/g,
    replace: fixed('BEGIN PRIVATE KEY-----****PRIVATE-KEY****'),
  },
]

/**
 * More for a copy that is posted in public, where hiding too much does no harm: in a reply these could hit the name
 * of a secret in a policy, of which they would make a statement that does not work.
 */
export const publicSecretMasks: readonly Mask[] = [
  mask(
    String.raw`(?:(?:access|auth|refresh|id|api|bearer|private|personal|deploy|login|vault)[_\s-]?token|client[_\s-]?secret|api[_\s-]?key|pass(?:word|wd|phrase)|\bpwd)${quote}\s{0,4}[:=]\s{0,4}u?${quote}([^\s"'<>\\,;&|]{6,8192})`,
    '****SECRET****',
  ),
  mask(String.raw`"auth"\s{0,4}:\s{0,4}"([^"\s]{8,8192})"`, '****SECRET****'),
  mask(String.raw`docker login[^\n]{0,200}?\s(?:-p|--password)[\s=]{1,4}([^\s"']{4,8192})`, '****SECRET****'),
  // A password in an address.
  mask(String.raw`://[^/\s:@"']{1,128}:([^@/\s"']{1,256})@`, '****SECRET****'),
  // GitHub, GitLab, Slack.
  mask(
    String.raw`\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hooks\.slack\.com/[a-z]{4,20}/)[\w/-]{16,255}`,
    '****TOKEN****',
  ),
  // A secret access key by its looks, and whatever else is so long that nobody wrote it.
  {
    pattern:
      /(?<![A-Za-z0-9/+=_.:-])(?=[^A-Z\s]{0,39}[A-Z])(?=[^a-z\s]{0,39}[a-z])(?=[^0-9\s]{0,39}[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    replace: fixed('****SECRET-KEY****'),
  },
  { pattern: /[A-Za-z0-9+/=_-]{200,20000}/g, replace: fixed('****LONG-VALUE****') },
]
