import t from 'tap'
import { isHiddenName } from '../../src/iam/hidden-name.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const hidden = [
  ...[
    'ann.XXXXX',
    'xxx',
    'XXXXXX',
    'app-XXXXXXXX',
    'axxxxxxb',
    'app-xxx-prod',
    '[REDACTED]',
    '[MASKED]-worker',
    'A***n',
  ],
  ...[
    'ann.....',
    '..Admin',
    'app-...-role',
    '\u2026-deploy-role',
    'app-REDACTED',
    'masked',
    '{role}',
    '#####',
    '<имя>',
  ],
  ...[
    'YOUR_ROLE',
    'your-task-role',
    'YourRole',
    'my-role-name-here',
    'ROLE_NAME',
    'my-user-name',
    'MyRoleName',
    'username',
    '<',
  ],
]
const real = [
  ...['ann', 'app-role', 'ann.x', 'maxx', 'xx-small', 'AWSReservedSSO_Admin_0a1b2c3d4e5f6a7b', 'data-masked-etl'],
  ...['AWSServiceRoleForECS', 'ann+test@example.com', 'yourta-role', 'user1', '<user-name>', 'app-<stage>-role'],
]

t.test('names that nobody has', (t) => {
  for (const name of hidden) t.ok(isHiddenName(name), name)
  for (const name of real) t.notOk(isHiddenName(name), name)
  t.end()
})

const denied = (by: string): string =>
  `User: ${by} is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action`

t.test('a command has a place to fill in their stead', async (t) => {
  for (const name of ['ann.XXXXX', '[REDACTED]', 'YOUR_USER', '\u2026-deploy', '<имя>']) {
    const text = denied(`arn:aws:iam::111122223333:user/${name}`)
    const [found] = await diagnosesOf(text)
    const [remedy] = found?.causes[0]?.remedies ?? []
    t.equal(found?.denial.roleOrUserName, name, 'the text is read as it is')
    t.equal(remedy?.readiness, 'has-placeholders', name)
    t.equal(remedy?.target?.attachTo, 'user/<UserName>', name)
    t.match(remedy?.commands?.awsCli, "--user-name '<UserName>'", name)
    t.match(await summaryOf(text), `:user/${name}`, 'who it was, as printed')
  }
  const [role] = await diagnosesOf(denied('arn:aws:sts::111122223333:assumed-role/app-XXXX/s'))
  t.match(role?.causes[0]?.remedies[0], { readiness: 'has-placeholders', target: { attachTo: 'role/<RoleName>' } })
  const [known] = await diagnosesOf(denied('arn:aws:sts::111122223333:assumed-role/app/s'))
  t.match(known?.causes[0]?.remedies[0], { readiness: 'ready', target: { attachTo: 'role/app' } })
})
