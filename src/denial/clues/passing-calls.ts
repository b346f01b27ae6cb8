import type { ClueShape } from './clue-shape.ts'

const verbs = [
  'create',
  'update',
  'run',
  'register',
  'start',
  'put',
  'modify',
  'add',
  'restore',
  'associate',
  'request',
]

/** Calls that the text names as IAM or Step Functions spells them: who hands over a role does so in one of them. */
export const passingCalls = [
  {
    kind: 'passing-call',
    phrases: [':states:::'],
    capture:
      /arn:aws[a-z-]{0,12}:states:::(?:aws-sdk:)?(?<service>[a-z][a-z0-9-]{1,30}):(?<operation>[A-Za-z]{3,60})(?![\w:-])/u,
    before: 20,
    standsAlone: false,
    seen: 'the definitions of state machines',
    example: 'arn:aws:states:::aws-sdk:scheduler:createSchedule',
  },
  {
    kind: 'passing-call',
    phrases: verbs.map((verb) => `:${verb}`),
    capture: new RegExp(
      // The call that the phrase stands in, not one in front of it.
      String.raw`^[^]{0,32}(?<![\w:/.-])(?<service>[a-z][a-z0-9-]{1,30}):(?<operation>(?:${verbs
        .map((verb) => `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}`)
        .join('|')})[A-Z][A-Za-z0-9]{1,50})(?![\w*])`,
      'u',
    ),
    before: 32,
    standsAlone: false,
    seen: 'anywhere',
    example: 'it may call scheduler:CreateSchedule already',
  },
  {
    kind: 'passing-call',
    phrases: ['adding role', 'add role'],
    capture: /^add(?:ing)? role [^\n]{1,180} to (?:the )?instance profile/iu,
    values: { service: 'iam', operation: 'AddRoleToInstanceProfile' },
    standsAlone: false,
    seen: 'Karpenter and eksctl',
    example: 'adding role "nodes" to instance profile "nodes_1": AccessDenied',
  },
  {
    kind: 'passing-call',
    phrases: ['register task definition', 'registering task definition', 'register-task-definition'],
    values: { service: 'ecs', operation: 'RegisterTaskDefinition' },
    standsAlone: false,
    seen: 'actions that deploy to ECS',
    example: 'Error: Failed to register task definition in ECS: User: …',
  },
] as const satisfies readonly ClueShape[]
