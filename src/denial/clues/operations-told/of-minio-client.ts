import type { ClueShape } from '../clue-shape.ts'

/** What `mc` names: its own alias of the service, the bucket, and perhaps a key. */
const bucket = String.raw`[\x60'"][\w-]{1,60}\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`

/** Operations by the words of MinIO's client, which speaks to S3 too. https://min.io/docs/minio/linux/reference/minio-mc.html */
export const operationsOfMinioClient = [
  {
    kind: 'operation-told',
    phrases: ['unable to stat ', 'unable to initialize target', 'unable to initialize source'],
    capture: new RegExp(
      String.raw`unable to (?:stat|initialize) (?:(?:target|source|object|the) ){0,2}${bucket}\/?[\x60'"]`,
      'iu',
    ),
    values: { service: 's3', operation: 'HeadBucket' },
    standsAlone: false,
    seen: 'mc, of a bucket',
    example: 'mc: <ERROR> Unable to stat target `aws/ledger-backup`. Access Denied.',
  },
  {
    kind: 'operation-told',
    phrases: ['unable to stat '],
    capture: new RegExp(
      String.raw`unable to stat (?:(?:target|source|object|the) ){0,2}${bucket}\/(?<key>[^\x60'"\n]{1,300}[^\x60'"\n/])[\x60'"]`,
      'iu',
    ),
    values: { service: 's3', operation: 'HeadObject' },
    standsAlone: false,
    seen: 'mc, of an object',
    example: 'mc: <ERROR> Unable to stat source `aws/ledger-backup/2026/may.csv`. Access Denied.',
  },
  {
    kind: 'operation-told',
    phrases: ['unable to make bucket '],
    capture: new RegExp(String.raw`unable to make bucket ${bucket}\/?[\x60'"]`, 'iu'),
    values: { service: 's3', operation: 'CreateBucket' },
    standsAlone: false,
    seen: 'mc',
    example: 'mc: <ERROR> Unable to make bucket `aws/ledger-backup`. Access Denied.',
  },
  ...(
    [
      ['client.makebucket: ', 'CreateBucket', 'MakeBucket'],
      ['client.bucketexists: ', 'HeadBucket', 'BucketExists'],
      ['client.putobject: ', 'PutObject', 'PutObject'],
      ['client.statobject: ', 'HeadObject', 'StatObject'],
      ['client.getobject: ', 'GetObject', 'GetObject'],
      ['client.removeobject: ', 'DeleteObject', 'RemoveObject'],
    ] as const
  ).map(([phrase, operation, method]) => ({
    kind: 'operation-told' as const,
    phrases: [phrase],
    capture: new RegExp(
      String.raw`(?:\bs3:(?:https?:\/\/)?s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])[^\n]{0,120}?)?\bclient\.${method}: `,
      'u',
    ),
    before: 260,
    values: { service: 's3', operation },
    standsAlone: false,
    seen: 'restic, by the methods of MinIO’s library',
    example: `create repository at s3:s3.amazonaws.com/ledger-backup failed: client.${method}: Access Denied.`,
  })),
] as const satisfies readonly ClueShape[]
