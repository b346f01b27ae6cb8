import module from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Where the service starts. What V8 compiled at an earlier start is taken up before the rest is loaded. Where it
 * cannot be (Node before 22.8, another processor or user, a folder that cannot be written) the start is slower and
 * otherwise the same; Node's own NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE are obeyed.
 */
const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown }
enableCompileCache?.(fileURLToPath(new URL('code-cache', import.meta.url)))

await import('./server.ts')
