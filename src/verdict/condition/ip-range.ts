import ipaddr from 'ipaddr.js'

const { IPv4, IPv6 } = ipaddr

type Address = ipaddr.IPv4 | ipaddr.IPv6

interface IpRange {
  readonly address: Address
  readonly bits: number
}

/**
 * An address or a CIDR block; a bare address is a block of one. `null` for anything else: the library would also read
 * octal and shortened IPv4 forms, which IAM does not.
 */
export const parseIpRange = (text: string): IpRange | null => {
  const slash = text.indexOf('/')
  const host = slash < 0 ? text : text.slice(0, slash)
  const address = parseAddress(host)
  if (address === null) return null
  const size = address.kind() === 'ipv4' ? 32 : 128
  if (slash < 0) return { address, bits: size }
  const bits = text.slice(slash + 1)
  return /^\d{1,3}$/u.test(bits) && Number(bits) <= size ? { address, bits: Number(bits) } : null
}

const parseAddress = (host: string): Address | null => {
  if (host.length > 45) return null
  if (IPv4.isValidFourPartDecimal(host)) return IPv4.parse(host)
  return host.includes(':') && !host.includes('%') && IPv6.isValid(host) ? IPv6.parse(host) : null
}

/** IPv4 and IPv6 never match each other. */
export const contains = (outer: IpRange, inner: IpRange): boolean => {
  if (inner.bits < outer.bits) return false
  const { address } = inner
  if (address instanceof IPv4) return outer.address instanceof IPv4 && address.match(outer.address, outer.bits)
  return outer.address instanceof IPv6 && address.match(outer.address, outer.bits)
}

const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(
  (text) => parseIpRange(text) ?? [],
)

/**
 * A block of addresses that no request has in `aws:SourceIp`: they are public, and through a VPC endpoint the key is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export const isNeverSource = (text: string): boolean => {
  const range = parseIpRange(text)
  return range !== null && privateBlocks.some((block) => contains(block, range))
}
