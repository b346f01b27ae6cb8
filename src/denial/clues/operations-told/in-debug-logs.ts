import type { ClueShape } from '../clue-shape.ts'

/** Operations in what Python's tools log at level DEBUG before each request. */
export const operationsInDebugLogs = [
  {
    kind: 'operation-told',
    phrases: ['making api call: ('],
    capture:
      /^Making api call: \((?<service>[a-z0-9-]{2,40}), (?<operation>[a-z][a-z_0-9]{2,60})\)(?:[^\n{]{0,60}\{[^\n]{0,200}?'Bucket': '(?<bucket>[a-z0-9.-]{3,63})'(?:[^\n]{0,200}?'Key': '(?<key>[^'\n]{1,512})')?)?/u,
    values: { in: 'header' },
    standsAlone: false,
    // ebcli/lib/aws.py, make_api_call
    seen: 'EB CLI',
    example: "Making api call: (s3, list_multipart_uploads) to region: eu-west-1 with args:{'Bucket': 'docs'}",
  },
  {
    kind: 'operation-told',
    phrases: ['making request for operationmodel(name='],
    capture: /^Making request for OperationModel\(name=(?<operation>[A-Z][A-Za-z0-9]{2,60})\)/u,
    values: { in: 'header' },
    standsAlone: false,
    // botocore/endpoint.py, make_request
    seen: 'botocore, and so boto3 and the AWS CLI with --debug',
    example: "Making request for OperationModel(name=GetObject) with params: {'url_path': '/docs/a.txt'}",
  },
] as const satisfies readonly ClueShape[]
