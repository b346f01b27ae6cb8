import t from 'tap'
import { readConfig } from '../src/config.ts'
import { createExplainer, type ExplainInput } from '../src/explain.ts'
import { tooDeep } from '../src/http/nesting.ts'
import { policiesLimit } from '../src/http/diagnoses-schema.ts'
import { evaluationReplySchema, type EvaluationReply } from '../src/http/evaluations-route.ts'
import { createGatherer } from '../src/evidence/gatherer.ts'
import type { Policies } from '../src/iam/policies.ts'
import { policyTypes, type PolicyType } from '../src/iam/policy-type.ts'
import type { AccessRequest } from '../src/iam/request.ts'
import { renderMarkdown } from '../src/reply/markdown.ts'
import { replySchema } from '../src/reply/schema.ts'
import { renderSlack } from '../src/reply/slack-blocks.ts'
import { renderText } from '../src/reply/text.ts'
import type { Hints } from '../src/requests/hints.ts'
import { evaluate } from '../src/verdict/evaluate.ts'
import { sentenceOf, wrappers, type Spoken } from './denial/printed.ts'
import { mutateJson, mutateText, type Random } from './helper/mutate.ts'
import { runs, search, seed } from './helper/search.ts'

/**
 * Typical input, broken: whatever is pasted or handed over as a policy, nothing throws, every reply fits its schema,
 * a secret comes back in none, and the time stays in proportion to the size.
 */
t.comment(`seed ${String(seed)}, ${String(runs)} runs`)

const millisecondsFor = (size: number): number => 150 + size / 50

const spoken: readonly Spoken[] = policyTypes.map((policyType, index) => ({
  principal: [
    'arn:aws:sts::111122223333:assumed-role/reporter/i-0123456789abcdef0',
    'arn:aws:iam::111122223333:user/team/kim',
  ][index % 2] as string,
  action: ['s3:GetObject', 'kms:Decrypt', 'sts:AssumeRole', 'iam:PassRole'][index % 4] as string,
  resource: ['arn:aws:s3:::photos/a b.jpg', 'arn:aws:kms:eu-west-1:111122223333:key/k-1', null][index % 3] ?? null,
  policyType,
  effect: index % 2 === 0 ? 'implicit' : 'explicit',
  policyArn: index % 2 === 0 ? null : 'arn:aws:organizations::444455556666:policy/o-1/service_control_policy/p-1',
}))
const record = {
  eventVersion: '1.08',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/reporter/i-0',
    accountId: '111122223333',
    sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/reporter' } },
  },
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-west-1',
  errorCode: 'AccessDenied',
  errorMessage: 'Access Denied',
  requestParameters: { bucketName: 'photos', key: 'a' },
  resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::photos/a' }],
}
const pastes: readonly string[] = [
  ...Object.values(wrappers).flatMap((wrap, index) => {
    const one = spoken[index % spoken.length] as Spoken
    return [wrap(sentenceOf(one), one.action)]
  }),
  ...spoken.map(sentenceOf),
  JSON.stringify(record, null, 2),
  JSON.stringify({ Records: [record, record] }),
  JSON.stringify({ allowed: false, explicitDeny: true, matchedStatements: { items: [] }, context: { principal: {} } }),
  'fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden',
  'You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abc',
  'Unable to locate credentials. You can configure credentials by running "aws configure".',
  'User "system:serviceaccount:apps:web" cannot list resource "pods" in API group ""',
  '에러가 납니다: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
]

const document = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Action: ['s3:Get*', 's3:List*'],
      Resource: 'arn:aws:s3:::photos/${aws:username}/*',
      Condition: {
        StringLike: { 'aws:PrincipalTag/team': ['a*', 'b?'] },
        'ForAllValues:StringEqualsIfExists': { 'aws:TagKeys': ['x', 'y'] },
        IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
        DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
        Null: { 'aws:TokenIssueTime': 'false' },
      },
    },
    { Effect: 'Deny', NotAction: 'iam:*', NotResource: ['arn:aws:s3:::photos', 'arn:aws:kms:*:*:key/*'] },
    { Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] }, Action: '*', Resource: '*' },
  ],
}
const contextValues = ['10.1.2.3', '', '1e999', '2026-13-45', '\uD800', '*', '${aws:username}', '9'.repeat(300), 'true']

