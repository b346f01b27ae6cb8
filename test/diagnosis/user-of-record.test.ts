import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const record = (identity: object): string =>
  JSON.stringify({
    eventVersion: '1.09',
    userIdentity: identity,
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    awsRegion: 'eu-west-1',
    errorCode: 'Client.UnauthorizedOperation',
    errorMessage: 'You are not authorized to perform this operation.',
  })

t.test('a record that names the user by its name alone: the policy goes to that user', async (t) => {
  const targetsOf = async (identity: object): Promise<readonly string[]> => {
    const [diagnosis] = await diagnosesOf(record(identity))
    return (diagnosis?.causes ?? []).flatMap(({ remedies }) => remedies.flatMap(({ target }) => target?.attachTo ?? []))
  }
  const ofUser = await targetsOf({ type: 'IAMUser', userName: 'ci-deployer' })
  t.ok(ofUser.includes('user/ci-deployer'))
  t.notOk(ofUser.some((target) => target.startsWith('role/<RoleName>')))
  const hidden = await targetsOf({ type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' })
  t.notMatch(JSON.stringify(hidden), /HIDDEN|role\/<RoleName>/)
  t.ok((await targetsOf({ type: 'AssumedRole' })).includes('role/<RoleName>'))
})
