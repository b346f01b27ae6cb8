import type { ClueShape } from './clue-shape.ts'

/**
 * The service that was handed a role and may not assume it: as the trust policy writes it, or by its name. Names are
 * looked up later; a word that is no service's name counts for nothing.
 */
export const assumingServices = [
  {
    kind: 'assuming-service',
    phrases: ['assume', 'assumable', 'trust relationship', 'trust policy', 'trusted entit'],
    // Hosts in URLs and the endpoint of STS are not who assumes.
    capture:
      /(?<![\w/.@-])(?!(?:sts|iam|signin)\.)(?<principal>(?:[a-z][a-z0-9-]{1,40}\.){1,2}amazonaws\.com)(?![\w/:-])/u,
    needs: /amazonaws\.com/u,
    before: 200,
    standsAlone: false,
    seen: 'services that take a role',
    example: "Provided role cannot be assumed by principal 'states.amazonaws.com'.",
  },
  {
    kind: 'assuming-service',
    phrases: ['assume', 'not authorized to perform: sts:assumerole on service role'],
    capture:
      /(?<name>[A-Z][A-Za-z0-9]{1,30}(?: [A-Z][A-Za-z0-9]{1,30}){0,3})(?: service)?,? (?:is |was |were )?(?:unable to|not able to|not authorized to|could not|couldn't|cannot|can't|failed to|does not have permission to|doesn't have permission to|to) (?:assume|perform: sts:AssumeRole)/u,
    needs: / (?:assume|perform: sts:)/u,
    before: 150,
    standsAlone: false,
    seen: 'CodeBuild, Firehose, Glue, SageMaker, ECS, EventBridge Scheduler',
    example: "SageMaker was unable to assume the role 'arn:aws:iam::111122223333:role/training'",
  },
  {
    kind: 'assuming-service',
    phrases: ['assumed by '],
    capture:
      /assumed by (?:the )?(?:service |principal )?["'`]?(?<name>[A-Za-z][A-Za-z0-9-]{1,30}(?: [A-Z][A-Za-z0-9]{1,30}){0,3})(?![\w.-]*amazonaws)/u,
    standsAlone: false,
    seen: 'Lambda',
    example: 'The role defined for the function cannot be assumed by Lambda.',
  },
  {
    kind: 'assuming-service',
    phrases: ['assume role permissions for '],
    capture:
      /assume role permissions for (?:the )?(?<name>[A-Z][A-Za-z0-9]{1,30}(?: [A-Z][A-Za-z0-9]{1,30}){0,2}?)(?: Service\b|[.\s])/u,
    standsAlone: false,
    seen: 'Glue',
    example: 'Role arn:aws:iam::111122223333:role/etl should be given assume role permissions for Glue Service.',
  },
  {
    kind: 'assuming-service',
    phrases: ['error in assuming access role'],
    values: { principal: 'build.apprunner.amazonaws.com' },
    standsAlone: false,
    seen: 'App Runner, which pulls images as one role',
    example: 'Error in assuming access role arn:aws:iam::111122223333:role/pull',
  },
  {
    kind: 'assuming-service',
    phrases: ['error in assuming instance role'],
    values: { principal: 'tasks.apprunner.amazonaws.com' },
    standsAlone: false,
    seen: 'App Runner, which runs as another',
    example: 'Error in assuming instance role arn:aws:iam::111122223333:role/run',
  },
  {
    kind: 'assuming-service',
    phrases: ['emr service role '],
    capture: /EMR service role [^\s"]{1,200} is invalid/u,
    values: { principal: 'elasticmapreduce.amazonaws.com' },
    standsAlone: false,
    seen: 'EMR',
    example: 'EMR service role arn:aws:iam::111122223333:role/emr is invalid',
  },
  {
    kind: 'assuming-service',
    phrases: ['insufficient delivery policy'],
    capture: /insufficient delivery policy[^\n]{0,300}unable to assume role/iu,
    values: { principal: 'config.amazonaws.com' },
    standsAlone: false,
    seen: 'AWS Config',
    example:
      'Insufficient delivery policy to s3 bucket: config-logs, unable to assume role: arn:aws:iam::111122223333:role/config.',
  },
  {
    kind: 'user-as-role',
    phrases: [':user/'],
    capture:
      /(?:\bassume[sd]?:?(?: (?:the )?(?:(?:provided|specified|service|execution) )?role)?(?: with arn)?:? {0,2}|--(?:[a-z]{1,20}-){0,3}role(?:-arn)? {0,2}=? {0,2}|\b(?:[a-z]{1,20}_?)?role_?arn["']?\s{0,3}[:=]\s{0,3})["'`[(]{0,2}(?<user>arn:[\w-]{3,20}:iam::[\d*]{1,16}:user\/[\w+=,.@/-]{0,128}[\w+=@-])/iu,
    before: 100,
    standsAlone: false,
    seen: 'AWS Config and others, given the ARN of a user as that of a role',
    example: 'unable to assume role: arn:aws:iam::111122223333:user/recorder.',
  },
] as const satisfies readonly ClueShape[]
