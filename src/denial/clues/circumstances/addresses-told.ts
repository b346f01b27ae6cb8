import type { ClueShape } from '../clue-shape.ts'

const address = String.raw`(?<address>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\d/.]?\d)`
const whose = String.raw`(?:my|our|its|the (?:caller|client)(?:['\u2019]s)?)`
const kind = String.raw`(?:own |public |external |outside |current |source |outbound |egress |NAT ){0,2}(?:IPv4|IP|IP address|address)`

/** From where the call came, as whoever made it tells; what a policy lets in is told in other words. */
export const addressesTold = [
  {
    kind: 'caller-address',
    phrases: ['my ', 'our ', 'its ', 'the caller', 'the client'],
    capture: new RegExp(String.raw`^${whose} ${kind}(?: is| was|:| =|,)? ?${address}`, 'iu'),
    needs: /\d\.\d{1,3}\.\d/u,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'my public IP is 203.0.113.9',
  },
  {
    kind: 'caller-address',
    phrases: ['curl from ', 'curled from ', 'calling from ', 'called from ', 'sent from ', 'made from '],
    capture: new RegExp(
      String.raw`^(?:curl|curled|calling|called|sent|made) from (?:(?:my|our|the) )?(?:IP |address |IP address )?${address}`,
      'iu',
    ),
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'called from 203.0.113.9',
  },
] as const satisfies readonly ClueShape[]
