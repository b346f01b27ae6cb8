import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { maskSecrets, redactPaste } from '../../src/denial/redact.ts'
import { policyTypes } from '../../src/iam/policy-type.ts'
import { addresses, escaped, hasImplicitForm, sentenceOf, wrapped, wrappers, type Spoken } from './printed.ts'

const full = process.env['CI'] === 'true'
const seed = Number(process.env['SEED'] ?? 20_260_105)
const options = (runs: number): fc.Parameters<unknown> => ({ seed, numRuns: full ? runs * 10 : runs })
t.comment(`seed ${seed}`)

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const charactersOf = (text: string): readonly string[] => Array.from(text)
const name = (extra: string, maxLength = 24): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...charactersOf(alphabet + extra)), minLength: 2, maxLength })
    .map((text) => `n${text}e`)

const principal = fc.oneof(
  fc
    .tuple(name('-_'), name('=@.,-'))
    .map(([role, session]) => `arn:aws:sts::111122223333:assumed-role/${role}/${session}`),
  fc
    .tuple(fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'), name('.@+-'))
    .map(([partition, user]) => `arn:${partition}:iam::111122223333:user/team/${user}`),
  fc.constantFrom('arn:aws:iam::111122223333:root', 'anonymous', 'events.amazonaws.com'),
)
const action = fc
  .tuple(
    fc.constantFrom('s3', 'iam', 'ec2', 'sqs', 'execute-api', 'SNS', 'dynamodb'),
    fc.constantFrom('Get', 'List', 'Describe', 'Create', 'Put', 'Delete'),
    name('', 12),
  )
  .map(([service, verb, rest]) => `${service}:${verb}${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}`)
const resource = fc.oneof(
  fc
    .tuple(name('-'), name('-_./'))
    .map(([table, index]) => `arn:aws:dynamodb:eu-west-1:111122223333:table/${table}/index/${index}`),
  name('-_').map((role) => `role ${role}`),
  name('-').map((bucket) => `arn:aws:s3:::${bucket}`),
  fc.constantFrom('*', 'arn:aws:ec2:eu-west-1:111122223333:instance/*', 'arn:aws:iam::111122223333:role/'),
)
const quotedKey = name('-_./ ()=&', 40).map((key) => `arn:aws:s3:::amzn-s3-demo-bucket/${key.replace(/\s+/g, ' ')}`)

const spoken: fc.Arbitrary<Spoken> = fc
  .record({
    principal,
    action,
    resource: fc.option(resource, { nil: null }),
    policyType: fc.option(fc.constantFrom(...policyTypes), { nil: null }),
    effect: fc.option(fc.constantFrom('implicit' as const, 'explicit' as const), { nil: null }),
    policyArn: fc.option(
      name('-').map((policy) => `arn:aws:iam::111122223333:policy/${policy}`),
      { nil: null },
    ),
  })
  .map((denial) => {
    const { policyType } = denial
    const effect =
      policyType === null ? (denial.effect === null ? null : ('explicit' as const)) : (denial.effect ?? 'explicit')
    const said =
      policyType !== null && effect === 'implicit' && !hasImplicitForm(policyType) ? ('explicit' as const) : effect
    return { ...denial, effect: said, policyArn: policyType !== null && said === 'explicit' ? denial.policyArn : null }
  })

const core = ['principal', 'action', 'resource', 'policyType', 'effect', 'policyArn'] as const
const partsOf = (denial: Denial | Spoken | undefined): Record<string, unknown> =>
  Object.fromEntries(core.map((part) => [part, denial?.[part] ?? null]))
/** What a text says: principal, action, … of its only denial. */
const read = (text: string): Record<string, unknown> => {
  const { denials } = parsePaste(text)
  return denials.length === 1 ? partsOf(denials[0]) : { denials: denials.length }
}

t.test('a denial in any wrapper and under any layer of escaping is read back', (t) => {
  fc.assert(
    fc.property(spoken, fc.constantFrom(...Object.keys(wrappers)), fc.nat(3), (denial, wrapper, rounds) => {
      const text = escaped(wrappers[wrapper]?.(sentenceOf(denial), denial.action) ?? '', rounds)
      assert.deepEqual(read(text), partsOf(denial))
      return true
    }),
    options(300),
  )
  t.pass('holds')
  t.end()
})

t.test('a denial in an address is read back, and of one that was cut nothing that was not said', (t) => {
  fc.assert(
    fc.property(
      spoken,
      fc.constantFrom(...Object.keys(addresses)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (denial, address, part) => {
        // What a slash ends goes on in the next line.
        fc.pre(denial.resource?.endsWith('/') !== true)
        const text = addresses[address]?.(sentenceOf(denial)) ?? ''
        assert.deepEqual(read(text), partsOf(denial), text)
        for (const found of parsePaste(text.slice(0, Math.floor(text.length * part))).denials)
          for (const field of ['principal', 'action', 'resource', 'policyArn'] as const)
            assert.ok(found[field] === null || denial[field]?.startsWith(found[field]), `${field} ${found[field]}`)
        return true
      },
    ),
    options(200),
  )
  t.pass('holds')
  t.end()
})

t.test('a quoted S3 key with blanks is read whole', (t) => {
  fc.assert(
    fc.property(spoken, quotedKey, fc.nat(3), (denial, key, rounds) => {
      const text = escaped(sentenceOf({ ...denial, resource: `"${key}"` }), rounds)
      return read(text)['resource'] === key
    }),
    options(100),
  )
  t.pass('holds')
  t.end()
})

t.test('hard line breaks, frames and quoting change nothing where fixed words close the sentence', (t) => {
  fc.assert(
    fc.property(
      spoken.filter((denial) => denial.policyType !== null && denial.policyArn === null),
      fc.integer({ min: 24, max: 110 }),
      fc.constantFrom('', '> ', '│ ', '    ', '> > '),
      (denial, width, prefix) => {
        // A terminal that breaks at a blank drops it from sight; the blank of `role app` cannot be told then.
        const withoutEntity = denial.resource?.startsWith('role ') === true ? { ...denial, resource: null } : denial
        assert.deepEqual(read(wrapped(sentenceOf(withoutEntity), width, prefix)), partsOf(withoutEntity))
        return true
      },
    ),
    options(200),
  )
  t.pass('holds')
  t.end()
})

t.test('a cut paste never invents a field', (t) => {
  fc.assert(
    fc.property(
      spoken,
      fc.constantFrom(...Object.keys(wrappers)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (denial, wrapper, part) => {
        const text = wrappers[wrapper]?.(sentenceOf(denial), denial.action) ?? ''
        const cut = text.slice(0, Math.floor(text.length * part))
        for (const found of parsePaste(cut).denials)
          for (const field of ['principal', 'action', 'resource', 'policyArn'] as const) {
            const value = found[field]
            assert.ok(!(value !== null && !cut.includes(value)), `${field} ${value} is not in ${cut}`)
            assert.ok(
              !(value !== null && denial[field]?.startsWith(value) !== true),
              `${field} ${value} was never said in ${cut}`,
            )
          }
        return true
      },
    ),
    options(200),
  )
  t.pass('holds')
  t.end()
})

t.test('spans mark the original characters', (t) => {
  fc.assert(
    fc.property(
      spoken,
      fc.constantFrom('plain', 'aws-cli', 'json', 'terraform'),
      fc.string({ maxLength: 40 }),
      (denial, wrapper, before) => {
        const text = `${before.replace(/[\\"'`\n*<[&]/g, ' ').replaceAll('\u001b', ' ')}\n${wrappers[wrapper]?.(sentenceOf(denial), denial.action) ?? ''}`
        const found = parsePaste(text).denials.find(({ action }) => action === denial.action)
        for (const part of ['principal', 'action', 'resource'] as const) {
          const mark = found?.marks[part]
          if (denial[part] !== null) assert.equal(mark === undefined ? null : text.slice(...mark), denial[part])
        }
        const [start, end] = found?.span ?? [0, 0]
        return text.slice(start, end).includes('not authorized to perform')
      },
    ),
    options(100),
  )
  t.pass('holds')
  t.end()
})

const fragments = fc.constantFrom(
  'User: ',
  'is not authorized to perform: ',
  's3:GetObject',
  ' on resource: ',
  '"',
  "'",
  '`',
  '\\',
  '\\n',
  '\\"',
  '\\u003c',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  'arn:aws:iam::111122223333:role/app',
  ' because no identity-based policy allows the ',
  ' with an explicit deny in a ',
  'Encoded authorization failure message: ',
  'aBc_-123',
  '\n',
  '│ ',
  '> ',
  '**',
  '&quot;',
  '\u001b[31m',
  '\u200b',
  '{"userIdentity":',
  '{"Records":[',
  'An error occurred (AccessDenied) when calling the ',
  'operation error S3: ',
  'Access Denied',
  'aws s3 cp ',
  's3://b/k ',
  'status code: 403',
  '\ud800',
  '\u2026',
  'ResourceStatus ResourceStatusReason\n',
  'On resource(s): ',
  'Action: ',
)

t.test('no text throws, and every span lies in the text', (t) => {
  const text = fc.oneof(
    fc
      .array(fc.oneof(fragments, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
      .map((parts) => parts.join('')),
    fc.json(),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (paste) => {
      for (const { span, marks } of parsePaste(paste).denials)
        for (const [start, end] of [span, ...(Object.values(marks) as (readonly [number, number])[])])
          if (!(start >= 0 && start <= end && end <= paste.length)) return false
      maskSecrets(paste)
      return typeof redactPaste(paste) === 'string'
    }),
    options(400),
  )
  t.pass('holds')
  t.end()
})

t.test('two denials in one paste stay two, in order', (t) => {
  fc.assert(
    fc.property(
      spoken,
      spoken,
      fc.constantFrom('aws-cli', 'go-v2', 'java-v1', 'xml', 'docker', 'boto3'),
      (one, two, wrapper) => {
        fc.pre(one.action !== two.action)
        const text = [one, two].map((denial) => wrappers[wrapper]?.(sentenceOf(denial), denial.action) ?? '').join('\n')
        assert.deepEqual(parsePaste(text).denials.map(partsOf), [partsOf(one), partsOf(two)])
        return true
      },
    ),
    options(150),
  )
  t.pass('holds')
  t.end()
})
