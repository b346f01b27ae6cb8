import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const firstOf = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]
const helper =
  'aws_signing_helper credential-process --certificate bird.pem --role-arn arn:aws:iam::111122223333:role/nest'

t.test('a certificate that is not trusted stands for no policy', async (t) => {
  for (const text of [
    'AccessDeniedException: Untrusted signing certificate',
    `${helper}\n2025/03/03 AccessDeniedException: Certificate has expired`,
    `${helper}\nAccessDeniedException: Trust anchor is disabled`,
  ])
    t.match(
      await firstOf(text),
      {
        ...{ code: 'credentials-invalid', confidence: 'stated', facts: { why: 'certificate' } },
        remedies: [{ kind: 'not-iam', step: 'present-trusted-certificate', statement: null }],
      },
      text,
    )
})

t.test('certificates of others are not those of Roles Anywhere', async (t) => {
  t.not((await firstOf('mqtt: AccessDeniedException: Certificate has expired'))?.facts['why'], 'certificate')
})

t.test('the name of the session is a matter of the profile', async (t) => {
  t.match(await firstOf(`${helper}\nAccessDeniedException: Not authorized to set roleSessionName.`), {
    code: 'other-system',
    remedies: [{ step: 'accept-session-name', command: /update-profile .*--accept-role-session-name/u }],
  })
})
