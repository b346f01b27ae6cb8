import type { Denial } from '../denial/denial.ts'
import { parseArn } from '../iam/arn.ts'
import type { Policies } from '../iam/policies.ts'

const partition = /arn:(aws[a-z-]*):/gu

/** The one partition that policies are written for: who works in China has no ARNs of `aws` in them. */
export const partitionOfPolicies = (policies: Policies | undefined): string | undefined => {
  if (policies === undefined) return undefined
  const [first, ...others] = new Set([...JSON.stringify(policies).matchAll(partition)].map(([, name]) => name))
  return others.length === 0 ? first : undefined
}

/** The partition of an ARN beside the error: a key on the command line, a role that is told of. */
export const partitionTold = ({ calls, clues }: Denial): string | undefined => {
  for (const values of [...calls.map(({ parameters }) => parameters), ...clues.map(({ values }) => values)]) {
    const arn = Object.values(values).find((value) => value.startsWith('arn:aws'))
    if (arn !== undefined) return parseArn(arn)?.partition
  }
  return undefined
}
