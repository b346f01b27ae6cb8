/** Denials that all differ, so that no cache of whole replies can help. */
export function denialText(index: number): string {
  return `ubuntu@host:~$ aws sqs send-message\n\nAn error occurred (AccessDenied) when calling the SendMessage operation: User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-${index.toString(16).padStart(17, '0')} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:queue-${index} because no identity-based policy allows the sqs:sendmessage action`
}

const calls = [
  ['SendMessage', 'sqs:sendmessage', 'sqs:eu-west-1:111122223333:queue-'],
  ['Publish', 'SNS:Publish', 'sns:eu-west-1:111122223333:topic-'],
  ['Query', 'dynamodb:Query', 'dynamodb:eu-west-1:111122223333:table/orders-'],
  ['PutObject', 's3:PutObject', 's3:::reports/year/report-'],
] as const

/** Denials of several services, each with a session and a resource of its own. */
export function mixedDenialText(index: number): string {
  const [operation, action, resource] = calls[index % calls.length] ?? calls[0]
  return `ubuntu@host:~$ ./run\n\nAn error occurred (AccessDenied) when calling the ${operation} operation: User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-${index.toString(16).padStart(17, '0')} is not authorized to perform: ${action} on resource: arn:aws:${resource}${index} because no identity-based policy allows the ${action} action`
}
