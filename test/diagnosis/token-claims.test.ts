import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { trust } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const host = 'token.actions.githubusercontent.com'
const refused =
  'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity'

const statement = (Condition: Statement['Condition'], Action = 'sts:AssumeRoleWithWebIdentity'): Statement => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
  Action,
  ...(Condition === undefined ? {} : { Condition }),
})
const after = async (given: Statement, context: Evidence['context'] = {}) => {
  const [diagnosis] = await diagnosesOf(refused, trust(given), { context })
  const [cause] = diagnosis?.causes ?? []
  return { fault: cause?.facts['fault'], edited: cause?.remedies[0]?.editedStatement ?? null }
}

const sub = (value: string | readonly string[]) => ({ [`${host}:sub`]: value })
const aud = (value: string) => ({ [`${host}:aud`]: value })
const main = 'repo:acme/app:ref:refs/heads/main'
const org = { 'aws:RequestedRegion': 'eu-west-1' }

t.test('one fault of a trust policy is corrected, and all else stays', async (t) => {
  const rows: readonly (readonly [string, Statement['Condition'], Evidence['context'], Statement['Condition']])[] = [
    [
      'audience',
      { StringEquals: { ...aud('https://github.com/acme'), ...org }, StringLike: sub('repo:acme/app:*') },
      { [`${host}:sub`]: main, [`${host}:aud`]: 'sts.amazonaws.com' },
      { StringEquals: { ...org, ...aud('sts.amazonaws.com') }, StringLike: sub('repo:acme/app:*') },
    ],
    [
      'subject-differs',
      { StringEquals: { ...aud('sts.amazonaws.com'), ...sub('repo:acme/api:ref:refs/heads/main') } },
      { [`${host}:sub`]: main, [`${host}:aud`]: 'sts.amazonaws.com' },
      { StringEquals: { ...aud('sts.amazonaws.com'), ...sub(['repo:acme/api:ref:refs/heads/main', main]) } },
    ],
    [
      'wrong-case',
      { StringEquals: { ...aud('sts.amazonaws.com'), ...sub('repo:Acme/app:ref:refs/heads/main') } },
      { [`${host}:sub`]: main },
      { StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) } },
    ],
    [
      'wildcard-under-equals',
      { StringEquals: { ...aud('sts.amazonaws.com'), ...sub('repo:acme/app:*') } },
      { [`${host}:sub`]: main },
      { StringEquals: aud('sts.amazonaws.com'), StringLike: sub('repo:acme/app:*') },
    ],
  ]
  const withIds = 'repo:acme@10101/app@20202:ref:refs/heads/main'
  const byName: readonly (readonly [trusted: string | readonly string[], wanted: string | readonly string[]])[] = [
    [main, withIds],
    ['repo:acme/app:*', 'repo:acme@10101/app@20202:*'],
    ['repo:acme/*', 'repo:acme@10101/*'],
    // Others that it accepts stay as they are.
    [
      [main, 'repo:acme/api:ref:refs/heads/main'],
      [withIds, 'repo:acme/api:ref:refs/heads/main'],
    ],
  ]
  const likes = (value: string | readonly string[]): string =>
    JSON.stringify(value).includes('*') ? 'StringLike' : 'StringEquals'
  for (const [trusted, wanted] of byName) {
    const found = await after(statement({ [likes(trusted)]: sub(trusted) }), { [`${host}:sub`]: withIds })
    t.equal(found.fault, 'subject-without-ids')
    t.strictSame(found.edited?.Condition, { [likes(wanted)]: sub(wanted) }, `ids for ${String(trusted)}`)
  }
  const ofOther = await after(statement({ StringEquals: sub('repo:acme/api:ref:refs/heads/main') }), {
    [`${host}:sub`]: withIds,
  })
  t.equal(ofOther.fault, 'subject-differs', 'another repository')
  for (const [fault, before, context, wanted] of rows) {
    const found = await after(statement(before), context)
    t.equal(found.fault, fault)
    t.strictSame(sorted(found.edited?.Condition), sorted(wanted), fault)
  }
})

