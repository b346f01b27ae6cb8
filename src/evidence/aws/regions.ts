/** IAM, STS and Organizations sign for one Region per partition. */
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-us-gov': 'us-gov-west-1',
}

/** A Region out of a paste becomes part of a host name: only what looks like one is let through. */
const regionForm = /^(?:[a-z]{2}|eusc)(-[a-z]{2,12}){1,3}-\d$/

export const isRegion = (value: string | null): value is string => value !== null && regionForm.test(value)

export const globalRegion = (partition: string): string | null => globalRegions[partition] ?? null
