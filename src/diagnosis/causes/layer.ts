import { shellLine } from '../../remedy/commands/shell.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

const layerArn =
  /^(?<layer>arn:[\w-]{2,20}:lambda:[^:]{1,40}:[^:]{1,40}:layer:(?<name>[^:]{1,140}))(?::(?<version>[^:]{1,20}))?$/u

/** A layer of Lambda is not a function: each of its versions has a policy of its own, which no document is written for. */
export const isLayer = (resource: string | null): boolean => resource !== null && layerArn.test(resource)

/**
 * The owner shares a version with an account or with all, by GetLayerVersion, and can share nothing else: the list of
 * versions stays the owner's. A version that is not there is refused in the same words.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 */
export function layerSide(s: Situation, action: string, resource: string, confidence: Confidence): Finding {
  const { layer = resource, name = '', version = '<VersionNumber>' } = layerArn.exec(resource)?.groups ?? {}
  const account = s.callerAccount ?? '<AccountId>'
  const check = (alternative: boolean) => act('other', 'check-layer-version', { layer: name }, { alternative })
  const facts = { resourceAccount: s.resourceAccount }
  if (action.toLowerCase() !== 'lambda:getlayerversion')
    return finding('cross-account-resource-side', confidence, [check(false)], facts)
  const command = shellLine([
    ...['aws', 'lambda', 'add-layer-version-permission', '--layer-name', layer, '--version-number', version],
    ...(s.region === null ? [] : ['--region', s.region]),
    ...['--statement-id', `Account${account}`, '--action', 'lambda:GetLayerVersion', '--principal', account],
  ])
  return finding(
    'cross-account-resource-side',
    confidence,
    [
      act(
        'resource-policy',
        'share-layer-version',
        { layer: name, account: s.callerAccount ?? '' },
        { command, owner: 'resource-owner' },
      ),
      check(true),
    ],
    facts,
  )
}
