import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'

const action = 'rds-db:connect'

/**
 * A login to RDS with a token of IAM: the caller lacks `rds-db:connect`, the token does not fit or is too old, or the
 * database user is not one that logs in by IAM. The database tells none of them apart.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 */
export function databaseLogin(s: Situation): readonly Finding[] {
  if (!s.has('database-login-refused') || s.denial.action !== null) return none
  const byPam = s.denial.format === 'rds-iam-login'
  const byToken = s.has('database-token-told')
  if (!byPam && !byToken) return none
  const user = s.told('database-login-refused', 'user')[0] ?? '<DatabaseUserName>'
  const region = s.region ?? s.told('database-host', 'region')[0] ?? '<Region>'
  const account = s.callerAccount ?? '<AccountId>'
  const resource = `arn:${s.partition}:rds-db:${region}:${account}:dbuser:<DbiResourceId>/${user}`
  const permission = finding('missing-allow', 'possible', [addToIdentity(s, [action], [resource])], {
    action,
    resource,
  })
  const token = finding('credentials-expired', 'possible', [act('session', 'make-login-token')])
  const isRds = byToken || s.has('database-host') || s.has('database-of-rds')
  const database = finding(
    'other-system',
    isRds ? 'possible' : 'stated',
    [act('not-iam', byPam ? 'grant-rds-iam' : 'identify-with-plugin', { user })],
    { system: 'database' },
  )
  // PAM may ask something else in a database that nothing says to be of RDS.
  return isRds ? [permission, token, database] : [database, permission, token]
}
