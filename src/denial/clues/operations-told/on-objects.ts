import type { ClueShape } from '../clue-shape.ts'

const s3 = (operation: string): { readonly service: 's3'; readonly operation: string } => ({ service: 's3', operation })

const things = String.raw`(?: (?:all|any|the|my|our|of|in|S3)){0,3} (?:objects?|keys|files|folders?|items|contents?|bucket|s3:\/\/\S{3,80})\b(?! (?:works?|worked|succeeds?|is (?:fine|ok)|permissions?)\b)`
const troubled = String.raw`\b(?:errors?|fail(?:ed|s|ure|ing)?|cannot|can['\u2019]?t|could(?: not|n['\u2019]t)|unable|not able|(?:not allowed|not permitted)|(?:access)?denied|forbidden|403)`
const refusal = String.raw`(?:Access ?Denied|access (?:is |was )?denied|403|Forbidden|denied|fails?|failed)`

/** Operations on buckets and objects, by what tools on a command line, libraries and people call them. */
export const operationsOnObjects = [
  {
    kind: 'operation-told',
    phrases: [' list ', ' listing '],
    capture: new RegExp(
      String.raw`${troubled}(?: (?:to|when|while|on|in|for|with|at|from))?:? list(?:ing)?${things}`,
      'iu',
    ),
    before: 24,
    values: s3('ListObjectsV2'),
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Access Denied when listing objects',
  },
  {
    kind: 'operation-told',
    phrases: [' list ', ' listing '],
    capture: new RegExp(
      String.raw`${troubled}(?: (?:to|when|while|on|in|for|with|at|from))?:? list(?:ing)?(?: (?:all|any|the|my|our|of|S3)){0,4} buckets\b(?!['\u2019]| (?:contents?|works?|worked|succeeds?|permissions?)\b)`,
      'iu',
    ),
    before: 24,
    values: s3('ListBuckets'),
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Access Denied when listing all the buckets',
  },
  {
    kind: 'operation-told',
    phrases: ['listing '],
    capture: new RegExp(String.raw`^listing${things}(?:[^.;\n]|\.(?=\S)){0,80}?\b${refusal}`, 'iu'),
    values: s3('ListObjectsV2'),
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'listing the objects of the bucket fails with Access Denied',
  },
  ...(
    [
      ['list', 'ListObjectsV2'],
      ['get', 'GetObject'],
      ['put', 'PutObject'],
      ['remove', 'DeleteObject'],
      ['copy', 'CopyObject'],
    ] as const
  ).map(([verb, operation]) => ({
    kind: 'operation-told' as const,
    phrases: [`awss3provider - ${verb} `],
    capture: new RegExp(`^AWSS3Provider - ${verb} (?:error|signed)`, 'u'),
    values: s3(operation),
    standsAlone: false as const,
    seen: 'AWS Amplify',
    example: `AWSS3Provider - ${verb} error AccessDenied: Access Denied`,
  })),
  ...(
    [
      ['ListObjectsV2', ['unable to list contents for']],
      ['GetObject', ['unable to read file from location']],
      ['PutObject', ['unable to write file at location', 'unable to create a directory at']],
      ['HeadObject', ['unable to check existence for', 'unable to check file existence for']],
      ['DeleteObject', ['unable to delete file located at']],
    ] as const
  ).map(([operation, phrases]) => ({
    kind: 'operation-told' as const,
    phrases,
    values: s3(operation),
    standsAlone: false as const,
    seen: 'Flysystem, of Laravel, Symfony and others',
    example: `${phrases[0]} img/logo.png. Access Denied`,
  })),
  ...(
    [
      ['ListObjectsV2', 's3cmd', 'ls|la|du'],
      ['GetObject', 's3cmd', 'get'],
      ['PutObject', 's3cmd', 'put'],
      ['DeleteObject', 's3cmd', 'del|rm'],
      ['ListObjectsV2', 's5cmd', 'ls|du'],
      ['GetObject', 's5cmd', 'cat'],
      ['PutObject', 's5cmd', 'pipe'],
      ['DeleteObject', 's5cmd', 'rm'],
      ['ListObjectsV2', 'rclone', 'lsd|ls|lsl|lsf|lsjson|tree|size|ncdu'],
      ['GetObject', 'rclone', 'cat'],
      ['PutObject', 'rclone', 'rcat'],
      ['DeleteObject', 'rclone', 'deletefile'],
    ] as const
  ).map(([operation, tool, commands]) => ({
    kind: 'operation-told' as const,
    phrases: [`${tool} `],
    capture: new RegExp(
      String.raw`^${tool} (?:-[\w=-]{1,60} ){0,6}(?:${commands}) (?:[-\w.*][\w=./*-]{0,200} ){0,6}["']?${tool === 'rclone' ? String.raw`[\w-]{1,40}:` : String.raw`s3:\/\/`}(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![a-z0-9.-]{0,61}[$<{*])`,
      'u',
    ),
    values: s3(operation),
    standsAlone: false as const,
    seen: 's3cmd, s5cmd and rclone',
    example: `${tool} ${commands.split('|')[0] ?? ''} ${tool === 'rclone' ? 'store:' : 's3://'}amzn-s3-demo-logs/2024/`,
  })),
] as const satisfies readonly ClueShape[]
