import t from 'tap'
import { scanSnapshot } from '../../src/evidence/snapshot/scan.ts'

/** What is found in a text; a scan that goes round and round is ended after a few of its pauses. */
async function scan(text: string): Promise<readonly string[]> {
  const found: string[] = []
  let pauses = 0
  await scanSnapshot(Buffer.from(text), {
    entry: (list, start, end) => found.push(`${list} ${text.slice(start, end)}`),
    part: (name, start, end) => found.push(`${name} ${text.slice(start, end)}`),
    list: () => undefined,
    progress: () => {
      pauses += 1
      if (pauses > 5) throw new Error('it does not end')
    },
  })
  return found
}

t.test('the entries of a snapshot', async (t) => {
  t.strictSame(
    await scan('{"RoleDetailList": [ {"a": "}]"} , {"b": [{}]}, 5, "x" ], "Accounts": {"1": {}}} {"Policies": []}'),
    ['RoleDetailList {"a": "}]"}', 'RoleDetailList {"b": [{}]}', 'Accounts {"1": {}}'],
  )
})

t.test('what is cut or unbalanced is no snapshot, and found out in the end', async (t) => {
  const texts = [
    '{"RoleDetailList":[}]}',
    '{"UserDetailList":[{},}]}',
    '{"UserDetailList":[{} }]}',
    '{"Policies":[,]}',
    '{"Policies":[{},,{}]}',
    '{"Policies":[5}]}',
    '{"GroupDetailList":[',
    '{"GroupDetailList":[{}',
    '{"GroupDetailList":[{"a": "',
    '{"Organization":{"a"',
    '}{"RoleDetailList":[]',
    ']',
  ]
  for (const text of texts) await t.rejects(scan(text), { message: /^(?:cut|unbalanced)$/ }, text)
})
