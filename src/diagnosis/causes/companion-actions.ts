import { workloadOf, type Workload } from '../../denial/workload.ts'
import { groupOf } from './arn-form.ts'
import { identityGrants, type Situation } from '../situation.ts'

/** Actions without which the denied one is of no use in the same job. */
const certain: Readonly<Record<string, readonly string[]>> = {
  'ecr:batchgetimage': ['ecr:GetDownloadUrlForLayer'],
  'ecr:getdownloadurlforlayer': ['ecr:BatchGetImage'],
  'ecr:initiatelayerupload': [
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
    'ecr:BatchCheckLayerAvailability',
  ],
  'codeconnections:getconnectiontoken': ['codeconnections:GetConnection', 'codeconnections:UseConnection'],
  'codestar-connections:getconnectiontoken': [
    'codestar-connections:GetConnection',
    'codestar-connections:UseConnection',
  ],
}

/** What runs and logs; whoever sets up a log group for others writes nothing to it. */
const writers: ReadonlySet<Workload> = new Set([
  'codebuild',
  'ec2-instance',
  'ecs-task',
  'eks-pod-identity',
  'kubernetes-service-account',
  'lambda-function',
])

/** Whoever writes logs takes these steps one after the other: those that what was read lacks as well. */
export const stepsOfLogs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']

function laterSteps(s: Situation, action: string): readonly string[] {
  const step = stepsOfLogs.findIndex((one) => one.toLowerCase() === action.toLowerCase())
  const workload = step < 0 || !s.wasRead('identity-based') ? null : workloadOf(s.denial)
  return workload === null || !writers.has(workload) ? [] : stepsOfLogs.slice(step + 1)
}

/** What the message itself names beside the action: the call asked for both, and only one of them is told missing. */
export const namedBeside = (s: Situation, action: string): readonly string[] =>
  s.requests
    .filter(({ from }) => from.action === 'message')
    .flatMap((one) => (one.action === action ? [] : [one.action]))

/** What a create call needs besides when it carries tags, as the denial's own sentence tells. */
const taggedCreate = (s: Situation, action: string): readonly string[] =>
  action.toLowerCase() === 'logs:createloggroup' && s.has('tag-on-create') ? [tagLogGroup] : []

const tagLogGroup = 'logs:TagResource'

/** What the other side has to let through with the action, whatever the caller's own policies grant. */
export const companionsOnSide = (s: Situation, action: string): readonly string[] => [
  ...namedBeside(s, action),
  ...(certain[action.toLowerCase()] ?? []),
]

/** Certain companions that the policies read do not grant yet. */
export const companionActions = (s: Situation, action: string): readonly string[] =>
  [
    ...namedBeside(s, action),
    ...(certain[action.toLowerCase()] ?? []),
    ...taggedCreate(s, action),
    ...laterSteps(s, action),
  ].filter((companion) => !identityGrants(s, companion, s.resource))

/** The resources of an action and its companions: tags of a log group are allowed on its ARN without `:*`. */
export const withCompanions = (actions: readonly string[], resources: readonly string[]): readonly string[] =>
  actions.slice(1).includes(tagLogGroup)
    ? resources.flatMap((arn) => (groupOf(arn) === null ? [arn] : [`${groupOf(arn)}:*`, groupOf(arn) ?? arn]))
    : resources
