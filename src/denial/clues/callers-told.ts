import type { ClueShape } from './clue-shape.ts'

const user = String.raw`(?<caller>arn:aws[a-z-]{0,12}:iam::\d{12}:user\/[\w+=,.@/-]{0,199}[\w+=@/-])`
const role = String.raw`(?<caller>arn:aws[a-z-]{0,12}:iam::\d{12}:role\/[\w+=,.@/-]{0,199}[\w+=@/-])`
const session = String.raw`(?<caller>arn:aws[a-z-]{0,12}:sts::\d{12}:assumed-role\/[\w+=,.@-]{1,64}\/[\w+=,.@-]{1,64})`

/** Whom a policy lets in, or what works for somebody else, is not who was refused. Looked for where an ARN follows, as it costs much. */
const notLetIn = String.raw`(?=["'\x60]?arn:aws)(?<!(?<![\w/.-])(?:allow\w{0,3}|grant\w{0,3}|trust\w{0,3}|principal\w{0,2}|polic(?:y|ies)|belong\w{0,3}|own\w{0,3}|created|attach\w{0,3}|shared)(?![\w/-])[^.;\n]{0,90})`
const notElsewhere = String.raw`(?![\w+=@/-]|["'\x60]?[^.;\n]{0,60}\b(?:works?|worked|succeeds?|succeeded|is not authorized|can (?!not|['\u2019]?t)))`

/** Who made the call, where AWS's own words do not say it: as `aws sts get-caller-identity` prints it, or in a sentence. */
export const callersTold = [
  {
    kind: 'caller-told',
    phrases: ['"arn": "arn:aws', '"arn":"arn:aws', '"arn" : "arn:aws'],
    capture:
      /"UserId"\s?:\s?"[^"{}]{1,200}",\s{0,12}"Account"\s?:\s?"\d{12}",\s{0,12}"Arn"\s?:\s?"(?<caller>arn:aws[a-z-]{0,12}:(?:iam|sts)::\d{12}:(?:user|assumed-role|federated-user)\/[\w+=,.@/-]{1,300})"/u,
    before: 300,
    standsAlone: false,
    seen: 'aws sts get-caller-identity',
    example:
      '{\n    "UserId": "AIDAEXAMPLE",\n    "Account": "111122223333",\n    "Arn": "arn:aws:iam::111122223333:user/ana"\n}',
  },
  {
    kind: 'caller-told',
    phrases: [':user/'],
    capture: new RegExp(
      String.raw`(?:\b(?:I am|I['\u2019]m|logged in as|signed in as|running as|as|IAM user|my user|the user|user|caller|with|using)[ (:]{1,3}|\()${notLetIn}["'\x60]?${user}${notElsewhere}`,
      'iu',
    ),
    before: 150,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Access Denied. I am arn:aws:iam::111122223333:user/ana',
  },
  {
    kind: 'caller-told',
    phrases: [':role/'],
    capture: new RegExp(
      String.raw`(?:\b(?:with|as|using|under|has|uses|runs as)(?: (?:the|its|an?|my|our|this))?(?: (?:IAM|execution|task|instance|service|job|lambda|following)){0,2} role(?: ARN)?[ (:]{1,3}${notLetIn}["'\x60]?${role}${notElsewhere}|(?<=(?:^|[.;(\n]) {0,2}(?:The |My |Our )?(?:IAM )?Role )${notLetIn}["'\x60]?${role.replace('caller', 'subject')}["'\x60]? (?:reads?|writes?|calls?|gets?|accesses|tries|cannot|can['\u2019]t|is (?:denied|refused|trying|reading|writing))\b)`,
      'iu',
    ),
    before: 170,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Access Denied (Lambda with role arn:aws:iam::111122223333:role/thumbnails)',
  },
  {
    kind: 'caller-told',
    phrases: [':role/'],
    capture: new RegExp(
      String.raw`\brole of (?:the|this|our|my) (?:function|lambda|task|job|pod|instance)[ (:=]{1,3}["'\x60]?${role}${notElsewhere}`,
      'iu',
    ),
    before: 60,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'role of the function: arn:aws:iam::111122223333:role/thumbnails',
  },
  {
    kind: 'caller-told',
    phrases: [':assumed-role/'],
    capture: new RegExp(
      String.raw`(?:\b(?:I am|I['\u2019]m|logged in as|signed in as|running as|as|caller|with|using)[ (:]{1,3}|\()${notLetIn}["'\x60]?${session}${notElsewhere}`,
      'iu',
    ),
    before: 150,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'running as arn:aws:sts::111122223333:assumed-role/etl/nightly',
  },
  {
    kind: 'bucket-account-told',
    phrases: ['account'],
    capture:
      /\bbucket\b(?:(?!\bbucket\b|\broles?\b|\busers?\b)[^.;\n]){0,80}?\b(?:in|of|from|by|to|has)(?: the)?(?: AWS)? account(?: id)?:? (?<account>\d{12})\b/iu,
    before: 110,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the bucket amzn-s3-demo-bucket is in account 444455556666',
  },
  {
    kind: 'bucket-account-told',
    phrases: [
      'belongs to',
      'belong to',
      ' owned by',
      'lives in',
      'live in',
      'resides in',
      'reside in',
      ' is in ',
      ' are in ',
    ],
    capture:
      /(?<!\b(?:role|user|caller|key|that|which|it|I|we)(?: [\w:/.@-]{1,60})? )\b(?:belongs? to|(?:is|are) owned by|lives? in|resides? in|(?:is|are) in)(?: the)?(?: AWS)?(?: account)?(?: id)? (?<account>\d{12})\b/u,
    before: 70,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'amzn-s3-demo-bucket belongs to 444455556666',
  },
  {
    kind: 'function-account-told',
    phrases: ['function'],
    capture:
      /^functions?\b(?:(?!\b(?:buckets?|images?|repositor\w{1,3}|roles?)\b)[^.;\n]){0,60}?\b(?:in|of|from)(?: the)?(?: AWS)?(?: account(?: id)?:?)? (?<account>\d{12})\b/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the function is in account 444455556666',
  },
] as const satisfies readonly ClueShape[]
