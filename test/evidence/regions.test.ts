import t from 'tap'
import { globalRegion, isRegion } from '../../src/evidence/aws/regions.ts'
import { partitionOfRegion, regionOfArn } from '../../src/iam/arn.ts'
import { dnsSuffix } from '../../src/iam/dns-suffix.ts'
import { regionForm } from '../../src/iam/region.ts'

/** https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
const partitions: readonly (readonly [partition: string, suffix: string, ...regions: readonly string[]])[] = [
  ['aws', 'amazonaws.com', 'us-west-2', 'ap-southeast-7', 'il-central-1', 'mx-central-1', 'eu-central-12'],
  ['aws-cn', 'amazonaws.com.cn', 'cn-north-1', 'cn-northwest-1'],
  ['aws-eusc', 'amazonaws.eu', 'eusc-de-east-1'],
  ['aws-us-gov', 'amazonaws.com', 'us-gov-east-1', 'us-gov-west-1'],
  ['aws-iso', 'c2s.ic.gov', 'us-iso-east-1', 'us-iso-west-1'],
  ['aws-iso-b', 'sc2s.sgov.gov', 'us-isob-east-1', 'us-isob-west-1'],
  ['aws-iso-e', 'cloud.adc-e.uk', 'eu-isoe-west-1'],
  ['aws-iso-f', 'csp.hci.ic.gov', 'us-isof-east-1', 'us-isof-south-1'],
]

for (const [partition, suffix, ...regions] of partitions)
  t.test(partition, (t) => {
    t.equal(dnsSuffix(partition), suffix)
    for (const region of regions) {
      t.equal(partitionOfRegion(region), partition, region)
      t.ok(regionForm.test(region), `${region} is taken as a hint`)
      t.ok(isRegion(region), `${region} is read in`)
      t.equal(regionOfArn(`arn:${partition}:sqs:${region}:111122223333:orders`), region)
    }
    const global = globalRegion(partition)
    t.ok(global !== null && partitionOfRegion(global) === partition, `IAM of ${partition} is signed for a Region of it`)
    t.end()
  })

t.test('what is no Region becomes no host name', (t) => {
  for (const text of [null, '', 'evil.example/x', 'eu-west-1.evil.example', 'eu-west', 'EU-WEST-1', 'eu-west-1\n'])
    t.notOk(isRegion(text), String(text))
  t.end()
})
