import { readFileSync } from 'node:fs'
import t from 'tap'
import { readConfig } from '../../src/config.ts'
import { maskSecrets } from '../../src/denial/redact.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { createExplainer } from '../../src/explain.ts'
import { isObject } from '../../src/iam/json.ts'
import { maskDeep, maskReply, shared } from '../../src/reply/mask.ts'
import { locales, replySchema, type Locale, type Reply } from '../../src/reply/schema.ts'

const key = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')
const secrets = [
  key,
  `AWS_SECRET_ACCESS_KEY=${'abcdEFGH01'.repeat(4)}`,
  `Authorization: Basic ${'abcdEFGH01'.repeat(2)}`,
  `encoded message: ${'abcdEFGH01'.repeat(4)}`,
]
const hidden = /IOSFODNN7EXAMPLE|(?:abcdEFGH01){2}/

const gatherer = await createGatherer(readConfig({ EVIDENCE: 'sample' }), {})
const explainer = createExplainer({ gatherer, offline: gatherer, version: '1' })
const replyTo = async (text: string, locale: Locale = 'en'): Promise<Reply> => {
  const explained = await explainer.explain({ text, locale })
  if (explained.kind !== 'reply') throw new Error('nothing recognised')
  return explained.reply
}

const samples = JSON.parse(
  readFileSync(new URL('../../data/sample-pastes.json', import.meta.url), 'utf8'),
) as readonly {
  readonly text: string
}[]
const pastes = samples.map(({ text }) => text)

/** What masking means, without any short cut. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value)
  if (Array.isArray(value)) return value.map(masked)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [maskSecrets(name), masked(member)]))
}

/** A copy in which the string or the name of the field at one place, counted through the value, is another. */
function withStringAt(value: unknown, at: number, change: (text: string) => string): unknown {
  let place = 0
  const changed = (text: string): string => (place++ === at ? change(text) : text)
  const copy = (part: unknown): unknown => {
    if (typeof part === 'string') return changed(part)
    if (Array.isArray(part)) return part.map(copy)
    if (!isObject(part)) return part
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [changed(name), copy(member)]))
  }
  return copy(value)
}

function countStrings(value: unknown): number {
  if (typeof value === 'string') return 1
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countStrings(item), 0)
  if (!isObject(value)) return 0
  return Object.values(value).reduce<number>((sum, member) => sum + 1 + countStrings(member), 0)
}

t.test('a secret is found in whichever string of a reply it stands', async (t) => {
  const reply = await replyTo(pastes[0] ?? '')
  const strings = countStrings(reply)
  t.ok(strings > 200)
  for (let at = 0; at < strings; at += 1) {
    const secret = secrets[at % secrets.length] ?? key
    const leaking = withStringAt(reply, at, (text) => `${text} ${secret}`)
    const safe = maskDeep(leaking)
    t.notMatch(JSON.stringify(safe), hidden, `string ${at}`)
    t.strictSame(safe, masked(leaking))
  }
})

t.test('the same in whole replies, and in a plan that repeats commands or has others', async (t) => {
  const reply = await replyTo(pastes[0] ?? '')
  t.equal(maskReply(reply), reply, 'nearly all are given back as they are')
  const [step] = reply.plan
  if (step?.commands == null) throw new Error('no commands')
  t.equal(step.commands, reply.diagnoses[0]?.causes[0]?.remedies[0]?.commands, 'the plan repeats the commands')
  const leaking: Reply = { ...reply, plan: [{ ...step, commands: { ...step.commands, terraform: `# ${key}` } }] }
  t.strictSame(maskReply(leaking), masked(leaking))
  t.notMatch(JSON.stringify(maskReply(leaking)), hidden)
  t.notMatch(JSON.stringify(maskReply({ ...reply, notes: [key] })), hidden)
  t.notMatch(JSON.stringify(maskReply({ ...reply, redactedText: key })), hidden)
})

t.test('a shared part with a secret is masked all the same', (t) => {
  t.notMatch(JSON.stringify(maskDeep({ part: shared([key]) })), hidden)
  const clean = shared(['nothing that has to be hidden'])
  t.strictSame(maskDeep({ part: clean, other: key }), { part: clean, other: maskSecrets(key) })
  t.end()
})

for (const locale of locales)
  t.test(`replies hold what the schema names, and share nothing that changes: ${locale}`, async (t) => {
    for (const text of pastes) {
      const reply = await replyTo(text, locale)
      const json = JSON.stringify(reply)
      t.strictSame(replySchema.parse(JSON.parse(json)), JSON.parse(json), 'no field that the schema does not know')
      const secret = await replyTo(`${text}\n${text.replaceAll('111122223333', key)}`, locale)
      t.notMatch(JSON.stringify(secret), hidden)
      t.equal(JSON.stringify(reply), json, 'another reply has not changed it')
    }
  })
