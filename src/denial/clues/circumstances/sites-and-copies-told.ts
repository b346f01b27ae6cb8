import type { ClueShape } from '../clue-shape.ts'

/** What people tell of sites and of copies. */
export const sitesAndCopiesTold = [
  {
    kind: 'root-url-told',
    phrases: [
      'root url',
      'default root',
      'defaultrootobject',
      'index document',
      'root of the site',
      'the root path',
      '/index.html works',
      'index.html works',
      'without index.html',
      'bare domain',
      'domain root',
      'home page',
      'subdirector',
    ],
    standsAlone: false,
    seen: 'sites behind CloudFront',
    example: 'the root URL of the distribution',
  },
  {
    kind: 'copy-told',
    phrases: [
      'copyobject',
      'copy failed',
      'copying s3',
      'copy()',
      'aws s3 cp s3://',
      'aws s3 sync s3://',
      'copy_object',
      '.copy(',
      'copy from s3',
      'copying',
      'datasync',
      'replication',
    ],
    standsAlone: false,
    seen: 'S3 copies',
    example: 'copy failed: s3://from/a to s3://to/a',
  },
] as const satisfies readonly ClueShape[]
