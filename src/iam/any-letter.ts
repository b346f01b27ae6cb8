const anyLetter =
  /^arn:[\w-]+:(?:autoscaling|budgets|cloudwatch|config|elasticbeanstalk|glue|iot|lakeformation|logs|states):|^arn:[\w-]+:s3:::[^/]*\//u

/** Alarms, Glue jobs, S3 objects and the like have names in any script; those of the other services are ASCII. */
export const mayHoldAnyLetter = (arn: string): boolean => anyLetter.test(arn)
