import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const classesOf = (text: string): readonly string[] => parsePaste(text).denials.map(({ class: kind }) => kind)

t.test('the words of AWS about a name, and nothing of AWS', (t) => {
  for (const text of [
    'Error: User 42 is not authorized to perform: delete on project',
    'Forbidden: User auth0|123 is not authorized to perform: create:invoice (Auth0)',
  ])
    t.same(classesOf(text), [], text)
  for (const text of [
    'SQL access control error: Insufficient privileges. User JDOE is not authorized to perform: USAGE on INTEGRATION LOAD_INT',
    'ORA-01031: insufficient privileges; user SCOTT is not authorized to perform this operation',
  ])
    t.same(classesOf(text), ['not-aws'], text)
  for (const text of [
    'User: dana is not authorized to perform: s3:GetObject',
    'User bob is not authorized to perform: newservice:Do on resource: arn:aws:newservice:eu-west-1:111122223333:x/y',
    'AccessDeniedException: User dana is not authorized to perform this operation',
    'AWS says: User dana is not authorized to perform this operation',
    'User: anonymous is not authorized to perform: newservice:Do with an explicit deny in an identity-based policy',
    'User: *** is not authorized to perform: newservice:Do',
  ])
    t.same(classesOf(text), ['authorization'], text)
  t.end()
})

t.test('the client of MinIO speaks to the host that it prints', (t) => {
  const refused = 'mc: <ERROR> Unable to list folder. Access Denied.'
  t.same(classesOf(`${refused} (alias: lab https://minio.example.com:9000)`), ['not-aws'])
  t.same(classesOf(`${refused} (alias: s3 https://s3.amazonaws.com)`), ['bare'])
  t.end()
})
