import { ownValue } from '../../iam/own-value.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { groupOf } from './arn-form.ts'
import { isGranted } from './granted-by-name.ts'
import { resourcesFor } from './resources-for.ts'

interface Option {
  readonly name: 'tagging' | 'tags-on-create' | 'vault-storage' | 'log-delivery'
  readonly action: string
  /** What it asks for beside that, on the same resource. */
  readonly more?: readonly string[]
  /** Where AWS checks it, if that is not what the call is about. */
  readonly resource?: string
}

/**
 * Calls that ask for an action of another service as well, whoever makes them, and whose message does not say so.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
const logDelivery: Option = {
  name: 'log-delivery',
  action: 'logs:CreateLogDelivery',
  more: ['logs:DeleteLogDelivery', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'],
  resource: '*',
}

const always: Readonly<Record<string, Option>> = {
  'backup:createbackupvault': { name: 'vault-storage', action: 'backup-storage:MountCapsule', resource: '*' },
  'aps:createloggingconfiguration': { name: 'log-delivery', action: 'logs:CreateLogDelivery', resource: '*' },
  'aps:updateloggingconfiguration': { name: 'log-delivery', action: 'logs:UpdateLogDelivery', resource: '*' },
  // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
  'wafv2:putloggingconfiguration': logDelivery,
  // https://docs.aws.amazon.com/network-firewall/latest/developerguide/logging-cw-logs.html
  'network-firewall:updateloggingconfiguration': logDelivery,
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-choosing-target-resource.html
  'route53resolver:createresolverquerylogconfig': logDelivery,
  'route53resolver:associateresolverquerylogconfig': logDelivery,
  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
  'vpc-lattice:createaccesslogsubscription': logDelivery,
}

/** The policies that were read grant the call itself; it carries an option that asks for a permission of its own. */
export function optionUngranted(s: Situation): readonly Finding[] {
  const { action, denial } = s
  if (action === null || !s.wasRead('identity-based') || denial.effect === 'explicit') return none
  if (denial.policyType !== null && denial.policyType !== 'identity-based') return none
  if (!isGranted(s, action)) return none
  const option = optionOf(s, action)
  const lacking =
    option === null ? [] : [option.action, ...(option.more ?? [])].filter((one) => !isOpen(s, one, option))
  if (option === null || lacking.length === 0) return none
  // AWS's own sentence says that it was the tags; else something that was not read may have refused.
  const isSaid = denial.class === 'authorization'
  return [
    finding(
      'dependent-action-needed',
      isSaid ? 'evaluated' : 'possible',
      [
        addToIdentity(s, lacking, checkedOn(s, option, action)),
        ...(always[action.toLowerCase()] === option
          ? []
          : [act('other', 'drop-option', { option: option.name }, { alternative: true })]),
      ],
      { option: option.name, action: lacking.join(', '), mainAction: action },
    ),
  ]
}

/** Where it is checked: on the resource of the call, unless it has one of its own. */
const isOpen = (s: Situation, action: string, { resource }: Option): boolean =>
  identityGrants(s, action, resource === undefined ? s.resource : null)

/** What a create call tags is what it creates; a log group is tagged on its ARN without `:*`. */
const checkedOn = (s: Situation, option: Option, main: string): readonly string[] =>
  option.resource === undefined
    ? resourcesFor(s, option.name === 'tags-on-create' ? main : option.action, s.resource).map(
        (arn) => groupOf(arn) ?? arn,
      )
    : [option.resource]

function optionOf(s: Situation, action: string): Option | null {
  if (/^s3:PutObject$/iu.test(action) && s.has('tagging-option'))
    return { name: 'tagging', action: 's3:PutObjectTagging' }
  const other = ownValue(always, action.toLowerCase())
  if (other !== undefined && s.denial.class === 'bare') return other
  const tagging = s.has('tag-on-create') ? taggingOf(s, action) : null
  return tagging === null ? null : { name: 'tags-on-create', action: tagging }
}

/** The tagging action that a create call with tags is checked on; EC2 and the like name theirs in the message. */
function taggingOf({ catalogue }: Situation, action: string): string | null {
  const [, service = '', thing = ''] = /^([a-z0-9-]{1,60}):Create([A-Z][A-Za-z]{1,60})$/u.exec(action) ?? []
  const found = [`${service}:TagResource`, `${service}:Tag${thing}`].find(
    (one) => catalogue.find(one)?.accessLevels.includes('Tagging') === true,
  )
  return found ?? null
}

/** Nothing was read: beside the call's own permission that of what it always asks for as well may be what is lacking. */
export function perhapsOfOption(s: Situation): readonly Finding[] {
  const option = s.action === null ? undefined : ownValue(always, s.action.toLowerCase())
  if (option === undefined || s.denial.class !== 'bare' || s.wasRead('identity-based')) return none
  const actions = [option.action, ...(option.more ?? [])]
  return [
    finding('dependent-action-needed', 'possible', [addToIdentity(s, actions, [option.resource ?? '*'])], {
      option: option.name,
      action: actions.join(', '),
      mainAction: s.action,
    }),
  ]
}
