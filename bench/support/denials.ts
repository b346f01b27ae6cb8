/** Denials that all differ, so that no cache of whole replies can help. */
export function denialText(index: number): string {
  return `ubuntu@host:~$ aws sqs send-message\n\nAn error occurred (AccessDenied) when calling the SendMessage operation: User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-${index.toString(16).padStart(17, '0')} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:queue-${index} because no identity-based policy allows the sqs:sendmessage action`
}
