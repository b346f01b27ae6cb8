import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { finding, unchecked, type Finding } from '../finding.ts'
import { addToIdentity, allow, editStatement } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'

export const connecting = 'iot:Connect'

const only = (values: readonly string[]): string | undefined => (new Set(values).size === 1 ? values[0] : undefined)

/** What the ARNs of AWS IoT in the policies that were read have at one place, where all have the same. */
function inPolicies(s: Situation, place: 3 | 4): string | undefined {
  const arns = s.statements('identity-based').flatMap(({ resources }) => resources)
  const parts = arns.map((arn) => arn.split(':')).filter(([, , service]) => service === 'iot')
  return only(parts.map((part) => part[place] ?? '').filter((part) => /^[a-z0-9-]+$/u.test(part)))
}

interface Client {
  readonly region: string
  readonly account: string
  readonly id: string
}

function clientOf(s: Situation): Client {
  const region = s.region ?? only(s.told('iot-endpoint', 'region')) ?? only(s.told('region-named', 'region'))
  const account = s.callerAccount ?? only(s.told('account-named', 'account'))
  return {
    region: region ?? inPolicies(s, 3) ?? '<Region>',
    account: account ?? inPolicies(s, 4) ?? '<AccountId>',
    id: only(s.told('mqtt-client-id', 'client')) ?? '<ClientId>',
  }
}

/** A connection is asked about on the client that connects, whatever it publishes and subscribes to afterwards. */
export function clientArn(s: Situation): string {
  const { region, account, id } = clientOf(s)
  return `arn:${s.partition}:iot:${region}:${account}:client/${id}`
}

/**
 * What the policies that were read lack to connect; `null` where they have it, or may have it. The broker does not say
 * why it hangs up, but no client gets past a policy that lets none of its kind connect.
 * https://docs.aws.amazon.com/iot/latest/developerguide/connect-policy.html
 */
export function connectionLacks(s: Situation, more: { readonly attachTo?: string }): Finding | null {
  if (!s.wasRead('identity-based')) return null
  const resource = clientArn(s)
  const naming = allowsOf(s, 'identity-based', connecting)
  const add = addToIdentity(s, [connecting], [resource], more)
  if (naming.length === 0)
    return unchecked(s, finding('missing-allow', 'evaluated', [add], { action: connecting, resource }))
  const arns = naming.flatMap(({ resources }) => resources)
  if (naming.some(({ conditions, notResources }) => conditions.length + notResources.length > 0)) return null
  if (arns.length === 0 || arns.some((arn) => mayFit(s, arn))) return null
  const near = naming.find(({ resources }) => resources.some(isOfClients))
  const found = near?.resources.find(isOfClients)
  if (near === undefined || found === undefined)
    return unchecked(
      s,
      finding('resource-arn-mismatch', 'evaluated', [add], {
        action: connecting,
        found: arns[0],
        wanted: resource,
        ...placeOf(naming[0]),
      }),
    )
  const wanted = mended(s, found)
  // Another device may live on what names it.
  const after = isOfOthers(s, found)
    ? [...near.resources, wanted]
    : near.resources.map((arn) => (arn === found ? wanted : arn))
  const edit = editStatement(s, near, allow([connecting], [wanted]), withResources(near, after), more)
  return unchecked(
    s,
    finding('resource-arn-mismatch', 'evaluated', [edit], {
      action: connecting,
      found,
      wanted,
      ...placeOf(near),
    }),
  )
}

const isOfClients = (arn: string): boolean => arn.split(':').slice(5).join(':').startsWith('client/')

/** The names of clients that an ARN is for, as far as they can be told. */
const idsOf = (arn: string): string => arn.split(':').slice(5).join(':').slice('client/'.length)

/** A variable stands for what is not known here, but never for more than itself. */
const isSuffixLost = (s: Situation, ids: string): boolean => ids.endsWith('}') && s.has('client-id-suffixed')

function mayFit(s: Situation, arn: string): boolean {
  if (arn === '*') return true
  const client = clientOf(s)
  const [prefix, , service, region = '', account = ''] = arn.split(':')
  const fits = (pattern: string, known: string): boolean =>
    pattern !== '' && (known.startsWith('<') || matchesWildcard(compileWildcard(pattern), known))
  if (prefix !== 'arn' || (service !== 'iot' && service !== '*')) return arn.includes('*') && !arn.startsWith('arn:')
  if (!fits(region, client.region) || !fits(account, client.account)) return false
  if (!isOfClients(arn)) return /^[*?]/u.test(arn.split(':').slice(5).join(':'))
  const ids = idsOf(arn)
  return ids.includes('${') ? !isSuffixLost(s, ids) : fits(ids, client.id)
}

/** It is where the client is, and for another one. */
const isOfOthers = (s: Situation, arn: string): boolean => {
  const { region, account } = clientOf(s)
  return !idsOf(arn).includes('${') && arn === `arn:${s.partition}:iot:${region}:${account}:client/${idsOf(arn)}`
}

/** With Region and account, and for the client that connects where the ARN names another one. */
function mended(s: Situation, found: string): string {
  const { region, account, id } = clientOf(s)
  const ids = idsOf(found)
  const fitting = isSuffixLost(s, ids)
    ? `${ids}*`
    : ids.includes('${') || id.startsWith('<') || matchesWildcard(compileWildcard(ids), id)
      ? ids
      : id
  return `arn:${s.partition}:iot:${region}:${account}:client/${fitting}`
}
