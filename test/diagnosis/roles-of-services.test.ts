import t from 'tap'
import { diagnosesOf, remediesOf } from './explain-text.ts'

const cognito =
  'arn:aws:sts::444455556666:assumed-role/awscognitoidentityproviderservice-ec2-InstanceRole-B1RD/i-0d0bb2a1'
const invoked = (account: string) =>
  `User: ${cognito} is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:${account}:function:greet`

t.test('a role of Cognito in an account of AWS is the service, let in for the pool', async (t) => {
  const text = `${invoked('111122223333')} (--user-pool-id eu-west-1_B1rdNest1)`
  const [found] = await diagnosesOf(text)
  t.match(found?.causes[0], { code: 'service-principal-policy', confidence: 'stated' })
  t.match(found?.causes[0]?.remedies[0]?.statement, {
    Principal: { Service: 'cognito-idp.amazonaws.com' },
    Condition: {
      ArnLike: { 'aws:SourceArn': 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_B1rdNest1' },
    },
  })
  t.notMatch(await remediesOf(text), '"444455556666')
  t.match(await remediesOf(invoked('111122223333')), 'userpool/<UserPoolId>')
})

t.test('in its own account it is a role of that account', async (t) => {
  const [found] = await diagnosesOf(invoked('444455556666'))
  t.not(found?.causes[0]?.code, 'service-principal-policy')
})
