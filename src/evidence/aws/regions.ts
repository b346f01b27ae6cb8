import { regionForm } from '../../iam/region.ts'

/** IAM, STS and Organizations sign for one Region per partition. */
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
  'aws-us-gov': 'us-gov-west-1',
}

/** A Region out of a paste becomes part of a host name: only what looks like one is let through. */
export const isRegion = (value: string | null): value is string => value !== null && regionForm.test(value)

export const globalRegion = (partition: string): string | null => globalRegions[partition] ?? null