/** Documents as objects, as their text, and as text that is no longer JSON. */
const hostileDocument = (random: Random): unknown => {
  const mutated = mutateJson(document, random)
  if (random.chance(4)) return mutateText([JSON.stringify(document), JSON.stringify(mutated)], random, 5000)
  return random.chance(4) ? JSON.stringify(mutated) : mutated
}

const hostilePolicies = (random: Random): Policies => {
  const named = (): { name: string; document: unknown }[] =>
    Array.from({ length: 1 + random.below(3) }, (_, index) => ({
      name: random.chance(9) ? '__proto__' : `policy-${String(index)}`,
      document: hostileDocument(random),
    }))
  const entries = policyTypes
    .filter(() => random.chance(2))
    .map((type): [PolicyType, unknown] => {
      if (random.chance(8)) return [type, random.pick(['unknown', null, []])]
      const isLevelled = type === 'service-control' || type === 'resource-control'
      return [type, isLevelled ? [{ level: 'root', policies: named() }] : named()]
    })
  return Object.fromEntries(entries)
}

const hostileContext = (random: Random): AccessRequest['context'] =>
  Object.fromEntries(
    ['aws:username', 'aws:SourceIp', 'aws:TagKeys', 'aws:PrincipalTag/team', 'aws:CurrentTime', '__proto__']
      .filter(() => random.chance(2))
      .map((key) => [key, random.chance(3) ? [random.pick(contextValues), 'x'] : random.pick(contextValues)]),
  )

/** How much a mutation may put in: mostly little, now and then up to the megabyte that is read at most. */
const sizeOf = (random: Random): number => (random.chance(500) ? 130_000 : random.chance(20) ? 10_000 : 400)

/** An access key somewhere in a text; no reply may hold it. */
const keyId = ['AKIA', 'FUZZFUZZFUZZ2345'].join('')
const withKey = (text: string, random: Random): string => {
  const at = random.below(text.length + 1)
  return `${text.slice(0, at)}${random.pick([' ', '/', '"', '=', '\n', ':'])}${keyId} ${text.slice(at)}`
}

const hostileText = (random: Random): string => {
  const text = mutateText(pastes, random, sizeOf(random))
  return random.chance(8) ? withKey(text, random) : text
}

const hostileHints = (random: Random): Hints => {
  const hint = (): string => mutateText([...pastes, 's3:GetObject', '*'], random, 100).slice(0, 2048)
  const names = (['principal', 'action', 'resource', 'resourceAccount', 'region'] as const).filter(() =>
    random.chance(2),
  )
  return Object.fromEntries(names.map((name) => [name, hint()]))
}

const hostileInput = (random: Random): ExplainInput => ({
  text: hostileText(random),
  ...(random.chance(4) ? { locale: 'ko' as const } : {}),
  ...(random.chance(8) ? { showPolicies: false } : {}),
  ...(random.chance(8) ? { redacted: true } : {}),
  ...(random.chance(4)
    ? { evidence: { policies: hostilePolicies(random), context: hostileContext(random), contextComplete: true } }
    : {}),
  ...(random.chance(10) ? { hints: hostileHints(random) } : {}),
})

const hostileRequest = (random: Random): AccessRequest => ({
  principal: { type: 'assumed-role', arn: 'arn:aws:sts::111122223333:assumed-role/reporter/i-0' },
  action: random.pick(['s3:GetObject', 'kms:Decrypt', 's3:__proto__', 'x:y']),
  resource: random.pick([null, '*', 'arn:aws:s3:::photos/kim/a', 'arn:', 'a*'.repeat(1000), '\uD800']),
  resourceAccount: random.pick([null, '111122223333', '444455556666']),
  context: hostileContext(random),
  contextComplete: random.chance(2),
})

