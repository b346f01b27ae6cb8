import t from 'tap'
import { createWrongKeys, networkOf } from '../../src/http/wrong-keys.ts'

t.test('twenty wrong keys a minute, then none is looked at until the minute is over', (t) => {
  let now = 0
  const wrongKeys = createWrongKeys(() => now)
  for (let i = 0; i < 20; i += 1) {
    t.equal(wrongKeys.secondsToWait('192.0.2.1'), 0)
    wrongKeys.count('192.0.2.1')
  }
  t.equal(wrongKeys.secondsToWait('192.0.2.1'), 60)
  t.equal(wrongKeys.secondsToWait('192.0.2.2'), 0)
  now = 59_500
  t.equal(wrongKeys.secondsToWait('192.0.2.1'), 1)
  now = 60_001
  t.equal(wrongKeys.secondsToWait('192.0.2.1'), 0)
  wrongKeys.count('192.0.2.1')
  t.equal(wrongKeys.secondsToWait('192.0.2.1'), 0, 'the count begins anew')
  t.end()
})

t.test('many addresses do not fill the memory', (t) => {
  const wrongKeys = createWrongKeys(() => 0)
  const address = (index: number): string => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`
  for (let i = 0; i < 20; i += 1) wrongKeys.count('192.0.2.1')
  for (let i = 0; i < 10_000; i += 1) wrongKeys.count(address(i))
  t.equal(wrongKeys.secondsToWait('192.0.2.1'), 0, 'the oldest is forgotten')
  t.end()
})

t.test('networks', (t) => {
  const rows: readonly (readonly [address: string, network: string])[] = [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1::5', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['not:an:address', 'not:an:address'],
    ['x'.repeat(500), 'x'.repeat(64)],
  ]
  for (const [address, network] of rows) t.equal(networkOf(address), network)
  t.end()
})
