import t from 'tap'
import { clueShapes } from '../../src/denial/clues/clue-shapes.ts'
import { rows } from '../../src/denial/rows.ts'
import { diagnosesOf } from '../diagnosis/explain-text.ts'

/** Names that every object has: a table that is looked up with one of them must not answer with what it inherits. */
const inherited = ['constructor', '__proto__', 'toString']

/** What stands in a denial next to those, with values of all that tables are asked about. */
const sentences = [
  'com.amazonaws.AmazonServiceException: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 0A1B)',
  'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\n$ aws s3api get-object --bucket reports --key a.csv',
  'User: arn:aws:sts::111122223333:assumed-role/worker/session is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:orders with an explicit deny in a service control policy',
  '{"eventSource":"sqs.amazonaws.com","eventName":"SendMessage","awsRegion":"eu-west-1","errorCode":"AccessDenied","errorMessage":"denied","userIdentity":{"type":"IAMUser","userName":"ana"}}',
  'Error: creating S3 Bucket (reports): AccessDenied: Access Denied',
  'at de_GetItemCommandError (/app/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:1:1) AccessDeniedException',
]
const texts = [...sentences, ...rows.map(({ example }) => example), ...clueShapes.map(({ example }) => example)]

t.test('words of a paste are looked up, and nothing that objects inherit', async (t) => {
  let tried = 0
  const failed: string[] = []
  for (const text of new Set(texts))
    for (const word of text.matchAll(/[A-Za-z][A-Za-z0-9_-]{1,60}/g)) {
      const name = inherited[tried % inherited.length] ?? ''
      const changed = text.slice(0, word.index) + name + text.slice(word.index + word[0].length)
      tried += 1
      const answer = await diagnosesOf(changed).then(JSON.stringify, (error: unknown) => `thrown: ${String(error)}`)
      if (/^thrown: |\[native code\]/.test(answer)) failed.push(`${answer.slice(0, 200)}: ${changed}`)
    }
  t.ok(tried > 1000, `${tried} texts`)
  t.strictSame(failed.slice(0, 5), [])
})
