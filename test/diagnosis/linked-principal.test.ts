import t from 'tap'
import { answerOf, diagnosesOf } from './explain-text.ts'

const rejected = (arn: string): string =>
  `Error: error creating KMS Key: MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.\n  "Principal": { "AWS": "${arn}" }`
const linked =
  'arn:aws:iam::111122223333:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing'

t.test('a policy that names a service-linked role before its service was used', async (t) => {
  const [found] = await diagnosesOf(rejected(linked))
  t.strictSame(
    found?.causes.map(({ code }) => code),
    ['service-linked-role', 'stale-principal'],
  )
  t.match(found?.causes[0], {
    confidence: 'possible',
    check: 'aws iam get-role --query Role.CreateDate --role-name AWSServiceRoleForElasticLoadBalancing',
    remedies: [
      {
        step: 'create-service-linked-role',
        command: 'aws iam create-service-linked-role --aws-service-name elasticloadbalancing.amazonaws.com',
      },
    ],
  })
  const summary = (await answerOf(rejected(linked)))?.summary
  t.match(summary, /AWSServiceRoleForElasticLoadBalancing`?, which is not in this account yet/u)
})

t.test('any other role was deleted, or is too young', async (t) => {
  const [found] = await diagnosesOf(rejected('arn:aws:iam::111122223333:role/backup'))
  t.strictSame(
    found?.causes.map(({ code }) => code),
    ['stale-principal', 'propagation-delay'],
  )
})
