import { known } from '../values.ts'
import type { Words } from '../words.ts'

export const noRoom: Words['noRoom'] = (v) => {
  if (known(v, 'obstacle') === 'quota')
    return 'There is no room for it: IAM takes neither a longer inline policy nor one more managed policy there. Join or detach policies that are there first, or ask for a higher quota.'
  const quota = known(v, 'quota')
  return quota === null
    ? null
    : `As it is, AWS would refuse it: the limit is ${quota} characters. Shorten what is there first, or put the statement into another policy.`
}
