import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const secret = (name: string): string => `arn:aws:secretsmanager:sa-east-1:111122223333:secret:${name}`
const read = 'secretsmanager:GetSecretValue'
const lacking = (name: string, action = read): string => denied(action, secret(name), noIdentity(action))

async function answer(text: string, policies: Policies = {}) {
  const [found] = await diagnosesOf(text, policies)
  const causes = found?.causes ?? []
  const remedies = causes.flatMap((cause) => cause.remedies)
  return {
    codes: causes.map(({ code }) => code),
    // What each remedy would let in, as AWS would store it.
    arns: JSON.stringify(remedies.flatMap(({ statement, editedStatement }) => [statement, editedStatement])),
  }
}

t.test('a name without its six characters, which a statement already covers, is the name of no secret', async (t) => {
  for (const granted of ['mail/smtp-??????', 'mail/smtp-*', 'mail/smtp-Xy34Zw'])
    for (const action of [read, 'secretsmanager:DescribeSecret']) {
      const { codes, arns } = await answer(lacking('mail/smtp', action), identity(allow(action, secret(granted))))
      t.strictSame(codes, ['resource-not-found-as-denied'], `${granted}, ${action}`)
      t.equal(arns, '[null,null]', 'nothing is to be granted')
    }
})

t.test('where the statement is missing too, it is written for the ARN that the secret gets', async (t) => {
  const other = await answer(lacking('mail/imap'), identity(allow(read, secret('mail/smtp-??????'))))
  t.strictSame(other.codes, ['resource-not-found-as-denied', 'resource-arn-mismatch'])
  t.match(other.arns, secret('mail/imap-??????'))
  t.notMatch(other.arns, `${secret('mail/imap')}"`, 'the bare name matches nothing')
  const unread = await answer(lacking('mail/imap'))
  t.strictSame(unread.codes.slice(0, 2), ['resource-not-found-as-denied', 'missing-allow'])
  t.match(unread.arns, secret('mail/imap-??????'))
})

t.test('what has its suffix, hides it or is only being made is another matter', async (t) => {
  t.equal((await answer(lacking('mail/smtp-Ab12Cd'))).codes[0], 'missing-allow')
  t.equal((await answer(lacking('mail/...'))).codes[0], 'missing-allow')
  t.equal((await answer(lacking('mail/smtp', 'secretsmanager:CreateSecret'))).codes[0], 'missing-allow')
  t.equal((await answer(lacking('mail/smtp', 'secretsmanager:TagResource'))).codes[0], 'dependent-action-needed')
})

t.test('the answer tells how AWS’s own ARN shows it', async (t) => {
  const policies = identity(allow(read, secret('mail/smtp-??????')))
  t.match(await summaryOf(lacking('mail/smtp'), policies), /secret:mail\/smtp`? does not exist under this name/u)
})

t.test('a secret of another account is not found by its name alone', async (t) => {
  const text = denied(read, 'mail/smtp', noIdentity(read))
  const foreign = 'arn:aws:secretsmanager:sa-east-1:444455556666:secret:mail/smtp-??????'
  const first = async (said: string, policies: Policies = {}) => (await diagnosesOf(said, policies))[0]?.causes[0]
  const step = { step: 'name-whole-arn', statement: null }
  t.match(await first(text, identity(allow(read, foreign))), {
    code: 'resource-not-found-as-denied',
    confidence: 'evaluated',
    remedies: [{ ...step, values: { account: '444455556666', region: 'sa-east-1' } }],
  })
  t.match(
    await first(text, identity(allow(read, foreign), allow(read, secret('*')))),
    { code: 'resource-not-found-as-denied', remedies: [step] },
    'all secrets of the own account are granted beside it',
  )
  t.match(await first(`${text}\nthe secret is in account 444455556666`), {
    code: 'resource-not-found-as-denied',
    remedies: [{ ...step, values: { account: '444455556666' } }],
  })
  t.notMatch((await first(`${text}\nin account 111122223333`))?.remedies[0], step, 'the caller’s own')
  t.notMatch((await first(text, identity(allow(read, foreign.replace('smtp', 'imap')))))?.remedies[0], step)
})

t.test('a statement on the name alone matches nothing that is stored', async (t) => {
  const policies = identity(allow(read, [secret('mail/smtp'), secret('mail/imap-??????')]))
  const said = [denied(read, 'mail/smtp', noIdentity(read)), denied(read, 'mail/smtp'), lacking('mail/smtp')]
  for (const text of said) {
    const [first, second, ...more] = (await diagnosesOf(text, policies))[0]?.causes ?? []
    t.match(first, { code: 'secret-arn-suffix', confidence: 'evaluated', remedies: [{ kind: 'edit-statement' }] }, text)
    t.strictSame(first?.remedies[0]?.editedStatement?.Resource, [
      secret('mail/smtp-??????'),
      secret('mail/imap-??????'),
    ])
    t.match(second, { code: 'resource-not-found-as-denied', confidence: 'possible' })
    t.strictSame(more, [])
  }
  const foreign = identity(allow(read, secret('mail/smtp').replace('1111', '9999')))
  t.not((await diagnosesOf(said[0] ?? '', foreign))[0]?.causes[0]?.code, 'secret-arn-suffix')
})

t.test('a statement on what is stored under that name asks for no other', async (t) => {
  for (const granted of ['mail/smtp-??????', 'mail/*', 'mail/smtp-Xy34Zw']) {
    const { codes, arns } = await answer(
      denied(read, 'mail/smtp', noIdentity(read)),
      identity(allow(read, secret(granted))),
    )
    t.equal(codes[0], 'resource-not-found-as-denied', granted)
    t.notMatch(arns, 'Allow')
  }
  const both = identity(allow(read, [secret('mail/smtp'), secret('mail/smtp-??????')]))
  t.equal((await answer(denied(read, 'mail/smtp', noIdentity(read)), both)).codes[0], 'resource-not-found-as-denied')
})
