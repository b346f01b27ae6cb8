/** The middle value: benchmarks on shared machines have long tails on both sides. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('no values')
  return middle
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))
