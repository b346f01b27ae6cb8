import type { NeighbourRow } from '../neighbour-row.ts'

/** Every registry says of an image in these words that it is not there. */
const otherRegistry = /\b(?:ghcr\.io|quay\.io|gcr\.io|pkg\.dev|docker\.io|mcr\.microsoft\.com|azurecr\.io)\b/iu

/** Tasks and clusters that do not start, or let nobody in. */
export const containerRows: readonly NeighbourRow[] = [
  {
    name: 'ecs-cannot-pull-secrets',
    kind: 'sentence',
    outer: true,
    class: 'other-aws',
    words: ['unable to pull secrets or registry auth', 'unable to retrieve secret', 'failed to fetch secret'],
    example:
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm',
    seen: 'ECS on Fargate',
  },
  {
    name: 'ecs-cannot-pull-image',
    kind: 'sentence',
    outer: true,
    class: 'other-aws',
    words: ['cannotpullcontainererror', 'cannotpullecrcontainererror'],
    example: 'CannotPullContainerError: pull image manifest has been retried 7 time(s)',
    seen: 'ECS',
  },
  {
    name: 'resource-not-found',
    kind: 'sentence',
    class: 'other-aws',
    words: ['error: image {word} not found', 'manifest for {any} not found', 'manifest unknown'],
    when: (before, after) =>
      /CannotPull(?:ECR)?ContainerError|\.dkr\.ecr\./iu.test(before + after) &&
      !otherRegistry.test(before.slice(-300) + (after.split('\n', 1)[0] ?? '')),
    example: 'CannotPullContainerError: Error: image orders:1.0 not found',
    seen: 'ECS and docker: no such tag, or a name without its registry',
  },
  {
    name: 'ecs-exec-failed',
    kind: 'sentence',
    outer: true,
    class: 'other-aws',
    words: [
      'targetnotconnectedexception',
      'the execute command failed',
      'execute command was not enabled',
      'insufficient permissions to execute command',
    ],
    sets: { service: 'ecs' },
    example:
      'An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation: The execute command failed due to an internal error.',
    seen: 'ECS Exec',
  },
  {
    name: 'eks-managed-policies-missing',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      "doesn't have the amazon eks managed policies associated",
      'amazon eks managed policies associated with it',
    ],
    sets: { service: 'eks' },
    example:
      "InvalidParameterException: The provided role doesn't have the Amazon EKS Managed Policies associated with it.",
    seen: 'EKS, for clusters and node groups',
  },
  {
    name: 'eks-not-mapped',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'you must be logged in to the server',
      'the server has asked for the client to provide credentials',
      "your current iam principal doesn't have access to kubernetes objects",
      'message: unauthorized, reason: unauthorized, code: 401',
    ],
    sets: { service: 'eks' },
    example: 'error: You must be logged in to the server (Unauthorized)',
    seen: 'kubectl with EKS, no access entry for the caller',
  },
]
