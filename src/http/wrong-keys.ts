import ipaddr from 'ipaddr.js'

const most = 20
const minute = 60_000
/** So that many addresses cannot fill the memory; the oldest is forgotten first. */
const mostNetworks = 10_000

interface WrongKeys {
  /** Seconds until further unknown keys from there are looked at; 0 where they are now. */
  secondsToWait(address: string): number
  count(address: string): void
}

/**
 * Counts wrong keys by who sent them, a minute at a time. In this process and not in Redis: guesses cost no
 * round trip, and whether Redis is there does not matter.
 */
export function createWrongKeys(now: () => number = () => performance.now()): WrongKeys {
  const counted = new Map<string, { wrong: number; readonly until: number }>()
  return {
    secondsToWait(address) {
      const entry = counted.get(networkOf(address))
      const left = entry === undefined || entry.wrong < most ? 0 : entry.until - now()
      return Math.max(0, Math.ceil(left / 1000))
    },
    count(address) {
      const network = networkOf(address)
      const entry = counted.get(network)
      if (entry !== undefined && entry.until > now()) {
        entry.wrong += 1
        return
      }
      counted.delete(network)
      counted.set(network, { wrong: 1, until: now() + minute })
      const [oldest] = counted.size > mostNetworks ? counted.keys() : []
      if (oldest !== undefined) counted.delete(oldest)
    },
  }
}

/** One caller has a whole /64 of IPv6 addresses; an IPv4 address may be written as an IPv6 one. */
export function networkOf(address: string): string {
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return address.slice(0, 64)
  const parsed = ipaddr.IPv6.parse(address)
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString()
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
