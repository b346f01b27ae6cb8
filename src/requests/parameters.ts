import type { CallSeen } from '../denial/denial.ts'

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '')

/** A parameter of a call by its name, whatever its spelling: `functionName`, `function-name`, `FunctionName`. */
export const parameterOf = (call: CallSeen | null, name: string): string | null => {
  if (call === null) return null
  const wanted = plain(name)
  const found = Object.entries(call.parameters).find(([key, value]) => plain(key) === wanted && value !== '')
  return found?.[1] ?? null
}

/** What AWS's ARN patterns call a thing, and what the parameters that name it are called. */
const parametersByPlaceholder: Readonly<Record<string, readonly string[]>> = {
  bucketname: ['bucket', 'bucketName'],
  objectname: ['key', 'objectKey'],
  functionname: ['functionName', 'function'],
  tablename: ['tableName', 'table'],
  indexname: ['indexName'],
  queuename: ['queueName', 'queueUrl', 'queue'],
  topicname: ['topicName', 'topicArn', 'topic'],
  keyid: ['keyId', 'kmsKeyId'],
  alias: ['aliasName'],
  secretid: ['secretId', 'secretName'],
  parameternamewithoutleadingslash: ['name', 'names', 'parameterName', 'path'],
  loggroupname: ['logGroupName', 'logGroup'],
  logstreamname: ['logStreamName'],
  clustername: ['clusterName', 'cluster'],
  servicename: ['serviceName', 'service'],
  rolenamewithpath: ['roleName', 'role', 'roleArn'],
  usernamewithpath: ['userName', 'user'],
  groupnamewithpath: ['groupName', 'group'],
  policynamewithpath: ['policyName'],
  instanceprofilenamewithpath: ['instanceProfileName'],
  instanceid: ['instanceId', 'instanceIds'],
  volumeid: ['volumeId'],
  repositoryname: ['repositoryName'],
  statemachinename: ['stateMachineName'],
  streamname: ['streamName'],
  deliverystreamname: ['deliveryStreamName'],
  databasename: ['databaseName', 'database'],
  eventbusname: ['eventBusName'],
  rulename: ['rule', 'name'],
  workgroupname: ['workGroup'],
  stackname: ['stackName'],
  groupfriendlyname: ['autoScalingGroupName'],
  dbinstancename: ['dbInstanceIdentifier'],
  documentname: ['documentName'],
  projectname: ['projectName', 'project'],
  pipelinename: ['pipelineName', 'name'],
}

/** The last name in an ARN, a URL or a path. */
const lastName = (value: string): string => value.split(/[/:]/u).at(-1) ?? value

const isAddress = (value: string): boolean => value.startsWith('arn:') || value.startsWith('https://')

/** The value that a call gives for a placeholder of an ARN pattern, `BucketName` for one. */
export const valueForPlaceholder = (call: CallSeen | null, placeholder: string): string | null => {
  const names = parametersByPlaceholder[plain(placeholder)] ?? [placeholder]
  for (const name of names) {
    const value = parameterOf(call, name)
    if (value === null) continue
    const named = isAddress(value) ? lastName(value) : value
    return plain(placeholder) === 'parameternamewithoutleadingslash' ? named.replace(/^\/+/u, '') : named
  }
  return null
}
