import type { ClueShape } from '../clue-shape.ts'

/** Of pipelines, their artifacts and the connections to their sources. */
export const pipelineSentences = [
  {
    kind: 'connection-refused',
    phrases: ['not authorized to access connection', 'unable to use connection'],
    capture:
      /(?:access|use) connection:? {0,2}(?<connection>arn:[\w-]{3,12}:(?<service>codeconnections|codestar-connections):[\w-]{1,30}:[\w*-]{1,20}:connection\/[\w-]{1,60})/iu,
    standsAlone: true,
    seen: 'CodeBuild and CodePipeline, about the connection to where the source is',
    example:
      'User is not authorized to access connection arn:aws:codeconnections:eu-west-1:111122223333:connection/0d0bb2a1 (Service: AWSCodeBuild; Status Code: 400; Error Code: OAuthProviderException)',
  },
  {
    kind: 'pipeline-artifact',
    phrases: ['unable to access the artifact with amazon s3 object key '],
    capture:
      /object key ['"`](?<key>[^\s'"`]{1,500})['"`] located in the Amazon S3 artifact bucket ['"`](?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])['"`]/iu,
    standsAlone: false,
    seen: 'CodePipeline action errors',
    example:
      "Unable to access the artifact with Amazon S3 object key 'app/Source/abc' located in the Amazon S3 artifact bucket 'amzn-s3-demo-bucket'.",
  },
  {
    kind: 'pipeline-role-refused',
    phrases: ['the provided role does not have permissions to perform this action. underlying error: '],
    capture: /Underlying error: Access ?Denied \(Service: (?:Amazon )?S3\b/u,
    standsAlone: false,
    seen: 'CodePipeline, passing on what S3 said to the role of the pipeline',
    example:
      'The provided role does not have permissions to perform this action. Underlying error: Access Denied (Service: Amazon S3; Status Code: 403)',
  },
  {
    kind: 'source-unauthorized',
    phrases: ['authorization failed for primary source', 'authorization failed for secondary source'],
    standsAlone: true,
    seen: 'CodeBuild, about a source at GitHub, GitLab or Bitbucket',
    example: 'CLIENT_ERROR: authorization failed for primary source and source version main',
  },
  {
    kind: 'connection-told',
    phrases: ['codestar-connections', 'codeconnections:'],
    capture:
      /(?<connection>arn:[\w-]{3,12}:(?:codeconnections|codestar-connections):[\w-]{1,30}:[\w*-]{1,20}:connection\/[\w-]{1,60})|(?<service>codestar-connections)/iu,
    before: 20,
    standsAlone: false,
    seen: 'the connection of a source, and the prefix under which it was made',
    example: 'arn:aws:codestar-connections:eu-west-1:111122223333:connection/0d0bb2a1',
  },
] as const satisfies readonly ClueShape[]
