import { DescribeTaskDefinitionCommand, DescribeTasksCommand, ECSClient } from '@aws-sdk/client-ecs'
import { combine } from '../../evidence-part.ts'
import { factPart, mapOutcome, type ReadResource, type ResourceReading } from './reading.ts'
import { roleFact } from './role.ts'

const clientOf = ({ readers, access, target }: ResourceReading): ECSClient =>
  readers.access.client(access, target.region, 'ecs', (config) => new ECSClient(config))

/** The two roles of a task: the one its code has, and the one that starts it. */
export const readTaskDefinition: ReadResource = (reading) => rolesOf(reading, reading.target.arn)

export const readTask: ReadResource = async (reading) => {
  const { calls, target } = reading
  const cluster = target.name.split('/')[0] ?? ''
  const tasks = await calls.make('ecs:DescribeTasks', (abortSignal) =>
    clientOf(reading).send(new DescribeTasksCommand({ cluster, tasks: [target.arn] }), { abortSignal }),
  )
  const definition = tasks.ok ? tasks.value.tasks?.[0]?.taskDefinitionArn : undefined
  if (definition !== undefined) return rolesOf(reading, definition)
  return factPart(
    reading,
    'ecs-task-role',
    mapOutcome(tasks, () => undefined),
  )
}

async function rolesOf(reading: ResourceReading, taskDefinition: string): ReturnType<ReadResource> {
  const outcome = await reading.calls.make('ecs:DescribeTaskDefinition', (abortSignal) =>
    clientOf(reading).send(new DescribeTaskDefinitionCommand({ taskDefinition }), { abortSignal }),
  )
  if (!outcome.ok) return factPart(reading, 'ecs-task-role', outcome)
  const { taskRoleArn, executionRoleArn } = outcome.value.taskDefinition ?? {}
  const parts = await Promise.all([
    roleFact(reading, 'ecs-task-role', taskRoleArn),
    roleFact(reading, 'ecs-execution-role', executionRoleArn),
  ])
  return combine(parts)
}
