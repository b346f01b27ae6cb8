import type { Reply } from '../reply/schema.ts'
import type { Environment, Options, Source } from './options.ts'

export type Answer = { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'nothing-recognised' }

/** Whoever answers: the engine in this process, or a service. */
export interface Asker {
  ask(text: string): Promise<Answer>
  close(): Promise<void>
}

/** Each kind of asker is loaded where it is used, so that `--help` and wrapped commands start at once. */
export async function openAsker(
  options: Options,
  environment: Environment,
  warn: (message: string) => void,
): Promise<Asker> {
  if (isServer(options.source)) {
    const { askServer } = await import('./ask-server.ts')
    return askServer(options.source, options)
  }
  const { askHere } = await import('./ask-here.ts')
  return askHere(options.source, options, environment, warn)
}

const isServer = (source: Source): source is Extract<Source, { kind: 'server' }> => source.kind === 'server'
