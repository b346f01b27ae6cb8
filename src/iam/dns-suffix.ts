import { ownValue } from './own-value.ts'

/** Ends of host names, where they are not `amazonaws.com`. */
const suffixes: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
}

/** What the host names of a partition's services end in. */
export const dnsSuffix = (partition: string): string => ownValue(suffixes, partition) ?? 'amazonaws.com'
