import process from 'node:process'
import Counter from 'prom-client/lib/counter.js'
import eventLoopLag from 'prom-client/lib/metrics/eventLoopLag.js'
import gc from 'prom-client/lib/metrics/gc.js'
import heapSizeAndUsed from 'prom-client/lib/metrics/heapSizeAndUsed.js'
import heapSpacesSizeAndUsed from 'prom-client/lib/metrics/heapSpacesSizeAndUsed.js'
import osMemoryHeap from 'prom-client/lib/metrics/osMemoryHeap.js'
import processHandles from 'prom-client/lib/metrics/processHandles.js'
import processMaxFileDescriptors from 'prom-client/lib/metrics/processMaxFileDescriptors.js'
import processOpenFileDescriptors from 'prom-client/lib/metrics/processOpenFileDescriptors.js'
import processRequests from 'prom-client/lib/metrics/processRequests.js'
import processResources from 'prom-client/lib/metrics/processResources.js'
import processStartTime from 'prom-client/lib/metrics/processStartTime.js'
import version from 'prom-client/lib/metrics/version.js'
import type Registry from 'prom-client/lib/registry.js'

/**
 * prom-client's default metrics one by one: all of them together load OpenTelemetry's API, 51 modules, for exemplars
 * that are off here. Only the CPU's are written anew; a test compares the names with those of the whole.
 */
export function collectProcessMetrics(registry: Registry): void {
  collectCpu(registry)
  for (const collect of [
    processStartTime,
    osMemoryHeap,
    processOpenFileDescriptors,
    processMaxFileDescriptors,
    eventLoopLag,
    processResources,
    processHandles,
    processRequests,
    heapSizeAndUsed,
    heapSpacesSizeAndUsed,
    version,
    gc,
  ])
    collect(registry, { eventLoopMonitoringPrecision: 10 })
}

const cpuTimes = {
  process_cpu_user_seconds_total: ['Total user CPU time spent in seconds.', ({ user }) => user],
  process_cpu_system_seconds_total: ['Total system CPU time spent in seconds.', ({ system }) => system],
  process_cpu_seconds_total: ['Total user and system CPU time spent in seconds.', ({ user, system }) => user + system],
} as const satisfies Readonly<Record<string, readonly [string, (usage: NodeJS.CpuUsage) => number]>>

function collectCpu(registry: Registry): void {
  for (const [name, [help, microseconds]] of Object.entries(cpuTimes))
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(microseconds(process.cpuUsage()) / 1e6)
      },
    })
}
