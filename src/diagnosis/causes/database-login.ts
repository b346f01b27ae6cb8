import { finding, none, type Finding } from '../finding.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { act, addToIdentity, allow, editStatement } from '../fixes.ts'
import { taskWithoutGrant } from './ecs-roles.ts'
import { placeOf, withResources } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'

const action = 'rds-db:connect'

/**
 * A login to RDS with a token of IAM: the caller lacks `rds-db:connect`, the token does not fit or is too old, or the
 * database user is not one that logs in by IAM. The database tells none of them apart.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 */
export function databaseLogin(s: Situation): readonly Finding[] {
  if (s.denial.action !== null) return none
  if (s.has('database-password-asked') && s.has('database-token-told')) return [askedForPassword(s)]
  if (!s.has('database-login-refused')) return none
  const byPam = s.denial.format === 'rds-iam-login'
  const byToken = s.has('database-token-told')
  if (!byPam && !byToken) return none
  const user = s.told('database-login-refused', 'user')[0] ?? '<DatabaseUserName>'
  const region = s.region ?? s.told('database-host', 'region')[0] ?? only(s.told('region-named', 'region'))
  const account =
    s.callerAccount ?? only(s.told('account-named', 'account')) ?? only(s.told('database-user-arn', 'account'))
  const id = only(s.told('database-id-told', 'id')) ?? '<DbiResourceId>'
  const resource = `arn:${s.partition}:rds-db:${region ?? '<Region>'}:${account ?? '<AccountId>'}:dbuser:${id}/${user}`
  const [ofTask] = taskWithoutGrant(s, action, resource)
  const permission = ofTask ?? lacking(s, resource)
  const token = finding('credentials-expired', 'possible', [act('session', 'make-login-token')], { why: 'login-token' })
  // The first logins went through: neither the permission nor the database user was missing.
  if (s.has('login-token-outlived')) return [token]
  const pod = podWithoutRole(s)
  // PostgreSQL asks PAM for users alone that have rds_iam already; in a database that is not of RDS it asks something else.
  const step = byPam
    ? act('not-iam', 'ask-other-system', { system: 'database' })
    : act('not-iam', 'identify-with-plugin', { user })
  const database = finding('other-system', 'possible', [step], { system: 'database' })
  return permission === null ? [...pod, token, database] : [permission, ...pod, token, database]
}

/**
 * Any credentials sign a token, and the database does not say whose did: a pod that was to have a role of its own may
 * have signed with its node's.
 */
const podWithoutRole = (s: Situation): readonly Finding[] =>
  s.has('pod-identity-set-up') && s.denial.principal === null
    ? [
        finding('wrong-principal', 'possible', [act('switch-principal', 'restart-pod-with-role')], {
          why: 'node-role',
          workload: 'kubernetes-pod',
        }),
      ]
    : none

/** PostgreSQL asks PAM, and that IAM, for users with rds_iam alone: it took the token of another one for a password. */
const askedForPassword = (s: Situation): Finding =>
  finding(
    'other-system',
    'stated',
    [act('not-iam', 'grant-rds-iam', { user: s.told('database-password-asked', 'user')[0] ?? '<DatabaseUserName>' })],
    { system: 'database' },
  )

const only = (values: readonly string[]): string | undefined => (new Set(values).size === 1 ? values[0] : undefined)

/** What the login asks IAM for; `null` where the policies that were read have it. */
function lacking(s: Situation, resource: string): Finding | null {
  const add = addToIdentity(s, [action], [resource])
  const plain = finding('missing-allow', 'possible', [add], { action, resource })
  if (!s.wasRead('identity-based')) return plain
  const naming = allowsOf(s, 'identity-based', action)
  // `rds:*` has nothing of it: logins have a prefix of their own.
  if (naming.length === 0) return { ...plain, confidence: 'evaluated' }
  const [conditioned] = naming.filter(({ conditions }) => conditions.length > 0)
  if (conditioned !== undefined) return plain
  const fits = naming.map((one) => one.resources.map((arn) => fit(arn, resource))).flat()
  if (fits.includes('yes')) return null
  const near = naming.find(({ resources }) => resources.length > 0)
  const [found] = near?.resources ?? []
  if (near === undefined || found === undefined || fits.includes('maybe')) return plain
  const kept = near.resources.filter((arn) => arn !== found)
  return finding(
    'resource-arn-mismatch',
    'evaluated',
    [
      editStatement(s, near, allow([action], [resource]), withResources(near, [...kept, resource])),
      { ...add, alternative: true },
    ],
    { action, found, wanted: resource, ...placeOf(near) },
  )
}

/** The name of an instance, or anything else that is none of these, is the id of nothing. */
const isId = (text: string): boolean => /^(?:(?:db|cluster)-[A-Z0-9]{8,40}|prx-[0-9a-z]{8,40})$/u.test(text)

/** Whether the ARN of a statement is for this login; what the text does not tell of it may be what stands there. */
function fit(pattern: string, resource: string): 'yes' | 'no' | 'maybe' {
  if (matchesWildcard(compileWildcard(pattern), resource)) return 'yes'
  const [, , service, region, account, kind, name = ''] = pattern.split(':')
  const [, , , askedRegion = '', askedAccount = '', , asked = ''] = resource.split(':')
  const [id = '', ...user] = name.split('/')
  const [askedId = '', ...askedUser] = asked.split('/')
  if (service !== 'rds-db' || kind !== 'dbuser' || (!isId(id) && !/[*?$]/u.test(id))) return 'no'
  const parts = [
    [region, askedRegion],
    [account, askedAccount],
    [id, askedId],
    [user.join('/'), askedUser.join('/')],
  ] as const
  const isOther = parts.some(
    ([own = '', wanted]) =>
      !wanted.startsWith('<') && !own.includes('${') && !matchesWildcard(compileWildcard(own), wanted),
  )
  return isOther ? 'no' : 'maybe'
}
