import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { anotherIdentity } from './another-identity.ts'
import type { Answer } from './answer.ts'
import { collectionAnswer, isOfCollection } from './collection-access.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { isGrantedAll } from './role-shortfall.ts'

export const modelAccess: Answer = (s) => {
  const region = finding('wrong-region', 'possible', [act('not-iam', 'set-region', {})], {
    region: s.region ?? s.told('region-named', 'region')[0],
  })
  const model = finding('bedrock-model-access', 'stated', [act('not-iam', 'enable-model-access', {})], {
    region: s.region,
  })
  // Access that is said to be granted was granted in another Region, or account.
  return s.has('access-granted-told') ? [region, { ...model, confidence: 'possible' }] : [model, region]
}

/**
 * A model that is only offered across Regions is called by an inference profile, whose policy names both.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 */
export const profileNeeded: Answer = (s) => {
  const model = s.told('model-not-on-demand', 'model')[0] ?? '<ModelId>'
  const command = shellLine([
    ...['aws', 'bedrock', 'list-inference-profiles', '--region', s.region ?? '<Region>', '--query'],
    `inferenceProfileSummaries[?ends_with(inferenceProfileId, '${model}')].inferenceProfileId`,
  ])
  return [
    finding('other-system', 'stated', [act('not-iam', 'call-inference-profile', { model }, { command })], {
      system: 'service',
    }),
  ]
}

/** What a grant is on, by what the service names: of a name alone the operation or the permission tells the kind. */
function resourceOfGrant(s: Situation, permission: string | null, on: string | null): string {
  const database = s.told('lake-formation-grant', 'database')[0]
  const table = s.told('lake-formation-grant', 'table')[0]
  const named = (kind: string, value: Readonly<Record<string, string>>): string => JSON.stringify({ [kind]: value })
  if (table !== undefined) return named('Table', { DatabaseName: database ?? '<DatabaseName>', Name: table })
  if (database !== undefined) return named('Database', { Name: database })
  if (permission === 'CREATE_DATABASE' || permission === 'CREATE_CATALOG') return named('Catalog', {})
  if (on === null) return '<Resource>'
  if (on.startsWith('s3://'))
    return named('DataLocation', { ResourceArn: `arn:${s.partition}:s3:::${on.slice('s3://'.length)}` })
  if (permission === 'CREATE_TABLE' || /Databases?$/u.test(s.operation ?? '')) return named('Database', { Name: on })
  const isOfTable =
    /^(?:SELECT|INSERT|DELETE)$/u.test(permission ?? '') || /(?:Table|Partition)/u.test(s.operation ?? '')
  return isOfTable ? named('Table', { DatabaseName: '<DatabaseName>', Name: on }) : '<Resource>'
}

export const lakeFormation: Answer = (s) => {
  const database = s.told('lake-formation-grant', 'database')[0]
  const on =
    s.told('lake-formation-grant', 'on')[0] ??
    [database, s.told('lake-formation-grant', 'table')[0]].filter((name) => name !== undefined).join('.')
  const permission = s.told('lake-formation-grant', 'permission')[0]
  const name = permission?.trim().toUpperCase().replaceAll(' ', '_') ?? null
  const command = shellLine([
    ...['aws', 'lakeformation', 'grant-permissions'],
    ...['--principal', `DataLakePrincipalIdentifier=${s.principalArn ?? '<PrincipalArn>'}`],
    ...['--permissions', name ?? '<Permission>'],
    ...['--resource', resourceOfGrant(s, name, on === '' ? null : on)],
  ])
  return [
    finding(
      'lake-formation',
      'stated',
      [
        act(
          'other',
          'grant-lake-formation',
          { permission: permission ?? '', on },
          { command, owner: 'lake-administrator' },
        ),
      ],
      { permission, on },
    ),
  ]
}

/** Databases that Athena made before there was Glue. https://docs.aws.amazon.com/athena/latest/ug/glue-upgrade.html */
export const catalogOfAthena: Answer = (s) => [
  finding(
    'other-system',
    'stated',
    [
      act(
        'not-iam',
        'migrate-catalog',
        {},
        { command: shellLine(['aws', 'glue', 'import-catalog-to-glue', '--region', s.region ?? '<Region>']) },
      ),
    ],
    { system: 'service' },
  ),
]

/** Principals of IAM come under their ARNs; any other name is of the domain's own users, or of its identity provider's. */
const isOfDomain = (s: Situation): boolean => {
  const user = s.told('opensearch-permission', 'user')[0]
  return user !== undefined && !user.startsWith('arn:')
}

