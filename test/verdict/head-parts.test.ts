import t from 'tap'
import { compileResourcePattern } from '../../src/verdict/arn-pattern.ts'

const accountPartOf = (account: string): unknown => {
  const pattern = compileResourcePattern(`arn:aws:sqs:eu-west-1:${account}:orders`, true)
  return pattern.kind === 'arn' ? pattern.head[4] : null
}

t.test('parts of ARNs stay compiled, whatever many others were there before', (t) => {
  for (let at = 0; at < 3000; at += 1) accountPartOf(String(100_000_000_000 + at))
  t.equal(accountPartOf('444455556666'), accountPartOf('444455556666'))
  const long = '4'.repeat(25)
  t.not(accountPartOf(long), accountPartOf(long), 'long ones are no account')
  t.end()
})
