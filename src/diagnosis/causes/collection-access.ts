import { shellLine } from '../../remedy/commands/shell.ts'
import { parseArn } from '../../iam/arn.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { tooEarly } from './too-early.ts'

/** The one action that IAM is asked for, whatever is done with the data. */
const access = 'aoss:APIAccessAll'

/** Who is to be named in the data access policy: the caller, or the only role of which the text speaks. */
function calls(s: Situation): string | null {
  const [role, ...others] = new Set(s.told('role-arn', 'role'))
  return s.principalArn ?? (role !== undefined && others.length === 0 ? role : null)
}

/** A further policy adds to those that there are. What is missing of it nobody says. */
function dataAccess(s: Situation, confidence: Confidence): Finding {
  const principal = calls(s) ?? '<PrincipalArn>'
  const rules = [
    {
      Rules: [{ ResourceType: 'index', Resource: ['index/<CollectionName>/*'], Permission: ['<Permission>'] }],
      Principal: [principal],
    },
  ]
  const command = shellLine([
    ...['aws', 'opensearchserverless', 'create-access-policy', '--type', 'data', '--name', '<PolicyName>'],
    ...['--policy', JSON.stringify(rules)],
  ])
  const fix = act('other', 'grant-data-access', { principal }, { command, owner: 'resource-owner' })
  return finding('opensearch-fgac', confidence, [fix], { of: 'collection' })
}

/** What IAM has to say of a collection, beside its own policy. */
function iamSide(s: Situation, confidence: Confidence): Finding {
  const id = s.told('collection-told', 'collection')[0] ?? '<CollectionId>'
  const region = s.told('collection-told', 'region')[0] ?? s.region ?? '<Region>'
  const account = s.callerAccount ?? parseArn(calls(s) ?? '')?.account ?? '<AccountId>'
  const arn = `arn:${s.partition}:aoss:${region}:${account}:collection/${id}`
  return finding('missing-allow', confidence, [addToIdentity(s, [access], [arn])], { action: access, resource: arn })
}

/**
 * Both have to let the caller in: a policy of IAM, by `aoss:APIAccessAll`, and the data access policy.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
 */
export function collectionAnswer(s: Situation): readonly Finding[] {
  if (s.has('collection-grant-refused')) return [dataAccess(s, 'stated')]
  if (!s.wasRead('identity-based')) return [iamSide(s, 'possible'), dataAccess(s, 'possible')]
  return allowsOf(s, 'identity-based', access).length === 0
    ? [iamSide(s, 'evaluated'), dataAccess(s, 'possible')]
    : [dataAccess(s, 'possible'), tooEarly()]
}

export const isOfCollection = (s: Situation): boolean => s.has('collection-told', 'collection-grant-refused')

/** A bare `403 Forbidden` of a collection's endpoint. */
export function collectionRefused(s: Situation): readonly Finding[] {
  const isOfEndpoint = s.denial.format === 'opensearch-client' || (s.service === 'aoss' && s.operation === null)
  return isOfEndpoint && s.action === null && s.denial.class === 'bare' && isOfCollection(s)
    ? collectionAnswer(s)
    : none
}