export const openSearch: Answer = (s) => (isOfCollection(s) ? collectionAnswer(s) : securityPlugin(s))

const securityPlugin: Answer = (s) => [
  finding(
    'opensearch-fgac',
    'stated',
    [
      isOfDomain(s)
        ? act('other', 'map-opensearch-user', { user: s.told('opensearch-permission', 'user')[0] ?? '' })
        : act('other', 'map-opensearch-role', { permission: s.told('opensearch-permission', 'permission')[0] ?? '' }),
    ],
    {
      permission: s.told('opensearch-permission', 'permission')[0],
      user: s.told('opensearch-permission', 'user')[0],
    },
  ),
]

/** Bedrock subscribes on the first call: whoever makes it may be let, in place of somebody who enables the model. */
export const ofMarketplace: Answer = (s) => {
  // Any other product of the Marketplace is subscribed to by the same actions.
  const confidence = s.has('model-told', 'bedrock-model-refused') ? 'stated' : 'possible'
  const [first, ...others] = modelAccess(s)
    .map((found): Finding => (found.code === 'bedrock-model-access' ? { ...found, confidence } : found))
    .toSorted((a) => (a.code === 'bedrock-model-access' ? -1 : 1))
  const subscribing = ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe']
  const actions = s.action === null ? subscribing : [...new Set([...subscribing, s.action])]
  const missing = finding('missing-allow', 'possible', [addToIdentity(s, actions, ['*'])])
  return first === undefined ? [missing] : [first, missing, ...others]
}

/**
 * Credentials for a table or a location are vended to whom Lake Formation granted it, in an account that lets external
 * engines in. https://docs.aws.amazon.com/lake-formation/latest/dg/using-cred-vending.html
 */
export const vendedByLakeFormation: Answer = (s) =>
  s.service === 'lakeformation' &&
  s.denial.class === 'bare' &&
  !s.wasRead('identity-based') &&
  /^(?:GetTemporary\w{1,40}Credentials|GetDataAccess)$/u.test(s.operation ?? '')
    ? [
        ...lakeFormation(s).map((found): Finding => ({ ...found, confidence: 'possible' })),
        ...(s.action === null ? none : [noMatchingAllow(s, s.action, s.resource, 'possible')]),
        anotherIdentity(),
      ]
    : none

/** Data that Lake Formation governs, read with credentials of one's own, to which it is closed. */
const readPastLakeFormation = (on: string | null): Finding =>
  finding('lake-formation', 'possible', [act('other', 'read-by-lake-formation', {}, { owner: 'lake-administrator' })], {
    on,
    why: 'own-role',
  })

/** The text tells of Lake Formation, and it was S3 that refused the data. */
export const besideLakeFormation = (s: Situation): readonly Finding[] =>
  s.has('lake-formation-told') && /^s3:(?:Get|List)/u.test(s.action ?? 's3:GetObject')
    ? [readPastLakeFormation(null)]
    : none

/**
 * A crawler may not read its target: its role lacks that, or Lake Formation governs the place, and the crawler neither
 * takes its credentials nor has the location granted.
 * https://docs.aws.amazon.com/glue/latest/dg/crawler-lf-integ.html
 */
export function crawlerTarget(s: Situation): readonly Finding[] {
  if (!s.has('crawler-target-refused') || s.denial.principal !== null) return none
  const [target = null] = s.told('crawler-target-refused', 'target')
  const path = target?.slice('s3://'.length).replace(/[/.]{1,3}$/u, '') ?? '<BucketName>'
  const bucket = `arn:${s.partition}:s3:::${path.split('/')[0] ?? ''}`
  const objects = `arn:${s.partition}:s3:::${path}/*`
  const governed = readPastLakeFormation(target)
  if (isGrantedAll(s, ['s3:GetObject'], objects)) return [governed]
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${role ?? '<CrawlerRoleName>'}`
  const lacking = finding(
    'service-role-missing-allow',
    s.wasRead('identity-based') ? 'evaluated' : 'possible',
    [
      addToIdentity(s, ['s3:GetObject'], [objects], { attachTo }),
      addToIdentity(s, ['s3:ListBucket'], [bucket], { attachTo }),
    ],
    { role: role === undefined ? null : attachTo, actions: 's3:GetObject, s3:ListBucket' },
  )
  return s.has('lake-formation-told') && lacking.confidence === 'possible' ? [governed, lacking] : [lacking, governed]
}
