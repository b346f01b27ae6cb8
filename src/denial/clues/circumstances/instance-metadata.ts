import type { ClueShape } from '../clue-shape.ts'

/** What keeps a program from the credentials of its instance. */
export const instanceMetadata = [
  {
    kind: 'metadata-unauthorized',
    phrases: ['ec2imds', 'ec2metadata request', '169.254.169.254'],
    capture:
      /(?:ec2imds|ec2metadata request|169\.254\.169\.254)[^\n]{0,80}?\n?[^\n]{0,40}?\b(?:status ?code:? ?|HTTP\/1\.[01] )?401\b/iu,
    standsAlone: false,
    seen: 'SDKs that got no token of IMDSv2',
    example: 'operation error ec2imds: GetMetadata, http response error StatusCode: 401, request to EC2 IMDS failed',
  },
  {
    kind: 'hop-limit-told',
    phrases: ['hop limit', 'hoplimit', 'hop_limit', 'hop-limit'],
    capture: /hop[ _-]?limit["'`]{0,2}(?: (?:is|of|was|set to|is set to|value))?[ :=]{0,4}["'`]?(?<hops>\d{1,2})\b/iu,
    standsAlone: false,
    seen: 'people, and the metadata options of an instance',
    example: '"HttpPutResponseHopLimit": 1',
  },
  {
    kind: 'metadata-token-told',
    phrases: ['imdsv2', 'imds v2', 'httptokens', 'http-tokens', 'http_tokens', 'token required'],
    standsAlone: false,
    seen: 'people, and the metadata options of an instance',
    example: 'the launch template has HttpTokens: required',
  },
  {
    kind: 'container-told',
    phrases: [
      'docker container',
      'docker image',
      'docker run',
      'docker-compose',
      'docker compose',
      'in docker',
      'inside docker',
      'outside docker',
      'outside of docker',
      'in a container',
      'in the container',
      'in containers',
      'inside a container',
      'inside the container',
      'inside of a container',
      'worker node',
      'in a pod',
      'in the pod',
      'inside a pod',
      'inside the pod',
      'in pods',
      'the pods',
    ],
    standsAlone: false,
    seen: 'people whose program runs in a container',
    example: 'aws s3 ls works on the instance, but not inside the container',
  },
] as const satisfies readonly ClueShape[]
