/** Parts of prom-client that it exports from its main file only, together with all others. */
declare module 'prom-client/lib/counter.js' {
  import { Counter } from 'prom-client'
  export default Counter
}
declare module 'prom-client/lib/histogram.js' {
  import { Histogram } from 'prom-client'
  export default Histogram
}
declare module 'prom-client/lib/registry.js' {
  import { Registry } from 'prom-client'
  export default Registry
}
declare module 'prom-client/lib/metrics/*.js' {
  import type { Registry } from 'prom-client'
  const collect: (registry: Registry, config: { readonly eventLoopMonitoringPrecision: number }) => void
  export default collect
}
