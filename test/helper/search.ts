import { seeded, type Random } from './mutate.ts'

/** Generated runs: `FUZZ=1000000` for a night, `SEED` and `FUZZ_FROM` to repeat a case. */
export const runs = Number(process.env['FUZZ'] ?? (process.env['CI'] === 'true' ? 20_000 : 300))
export const seed = Number(process.env['SEED'] ?? 20_261_123)
const from = Number(process.env['FUZZ_FROM'] ?? 0)

export interface Found {
  readonly run: number
  readonly problem: string
  readonly input: string
}

/** The first inputs with which something is wrong, under the number that repeats them. */
export async function search<T>(
  generate: (random: Random) => T,
  problemWith: (input: T, random: Random) => Promise<string | null>,
  most = runs,
): Promise<readonly Found[]> {
  const found: Found[] = []
  for (let run = from; run < from + most && found.length < 3; run += 1) {
    const random = seeded(seed + run)
    const input = generate(random)
    const problem = await problemWith(input, random).catch(said)
    if (problem !== null) found.push({ run, problem, input: JSON.stringify(input).slice(0, 2000) })
  }
  return found
}

const said = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
