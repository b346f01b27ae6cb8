import { accessPointArn } from './catalogue/access-point-arn.ts'
import { actionNameMismatch } from './catalogue/action-name-mismatch.ts'
import { actionNeedsStar } from './catalogue/action-needs-star.ts'
import { apiGatewayAuth } from './catalogue/api-gateway-auth.ts'
import { bedrockModelAccess } from './catalogue/bedrock-model-access.ts'
import { blockPublicAccess } from './catalogue/block-public-access.ts'
import { boundaryDeny } from './catalogue/boundary-deny.ts'
import { boundaryNotAllowed } from './catalogue/boundary-not-allowed.ts'
import { boundaryRequired } from './catalogue/boundary-required.ts'
import { bucketArnNeeded } from './catalogue/bucket-arn-needed.ts'
import { companionResourceNeeded } from './catalogue/companion-resource-needed.ts'
import { conditionMismatch } from './catalogue/condition-mismatch.ts'
import { credentialsExpired } from './catalogue/credentials-expired.ts'
import { credentialsInvalid } from './catalogue/credentials-invalid.ts'
import { credentialsMissing } from './catalogue/credentials-missing.ts'
import { crossAccountIdentitySide } from './catalogue/cross-account-identity-side.ts'
import { crossAccountResourceSide } from './catalogue/cross-account-resource-side.ts'
import { dependentActionNeeded } from './catalogue/dependent-action-needed.ts'
import { ecsRoleConfusion } from './catalogue/ecs-role-confusion.ts'
import { evaluationAllows } from './catalogue/evaluation-allows.ts'
import { explicitDenyIdentity } from './catalogue/explicit-deny-identity.ts'
import { explicitDenyResource } from './catalogue/explicit-deny-resource.ts'
import { explicitDenyUnnamed } from './catalogue/explicit-deny-unnamed.ts'
import { indexArnNeeded } from './catalogue/index-arn-needed.ts'
import { keyQuarantined } from './catalogue/key-quarantined.ts'
import { kmsBehindService } from './catalogue/kms-behind-service.ts'
import { kmsKeyPolicy } from './catalogue/kms-key-policy.ts'
import { lakeFormation } from './catalogue/lake-formation.ts'
import { logArnSuffix } from './catalogue/log-arn-suffix.ts'
import { mfaRequired } from './catalogue/mfa-required.ts'
import { missingAllow } from './catalogue/missing-allow.ts'
import { notSubscribed } from './catalogue/not-subscribed.ts'
import { objectArnNeeded } from './catalogue/object-arn-needed.ts'
import { objectOwnership } from './catalogue/object-ownership.ts'
import { oidcTrust } from './catalogue/oidc-trust.ts'
import { opensearchFgac } from './catalogue/opensearch-fgac.ts'
import { otherSystem } from './catalogue/other-system.ts'
import { passRole } from './catalogue/pass-role.ts'
import { policyNotAttached } from './catalogue/policy-not-attached.ts'
import { propagationDelay } from './catalogue/propagation-delay.ts'
import { quotaExceeded } from './catalogue/quota-exceeded.ts'
import { rcpDeny } from './catalogue/rcp-deny.ts'
import { regionNotEnabled } from './catalogue/region-not-enabled.ts'
import { requesterPays } from './catalogue/requester-pays.ts'
import { resourceArnMismatch } from './catalogue/resource-arn-mismatch.ts'
import { resourceNotFound } from './catalogue/resource-not-found.ts'
import { resourceNotFoundAsDenied } from './catalogue/resource-not-found-as-denied.ts'
import { resourcePolicyLimit } from './catalogue/resource-policy-limit.ts'
import { resourcePolicyNotAllowed } from './catalogue/resource-policy-not-allowed.ts'
import { s3ExpressCreatesession } from './catalogue/s3-express-createsession.ts'
import { s3MissingObject403 } from './catalogue/s3-missing-object-403.ts'
import { scpDeny } from './catalogue/scp-deny.ts'
import { scpNotAllowed } from './catalogue/scp-not-allowed.ts'
import { secretArnSuffix } from './catalogue/secret-arn-suffix.ts'
import { serviceLinkedRole } from './catalogue/service-linked-role.ts'
import { servicePrincipalPolicy } from './catalogue/service-principal-policy.ts'
import { serviceRoleMissingAllow } from './catalogue/service-role-missing-allow.ts'
import { sessionPolicyDeny } from './catalogue/session-policy-deny.ts'
import { sessionPolicyNotAllowed } from './catalogue/session-policy-not-allowed.ts'
import { signatureMismatch } from './catalogue/signature-mismatch.ts'
import { ssmParameterArn } from './catalogue/ssm-parameter-arn.ts'
import { ssoRoleAssignment } from './catalogue/sso-role-assignment.ts'
import { stalePrincipal } from './catalogue/stale-principal.ts'
import { tagSession } from './catalogue/tag-session.ts'
import { throttled } from './catalogue/throttled.ts'
import { trustPolicy } from './catalogue/trust-policy.ts'
import { undetermined } from './catalogue/undetermined.ts'
import { vpcePolicy } from './catalogue/vpce-policy.ts'
import { wrongPartition } from './catalogue/wrong-partition.ts'
import { wrongPrincipal } from './catalogue/wrong-principal.ts'
import { wrongRegion } from './catalogue/wrong-region.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import type { CauseCode } from './cause-code.ts'

