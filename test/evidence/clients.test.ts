import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createAccess, type Access, type ClientConfig } from '../../src/evidence/aws/access.ts'
import { keepClients } from '../../src/evidence/aws/clients.ts'
import { settings } from '../helper/evidence.ts'

function counted() {
  const count = { made: 0, destroyed: 0 }
  const make = () => {
    count.made += 1
    return { destroy: () => void (count.destroyed += 1) }
  }
  return { count, make }
}

t.test('a paste may name any number of Regions: few clients are kept', async (t) => {
  const { count, make } = counted()
  const clients = keepClients(10, 20)
  t.teardown(() => clients.close())
  const home = clients.get('home', make)
  for (let at = 0; at < 100; at += 1) {
    clients.get(`region-${at}`, make)
    t.equal(clients.get('home', make), home, 'what is asked for stays')
  }
  t.equal(count.made, 101)
  t.equal(count.destroyed, 0, 'calls may be under way on those that left')
  await sleep(100)
  t.equal(count.destroyed, 91)
  clients.close()
  t.equal(count.destroyed, 101, 'and each once')
})

t.test('the end does not wait for those that left', (t) => {
  const { count, make } = counted()
  const clients = keepClients(2, 60_000)
  for (let at = 0; at < 7; at += 1) clients.get(`region-${at}`, make)
  clients.close()
  t.equal(count.destroyed, 7)
  t.end()
})

t.test('the readers keep no client for each Region that somebody invents', (t) => {
  const { count, make } = counted()
  const access = createAccess(settings())
  const regions: string[] = []
  const account: Pick<Access, 'account' | 'config'> = {
    account: '111122223333',
    config: (region) => ({ region: region ?? '' }) as ClientConfig,
  }
  const client = (region: string): unknown =>
    access.client(account as Access, region, 'sqs', ({ region: asked }) => {
      regions.push(asked)
      return make()
    })
  const first = client('eu-north-1')
  t.equal(client('eu-north-1'), first)
  for (let at = 0; at < 1000; at += 1) client(`xx-invented-${at}`)
  t.not(client('eu-north-1'), first, 'it had to make room')
  t.equal(regions.filter((region) => region === 'eu-north-1').length, 2)
  access.close()
  t.equal(count.destroyed, count.made)
  t.end()
})