/** No way in takes what is deeper or larger: copies of copies, some too long for a string, and mostly indentation. */
function isRefused(given: unknown): boolean {
  if (given === undefined) return false
  try {
    return tooDeep(given) || JSON.stringify(given).length > policiesLimit
  } catch (error) {
    if (error instanceof RangeError) return true
    throw error
  }
}

/** Milliseconds of processor time so far, which do not count while the machine is busy with others. */
const worked = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What went wrong: it took longer than its size allows, each time, so that it was no collection of garbage. */
async function slowness(work: () => unknown, began: number, size: number): Promise<string | null> {
  const limit = millisecondsFor(size)
  let fastest = worked() - began
  for (let tries = 0; tries < 4 && fastest > limit; tries += 1) {
    const again = worked()
    await work()
    fastest = Math.min(fastest, worked() - again)
  }
  return fastest > limit ? `${fastest.toFixed(0)} ms for ${String(size)} characters` : null
}

t.test('pastes', { timeout: 0 }, async (t) => {
  const gatherer = await createGatherer(readConfig({ EVIDENCE: 'none' }))
  const explainer = createExplainer({ gatherer, offline: gatherer, version: '0' })
  const farDown = await explainer.explain({ text: 'x\n'.repeat(100_000) + pastes.join('\n') })
  t.ok(farDown.kind === 'reply' && replySchema.safeParse(farDown.reply).success, 'a denial far down a long text')
  let recognised = 0
  const problemWith = async (input: ExplainInput, random: Random): Promise<string | null> => {
    if (isRefused(input.evidence)) return null
    const began = worked()
    const explained = await explainer.explain(input)
    const slow = await slowness(() => explainer.explain(input), began, JSON.stringify(input).length)
    if (slow !== null || explained.kind !== 'reply') return slow
    recognised += 1
    const { reply } = explained
    const sent = JSON.stringify(reply)
    const renderings = random.chance(4)
      ? [renderMarkdown(reply, 'en'), renderText(reply, 'ko'), JSON.stringify(renderSlack(reply, { locale: 'en' }))]
      : []
    if ([sent, ...renderings].some((text) => text.includes(keyId))) return 'an access key came back'
    return replySchema.safeParse(JSON.parse(sent)).error?.message ?? null
  }
  t.strictSame(await search(hostileInput, problemWith), [])
  t.comment(`${String(recognised)} of ${String(runs)} were still recognised`)
  t.ok(recognised > runs / 2 || runs < 100, 'the mutations leave enough to be read')
})

t.test('policy documents', { timeout: 0 }, async (t) => {
  const decisions: Record<string, number> = {}
  const given = (random: Random) => ({ request: hostileRequest(random), policies: hostilePolicies(random) })
  const problemWith = async (input: ReturnType<typeof given>): Promise<string | null> => {
    if (isRefused(input.policies)) return null
    // A copy, because policies are compiled once.
    const decide = (): EvaluationReply => evaluate(input.request, { ...input.policies })
    const began = worked()
    const verdict = decide()
    decisions[verdict.decision] = (decisions[verdict.decision] ?? 0) + 1
    const slow = await slowness(decide, began, JSON.stringify(input).length)
    // Where statements are quoted is up to whoever renders the verdict.
    const policyTypes = verdict.policyTypes.map((type) => ({
      ...type,
      determining: type.determining.map((ref) => ({ ...ref, quoted: null })),
    }))
    const sent: unknown = JSON.parse(JSON.stringify({ ...verdict, policyTypes }))
    return slow ?? evaluationReplySchema.safeParse(sent).error?.message ?? null
  }
  t.strictSame(await search(given, problemWith), [])
  t.comment(JSON.stringify(decisions))
  t.ok(Object.keys(decisions).length >= 3 || runs < 100, 'the documents still decide')
})

t.test('nothing reached a prototype', (t) => {
  t.notOk('polluted' in {})
  t.end()
})