t.test('subjects with the ids of owner and repository', async (t) => {
  const told = async (text: string): Promise<string> => JSON.stringify(await diagnosesOf(text))
  const rule = async (text: string): Promise<string> => (await answerOf(text))?.causes[0]?.rule ?? ''
  const asked = 'Run aws-actions/configure-aws-credentials@v4\nNot authorized to perform sts:AssumeRoleWithWebIdentity'
  const subject = 'repo:acme@10101/app@20202:ref:refs/heads/main'
  t.match(await told(`${asked}\nThe sub is ${subject}`), `"${host}:sub":"${subject}"`)
  t.notMatch(
    await told(`${asked}\nThe sub is repo:owner@ownerId/repo@repoId:...`),
    'ownerId',
    'what is meant is no subject',
  )
  t.match(await rule(asked), 'OWNER@ID')
  t.notMatch(await rule(`${asked}\nThe sub is ${subject}`), 'OWNER@ID', 'it is known')
  t.notMatch(await rule('Not authorized to perform sts:AssumeRoleWithWebIdentity, on EKS'), 'OWNER@ID')
})

t.test('a subject that nobody told is not said to differ', async (t) => {
  const trusted = statement({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) } })
  const faultIn = async (text: string): Promise<unknown> =>
    (await diagnosesOf(text, trust(trusted)))[0]?.causes[0]?.facts['fault']
  t.equal(await faultIn(refused), 'unknown')
  t.equal(await faultIn(`${refused}\nOur trust policy has the sub ${main}`), 'unknown', 'the trusted one alone is told')
  t.equal(await faultIn(`${refused}\njobs:\n  deploy:\n    environment: production`), 'subject-differs', 'by its job')
  t.equal(await faultIn(`${refused}\nThe sub of the token is repo:acme/app:pull_request`), 'subject-differs')
})

t.test('words beside `environment` are no name of one', async (t) => {
  const trusted = trust(statement({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) } }))
  const subjects = async (text: string): Promise<string> =>
    JSON.stringify((await diagnosesOf(`${text}\n${refused}`, trusted))[0]?.causes[0]?.remedies)
  for (const text of [
    'The same job without an environment set works.',
    'It fails when `environment` is set on the job.',
    'If an environment is used, it fails.',
    'After the environment was added it fails',
  ]) {
    t.notMatch(await subjects(text), ':environment:', text)
    t.match(await subjects(`${text}\njobs:\n  ship:\n    environment: preview\n`), 'acme/app:environment:preview')
  }
  t.match(await subjects('The job has the environment "qa".'), 'acme/app:environment:qa')
  t.match(await subjects('It has `environment: qa`'), 'acme/app:environment:qa')
  t.match(await subjects('It runs in the environment named qa'), 'acme/app:environment:qa')
})

t.test('the action of a trust policy', async (t) => {
  const limited = { StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) } }
  const found = await after(statement(limited, 'sts:AssumeRole'))
  t.equal(found.fault, 'action')
  t.strictSame(found.edited, statement(limited), 'the condition stays')
  const open = await after(statement(undefined, 'sts:AssumeRole'), { [`${host}:sub`]: main })
  t.strictSame(sorted(open.edited?.Condition), sorted(limited), 'nobody is let in by the action alone')
})

t.test('a claim that AWS does not read never holds', async (t) => {
  const claims = (name: string, operator = 'StringEquals'): Statement =>
    statement({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) }, [operator]: { [`${host}:${name}`]: 'x' } })
  const both = (name: string): Statement =>
    statement({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main), [`${host}:${name}`]: 'x' } })
  const found = await after(both('iss'))
  t.equal(found.fault, 'no-such-claim')
  t.strictSame(
    found.edited,
    statement({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) } }),
    'the rest stays',
  )
  t.equal((await after(both('actor'))).fault, 'unknown', 'one of those that it reads of GitHub’s')
  t.equal((await after(claims('iss', 'StringEqualsIfExists'))).fault, 'unknown', 'holds without it')
  const alone = await after(statement({ StringEquals: { [`${host}:exp`]: 'x' } }), { [`${host}:sub`]: main })
  t.strictSame(
    sorted(alone.edited?.Condition),
    sorted({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub(main) } }),
    'nobody is let in by leaving it out',
  )
})

