import t from 'tap'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const launch =
  'Launch failed. You are not authorized to perform this operation. Encoded authorization failure message: Ab3dEf6hIj9kLm2nOp5qRs8tUv1w'
const causesOf = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]?.causes ?? []
const all = identity(allow('ec2:*'))

t.test('a role that is picked for an instance has to be passed', async (t) => {
  for (const told of [
    'It fails only when I select the IAM role crm-web in the wizard.',
    'Lancement refus\u00e9 avec le r\u00f4le IAM crm-web',
  ]) {
    const [first, next] = await causesOf(`${launch} ${told}`, all)
    t.match(first, { code: 'pass-role', confidence: 'possible' }, told)
    t.equal(first?.remedies[0]?.statement?.Resource, 'arn:aws:iam::<AccountId>:role/crm-web')
    t.equal(next?.code, 'undetermined')
    const [unread, then] = await causesOf(`${launch} ${told}`)
    t.equal(unread?.code, 'undetermined', 'where nothing was read, decoding goes first')
    t.equal(then?.code, 'pass-role')
  }
})

t.test('a role that acts, or may be passed, is none of these', async (t) => {
  const acts = await causesOf(`${launch} My IAM role is called developers.`, all)
  t.notOk(acts.some(({ code }) => code === 'pass-role'))
  const passes = identity(allow('ec2:*'), allow('iam:PassRole', 'arn:aws:iam::111122223333:role/crm-*'))
  const told = await causesOf(`${launch} I chose the IAM role crm-web`, passes)
  t.notOk(told.some(({ code }) => code === 'pass-role'))
})
