import t from 'tap'
import { trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const host = 'token.actions.githubusercontent.com'
const refused = 'Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity'
const trusting = (sub: string) =>
  trust({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: sub } },
  })
const main = 'repo:globex/site:ref:refs/heads/main'

async function added(text: string, trusted: string | null = main): Promise<string | undefined> {
  const [diagnosis] = await diagnosesOf(`${text}\n${refused}`, trusted === null ? {} : trusting(trusted))
  return diagnosis?.causes[0]?.facts['subject']?.replace(/^repo:(?:globex\/site|<Organization>\/<Repository>):/u, '')
}
const branch = 'ref:refs/heads/<Branch>'
const tag = 'ref:refs/tags/<Tag>'

t.test('the subject follows from the event that the text tells', async (t) => {
  for (const [text, wanted] of [
    ['on:\n  pull_request:\n    types: [opened]\n', 'pull_request'],
    ['on: pull_request', 'pull_request'],
    ['on: [push, pull_request]', 'pull_request'],
    ['on:\n  push:\n    branches: [main]\n  pull_request:\n', 'pull_request'],
    ['GITHUB_EVENT_NAME: pull_request', 'pull_request'],
    ['GITHUB_REF=refs/pull/31/merge', 'pull_request'],
    ['Merges to main deploy, but it fails on pull requests', 'pull_request'],
    ['the pull request workflow cannot log in', 'pull_request'],
    ['on:\n  push:\n    tags:\n      - "v*"\n', tag],
    ['GITHUB_REF: refs/tags/v3.1.0', tag],
    ['It works on main and fails when I push a tag', tag],
  ] as const)
    t.equal(await added(text), wanted, text)
})

t.test('an environment comes before the event', async (t) => {
  t.equal(await added('on: pull_request\njobs:\n  plan:\n    environment: review\n'), 'environment:review')
})

t.test('what is trusted already, or was no trigger, is not offered', async (t) => {
  for (const [text, trusted] of [
    ['on: pull_request', 'repo:globex/site:pull_request'],
    ['on:\n  push:\n    tags: ["v*"]', 'repo:globex/site:ref:refs/tags/v1'],
    ['on:\n  pull_request_target:\n', main],
    ["if: github.event_name != 'pull_request'", main],
    ['env:\n  PR: ${{ github.event.pull_request.number }}', main],
    ['I opened pull request 12 for it', main],
    ['on:\n  push:\n    branches: [dev]\n  pull_request:\n', null],
    ['tags: { team: site }', main],
  ] as const)
    t.equal(await added(text, trusted), branch, text)
})