t.test('a whole organisation is not let in', async (t) => {
  const found = await after(statement({ StringEquals: { ...aud('sts.amazonaws.com'), ...sub('repo:acme/*') } }))
  t.match(JSON.stringify(found.edited), 'repo:acme/<Repository>:*')
})

t.test('a trust policy without a subject is not opened to the whole provider', async (t) => {
  const all = async (given: Statement) => {
    const answer = await answerOf(refused, trust(given))
    const [remedy] = answer?.causes[0]?.remedies ?? []
    return { edited: (await after(given)).edited?.Condition, said: answer?.summary ?? '', remedy }
  }
  const placeholder = sub('repo:<Organization>/<Repository>:ref:refs/heads/<Branch>')
  const wrong = await all(statement({ StringEquals: aud('https://github.com/blue-heron') }))
  t.strictSame(sorted(wrong.edited), sorted({ StringEquals: { ...aud('sts.amazonaws.com'), ...placeholder } }))
  t.match(wrong.said, 'demands no subject')
  for (const { name } of wrong.remedy?.placeholders ?? [])
    if (name !== 'RoleName') t.match(JSON.stringify(wrong.remedy?.editedStatement), `<${name}>`, `${name} occurs`)
  t.match(JSON.stringify(wrong.remedy?.commands), `${host}:sub`)
  const action = await all(statement({ StringEquals: aud('sts.amazonaws.com') }, 'sts:AssumeRole'))
  t.strictSame(sorted(action.edited), sorted({ StringEquals: { ...aud('sts.amazonaws.com'), ...placeholder } }))
  const absent = await all(
    statement({ StringEquals: aud('https://x.example'), StringNotEquals: sub('repo:blue-heron/old:*') }),
  )
  t.match(JSON.stringify(absent.edited), '<Repository>', 'what is kept out lets in everybody else')
  const workflow = { [`${host}:job_workflow_ref`]: 'blue-heron/ci/.github/workflows/d.yml@refs/heads/main' }
  const limited = await all(statement({ StringEquals: { ...aud('https://x.example'), ...workflow } }))
  t.strictSame(sorted(limited.edited), sorted({ StringEquals: { ...aud('sts.amazonaws.com'), ...workflow } }))
  t.notMatch(limited.said, 'demands no subject')
  t.notOk(
    limited.remedy?.placeholders.some(({ name }) => name !== 'RoleName'),
    'no placeholder that occurs nowhere',
  )
})

t.test('the audience of an identity provider of one’s own may be a client', async (t) => {
  const own: Statement = {
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/login.heron.example' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'login.heron.example:aud': '0oa9client' } },
  }
  const found = await after(own)
  t.strictSame(found.edited?.Condition, own.Condition)
})

/** The order of operators and keys says nothing. */
const sorted = (block: Statement['Condition']): readonly string[] =>
  Object.entries(block ?? {})
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => JSON.stringify([operator, key, values])))
    .toSorted()

t.test('a repository that only the policy names proves nothing of the token', async (t) => {
  const pattern = (name: string) => ({ StringEquals: aud('sts.amazonaws.com'), StringLike: sub(`repo:${name}:*`) })
  const faultOf = async (told: string) => {
    const [diagnosis] = await diagnosesOf(`${refused}\n${told}`, trust(statement(pattern('linnet-org/ledger'))))
    return diagnosis?.causes[0]
  }
  t.not((await faultOf('branch main'))?.facts['fault'], 'fits')
  t.equal((await faultOf('repo: linnet-org/ledger, branch main'))?.facts['fault'], 'fits')
  const cased = await faultOf('repository on github.com: Linnet-Org/ledger, branch main')
  t.equal(cased?.facts['fault'], 'wrong-case')
  // All else that the pattern lets in stays as it was meant.
  t.match(JSON.stringify(cased?.remedies[0]?.editedStatement), /repo:Linnet-Org\/ledger:\*/)
})
