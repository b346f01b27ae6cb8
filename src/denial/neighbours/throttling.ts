import type { NeighbourRow } from './neighbour-row.ts'

export const throttlingRows: readonly NeighbourRow[] = [
  {
    name: 'throttled',
    kind: 'sentence',
    class: 'throttling',
    words: [
      'rate exceeded',
      'request limit exceeded',
      'please reduce your request rate',
      'too many requests',
      'request is throttled',
    ],
    example: 'ThrottlingException: Rate exceeded',
    seen: 'https://docs.aws.amazon.com/general/latest/gr/api-retries.html',
  },
]
