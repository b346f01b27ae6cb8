import type { ClueShape } from '../clue-shape.ts'

const bucket = String.raw`(?<bucket>[a-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9])`
const key = String.raw`(?<key>[^\s'"\x60,;)<>\]}$]{1,1024}(?<![/.:]))`
const place = String.raw`s3[an]?:\/\/${bucket}\/${key}`
const endpoint = String.raw`s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com(?:\.cn)?`

/** Objects that somebody reads, with the object in the same words. */
export const operationsOfReaders = [
  {
    kind: 'operation-told',
    phrases: ['(path: s3'],
    // Only its readers, and whoever asks for the size of an object, name it so; Hadoop's own writers do not.
    capture: new RegExp(String.raw`^\(Path: ${place}\)`, 'iu'),
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'Athena and Trino, behind what S3 said',
    example: 'Access Denied (Service: Amazon S3; Status Code: 403) (Path: s3://amzn-s3-demo-bucket/sales/2026.csv)',
  },
  {
    kind: 'operation-told',
    phrases: ['(bucket: '],
    capture: new RegExp(String.raw`\bS3 Extended Request ID: [\w+/=]{1,150} \(Bucket: ${bucket}, Key: ${key}\)`, 'u'),
    before: 180,
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'Athena and Trino, behind what S3 said',
    example:
      'Access Denied (Service: Amazon S3; Status Code: 403), S3 Extended Request ID: abc= (Bucket: amzn-s3-demo-bucket, Key: sales/2026.csv)',
  },
  {
    kind: 'operation-told',
    phrases: ['opening hive split s3'],
    capture: new RegExp(String.raw`^opening Hive split ${place}`, 'iu'),
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'Athena and Trino',
    example:
      'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://amzn-s3-demo-bucket/sales/2026.csv (offset=0, length=9)',
  },
  {
    kind: 'operation-told',
    // The cursor of a query goes through the data that the query reads.
    phrases: ['hive_cursor_error', 'hive_bad_data', 'hive_cannot_open_split'],
    capture: new RegExp(String.raw`^hive_[a-z_]{4,20}: [^\n]{0,300}?\b${place}`, 'iu'),
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'Athena and Trino',
    example:
      'HIVE_CURSOR_ERROR: Failed to read ORC file: s3://amzn-s3-demo-bucket/sales/2026.orc: Access Denied (Service: Amazon S3; Status Code: 403)',
  },
  {
    kind: 'operation-told',
    phrases: ['s3 error: access denied'],
    capture: /^S3 error: Access Denied\.?\s{1,3}For more information check http/iu,
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'CloudFormation, about the template that it fetches with the permissions of whoever asked',
    example:
      'S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  },
  {
    kind: 'operation-told',
    phrases: ['curl ', 'wget '],
    // An option that sends something makes another call of it, and a signature in the address a caller.
    capture: new RegExp(
      String.raw`^(?:curl|wget) (?![^\n]{0,300}(?<=\s)(?:-X|-T|-d|-F|-I|-H|--(?:request|upload-file|data|form|head|method|post|body|aws-sigv4)))(?:-[\w=-]{1,60} (?:[\w./-]{1,100} )?){0,6}['"]?https?:\/\/(?:${bucket}\.${endpoint}|${endpoint}\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(?:[^\s'"\x60?<>]{1,1024})(?=['"\x60\s]|$)`,
      'u',
    ),
    values: { service: 's3', operation: 'GetObject', noSignRequest: 'curl' },
    standsAlone: false,
    seen: 'people, who show what they called',
    example: 'curl -O https://amzn-s3-demo-bucket.s3.amazonaws.com/tools/agent.zip',
  },
  // An address without a signature is asked for by nobody in particular.
  ...[String.raw`${bucket}\.${endpoint}\/${key}`, String.raw`${endpoint}\/${bucket}\/${key}`].map((address) => ({
    kind: 'operation-told' as const,
    phrases: [
      'failed to retrieve http',
      'failed to download http',
      'failed to fetch http',
      'failed to get http',
      'unable to download http',
      'unable to fetch http',
      'could not retrieve http',
      'could not download http',
      'error downloading http',
      'error fetching http',
    ],
    capture: new RegExp(
      String.raw`(?:retriev|download|fetch|get)\w{0,4} https?:\/\/(?![^\s]{0,1500}X-Amz-Signature)${address}`,
      'iu',
    ),
    values: { service: 's3', operation: 'GetObject', noSignRequest: 'url' },
    standsAlone: false,
    seen: 'cfn-init, package managers and installers',
    example:
      'Failed to retrieve https://amzn-s3-demo-bucket.s3.amazonaws.com/tools/agent.service: HTTP Error 403 : <Error><Code>AccessDenied</Code>',
  })),
] as const satisfies readonly ClueShape[]
