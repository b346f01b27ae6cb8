import t from 'tap'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const event = (failureReason: string): string =>
  JSON.stringify({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'Replication:OperationFailedReplication',
        userIdentity: { principalId: 's3.amazonaws.com' },
        s3: {
          bucket: {
            name: 'ledger-main',
            ownerIdentity: { principalId: 'A1' },
            arn: 'arn:aws:s3:::ledger-main',
          },
          object: { key: 'may.csv', size: 12 },
        },
        replicationEventData: {
          replicationRuleId: 'all',
          destinationBucket: 'arn:aws:s3:::ledger-copy',
          s3Operation: 'OBJECT_PUT',
          failureReason,
        },
      },
    ],
  })
const role = 'arn:aws:iam::111122223333:role/copier'
const first = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]?.causes ?? []

t.test('an object that was not replicated, and why', async (t) => {
  const [lacking] = await first(`${event('DstPutObjNotPermitted')} with ${role}`)
  t.match(lacking, { code: 'service-role-missing-allow' })
  t.strictSame(
    lacking?.remedies.map(({ statement }) => statement?.Resource),
    ['arn:aws:s3:::ledger-copy/*', 'arn:aws:s3:::ledger-main/*', 'arn:aws:s3:::ledger-main'],
  )
  t.equal(lacking?.remedies[0]?.target?.attachTo, 'role/copier')
  const [trust] = await first(event('AssumeRoleNotPermitted'))
  t.equal(trust?.code, 'trust-policy')
  t.match(trust?.remedies[0]?.statement?.Principal, { Service: 's3.amazonaws.com' })
  t.strictSame(await first(event('DstBucketUnversioned')), [], 'no permission is lacking')
})

t.test('a role that has all that it takes, and a bucket of another account', async (t) => {
  const full = identity(allow('s3:Replicate*', 'arn:aws:s3:::ledger-copy/*'))
  const text = `${event('DstPutObjNotPermitted')} role ${role}, ledger-copy belongs to 444455556666`
  const [beyond] = await first(text, full)
  t.equal(beyond?.code, 'cross-account-resource-side')
  t.equal(beyond?.confidence, 'possible')
  t.match(beyond?.remedies[0]?.statement, { Principal: { AWS: role }, Resource: 'arn:aws:s3:::ledger-copy/*' })
  const read = { ...full, ...resource({ ...allow('s3:GetObject'), Principal: { AWS: role } }) }
  t.equal((await first(text, read))[0]?.confidence, 'evaluated')
  const own = await first(text.replace('444455556666', '111122223333'), full)
  t.notOk(own.some(({ code }) => code === 'cross-account-resource-side'))
})

t.test('of the destination only what its policy does not let in yet is asked', async (t) => {
  const text = `${event('DstPutAclNotPermitted')} role ${role}, ledger-copy belongs to 444455556666`
  const full = identity(allow(['s3:Replicate*', 's3:ObjectOwnerOverrideToBucketOwner'], 'arn:aws:s3:::ledger-copy/*'))
  const open = resource({
    ...allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], 'arn:aws:s3:::ledger-copy/*'),
    Principal: { AWS: role },
  })
  const [beyond] = await first(text, { ...full, ...open })
  t.equal(beyond?.code, 'cross-account-resource-side')
  t.same(beyond?.remedies[0]?.statement?.Action, 's3:ObjectOwnerOverrideToBucketOwner')
  const [unread] = await first(text, full)
  t.match(unread?.remedies[0]?.statement?.Action, [
    's3:ReplicateObject',
    's3:ReplicateDelete',
    's3:ReplicateTags',
    's3:ObjectOwnerOverrideToBucketOwner',
  ])
})
