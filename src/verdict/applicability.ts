import type { PolicyType } from '../iam/policy-type.ts'
import type { PrincipalType } from '../iam/principal.ts'
import type { AccessRequest } from '../iam/request.ts'
import { isTrustAction } from '../iam/trust-actions.ts'
import { rcpServices } from './rcp-services.ts'
import type { RequestFacts } from './request-facts.ts'
import { isUnshared } from './sharing.ts'

const identities: ReadonlySet<PrincipalType> = new Set(['user', 'assumed-role', 'role', 'federated-user', 'unknown'])

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: who may take a role, and with what */
export const isTrustRequest = ({ action, resource, resourceParts }: RequestFacts): boolean =>
  isTrustAction(action) && (resource === null || isRole(resourceParts))

const isRole = (parts: readonly string[] | null): boolean =>
  parts?.[2] === 'iam' && parts[5]?.startsWith('role/') === true

/** A request that a key policy decides. Where the resource is unknown, a resource policy at hand tells. */
const isKeyRequest = (facts: RequestFacts, hasResourcePolicy: boolean): boolean =>
  facts.servicePrefix === 'kms' &&
  (facts.resource === null ? hasResourcePolicy : facts.resourceParts?.[5]?.startsWith('key/') === true)

/** A key's or a role's own policy decides whether identity-based policies count. */
export const delegates = (facts: RequestFacts, hasResourcePolicy: boolean): boolean =>
  isTrustRequest(facts) || isKeyRequest(facts, hasResourcePolicy)

/**
 * Whether a policy type has a say in this request at all.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export const applies = (type: PolicyType, request: AccessRequest, facts: RequestFacts): boolean => {
  const { principal } = request
  switch (type) {
    case 'resource-control':
      return !isServiceLinked(facts) && !inManagementAccount(request, facts) && takesRcps(facts)
    case 'service-control':
      return (
        (identities.has(principal.type) || principal.type === 'root') &&
        !isServiceLinked(facts) &&
        principal.managementAccount !== true
      )
    case 'vpc-endpoint':
      return true
    case 'resource-based':
      return !isTrustRequest(facts) && !isUnshared(facts.servicePrefix, facts.resourceParts?.[5] ?? null)
    case 'role-trust':
      return isTrustRequest(facts)
    case 'identity-based':
    case 'permissions-boundary':
      return identities.has(principal.type)
    // Root can have one too: AssumeRoot gives a session limited by a task policy.
    case 'session':
      return identities.has(principal.type) || principal.type === 'root'
  }
}

/** The path is reserved, so it is as good as being told. */
const isServiceLinked = ({ principal, roleArn }: RequestFacts): boolean =>
  principal.serviceLinked === true || roleArn?.includes(':role/aws-service-role/') === true

const inManagementAccount = (request: AccessRequest, facts: RequestFacts): boolean =>
  request.resourceAccountIsManagement === true ||
  (request.principal.managementAccount === true &&
    facts.callerAccount !== null &&
    facts.callerAccount === request.resourceAccount)

const takesRcps = ({ action, servicePrefix, resourceParts }: RequestFacts): boolean =>
  rcpServices.has(servicePrefix) &&
  action !== 'kms:retiregrant' &&
  resourceParts?.[5]?.startsWith('alias/aws/') !== true
