import type { ClueShape } from '../clue-shape.ts'

/*
 * `The user has AdministratorAccess` says that something else denies, `attaching it helped` that a permission was
 * missing, and `I cannot give it` says nothing.
 */

/** What is said before it where nobody has it. */
const unwished = String.raw`(?<!\b(?:can['\u2019]?t|cannot|can not|won['\u2019]t|don['\u2019]t|do not|does not|doesn['\u2019]t|not|unable|without|instead of|rather than|avoid(?:ing)?)\b[^.;\n]{0,40})`
/** Who was let in on the resource's side lacked nothing on its own. */
const ofResource = String.raw`(?:bucket|key|queue|topic|resource)(?:['\u2019]s)?[ -]polic(?:y|ies)`
const failing = String.raw`(?!\b(?:still|fail\w*|denied|however|same|even|except|not|never|public|${ofResource})\b|n['\u2019]t\b)`
const helped = String.raw`\b(?:works?|worked|working|succe(?:ss|eds?|eeded|ssful(?:ly)?)|solved?|solves|fixe[sd]|resolve[sd]|(?:goes|went) (?:away|through)|pass(?:es|ed)|no (?:more )?errors?)\b(?![^\n.]{0,30}\bbut\b(?! (?:if|when|i|we|that|this)\b))`
/** A change, not what is there: `the policy allows s3:*`. */
const given = String.raw`\b(?:add|attach|giv|gave|grant|assign|appl|allow|chang|switch)(?:e|ing|e?d|ied)?\b`
const owned = String.raw`(?<!\b(?:has|have|had|having|already|even)\b[^.\n]{0,40})`
const broad = String.raw`(?:administrator(?:access| access| rights?| permissions?)?|full[ -]?access|\badmin(?: user| role| access| rights?| permissions?| credentials)?|[a-z0-9]:\*)(?![\w-])(?![^\n.]{0,20}\b${ofResource}\b)`
const between = (most: number): string => String.raw`(?:${failing}[^\n]){0,${most}}`

/** `if I attach … it works`, `with … it works`, `solved: added …`. */
const english = String.raw`${owned}${given}${between(60)}?${broad}${between(90)}?${helped}|${owned}\b(?:with|using|as)\b[^\n.]{0,30}?${broad}${between(25)}?${helped}|(?<!\b(?:not|never)\b |n['\u2019]t )${helped}${between(30)}?(?:${given}|\b(?:with|using|as)\b)${between(30)}?${broad}(?![^.\n]{0,60}\b(?:but|fail\w*|denied)\b)`
// Added, granted, attached; and it works. In escapes, since V8 holds a file with such letters in two bytes each.
const korean = String.raw`${broad}[^\n]{0,20}(?:\uCD94\uAC00|\uBD80\uC5EC|\uC5F0\uACB0|\uC8FC)[^\n]{0,8}(?:\uB2C8|\uB354\uB2C8|\uBA74|\uACE0|\uC790)[^\n]{0,24}(?:\uB418|\uB410|\uB3FC|\uD574\uACB0|\uC131\uACF5)`
const japanese = String.raw`${broad}[^\n]{0,20}(?:\u4ED8\u4E0E|\u8FFD\u52A0|\u30A2\u30BF\u30C3\u30C1|\u4ED8\u3051|\u3064\u3051)[^\n]{0,12}(?:\u6210\u529F|\u89E3\u6C7A|\u52D5|\u3067\u304D|\u901A)`
const chinese = String.raw`(?:\u6DFB\u52A0|\u9644\u52A0|\u6388\u4E88|\u52A0\u4E0A|\u7ED9\u4E86?|\u8D4B\u4E88)[^\n]{0,20}${broad}[^\n]{0,12}(?:\u53EF\u4EE5|\u6210\u529F|\u89E3\u51B3|\u597D\u4E86|\u6B63\u5E38)`

const told = (words: string): RegExp => new RegExp(`${unwished}${words}`, 'iu')

// Not `kms:*`: a key is mostly behind another service's resource, and the grant says nothing of the call itself.
const wholeServices = ['s3:*', 'ec2:*', 'iam:*', 'ssm:*', 'sqs:*', 'sns:*', 'logs:*', 'lambda:*', 'dynamodb:*']

/** Of grants that allow whatever it is. */
export const broadGrants = [
  {
    kind: 'broad-grant-helped',
    phrases: ['administratoraccess', 'administrator', 'full access', 'fullaccess', ' admin', ...wholeServices],
    capture: new RegExp(`${english}|${korean}|${japanese}|${chinese}`, 'iu'),
    needs: /work|succe|solve|fixe|went|goes|pass|no (?:more )?error|[^\0-\u024f]/iu,
    before: 110,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Attaching AdministratorAccess made it work',
  },
  {
    kind: 'administrator-told',
    phrases: [
      'administratoraccess',
      'administrator',
      'account admin',
      'admin user',
      'full access',
      'root user',
      'regardless of',
      'i am admin',
      'is admin',
      'have admin',
      'has admin',
      'with admin',
      'admin key',
      'adminstrator',
      'administator',
      'admistrator',
      'admininstrator',
    ],
    // Misspelt it is said all the same.
    capture: told(
      '(?:AdministratorAccess|adm(?:in)?i?(?:in)?str?ator|administator|account admin|admin user|full access|root user|regardless of|i am admin|is admin|ha(?:ve|s) admin|with (?:an? |the |my |our )?admin (?:keys?|access|rights|permissions|credentials)\\b)',
    ),
    before: 60,
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the user has AdministratorAccess',
  },
  {
    kind: 'power-user-told',
    phrases: ['poweruser', 'poweruseraccess', 'power user'],
    capture: told('power ?user'),
    before: 60,
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the role has PowerUserAccess',
  },
  {
    kind: 's3-full-access-told',
    phrases: ['s3fullaccess', 'amazons3fullaccess'],
    capture: told('(?:Amazon)?S3FullAccess'),
    before: 60,
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the role has AmazonS3FullAccess',
  },
] as const satisfies readonly ClueShape[]