/** Every cause that this service can name. A code without an entry does not compile. */
export const catalogue: Readonly<Record<CauseCode, CatalogueEntry>> = {
  'missing-allow': missingAllow,
  'kms-behind-service': kmsBehindService,
  'kms-key-policy': kmsKeyPolicy,
  'wrong-principal': wrongPrincipal,
  'condition-mismatch': conditionMismatch,
  'scp-deny': scpDeny,
  'dependent-action-needed': dependentActionNeeded,
  'service-principal-policy': servicePrincipalPolicy,
  'block-public-access': blockPublicAccess,
  'action-needs-star': actionNeedsStar,
  'oidc-trust': oidcTrust,
  'explicit-deny-resource': explicitDenyResource,
  'service-linked-role': serviceLinkedRole,
  'cross-account-resource-side': crossAccountResourceSide,
  'resource-arn-mismatch': resourceArnMismatch,
  'pass-role': passRole,
  'propagation-delay': propagationDelay,
  'requester-pays': requesterPays,
  'stale-principal': stalePrincipal,
  'resource-not-found-as-denied': resourceNotFoundAsDenied,
  'session-policy-not-allowed': sessionPolicyNotAllowed,
  's3-missing-object-403': s3MissingObject403,
  'companion-resource-needed': companionResourceNeeded,
  'vpce-policy': vpcePolicy,
  'ssm-parameter-arn': ssmParameterArn,
  'tag-session': tagSession,
  'index-arn-needed': indexArnNeeded,
  'service-role-missing-allow': serviceRoleMissingAllow,
  'bedrock-model-access': bedrockModelAccess,
  'lake-formation': lakeFormation,
  'object-arn-needed': objectArnNeeded,
  'object-ownership': objectOwnership,
  'bucket-arn-needed': bucketArnNeeded,
  'ecs-role-confusion': ecsRoleConfusion,
  'action-name-mismatch': actionNameMismatch,
  'credentials-invalid': credentialsInvalid,
  'secret-arn-suffix': secretArnSuffix,
  'log-arn-suffix': logArnSuffix,
  'wrong-partition': wrongPartition,
  'region-not-enabled': regionNotEnabled,
  'opensearch-fgac': opensearchFgac,
  's3-express-createsession': s3ExpressCreatesession,
  'mfa-required': mfaRequired,
  'boundary-required': boundaryRequired,
  'sso-role-assignment': ssoRoleAssignment,
  'cross-account-identity-side': crossAccountIdentitySide,
  'api-gateway-auth': apiGatewayAuth,
  'credentials-missing': credentialsMissing,
  'trust-policy': trustPolicy,
  'boundary-not-allowed': boundaryNotAllowed,
  'resource-policy-limit': resourcePolicyLimit,
  'boundary-deny': boundaryDeny,
  'wrong-region': wrongRegion,
  'policy-not-attached': policyNotAttached,
  'scp-not-allowed': scpNotAllowed,
  'rcp-deny': rcpDeny,
  'explicit-deny-identity': explicitDenyIdentity,
  'access-point-arn': accessPointArn,
  'credentials-expired': credentialsExpired,
  'signature-mismatch': signatureMismatch,
  throttled,
  'quota-exceeded': quotaExceeded,
  'not-subscribed': notSubscribed,
  'resource-not-found': resourceNotFound,
  'other-system': otherSystem,
  'session-policy-deny': sessionPolicyDeny,
  'explicit-deny-unnamed': explicitDenyUnnamed,
  'resource-policy-not-allowed': resourcePolicyNotAllowed,
  'key-quarantined': keyQuarantined,
  'evaluation-allows': evaluationAllows,
  undetermined,
}
