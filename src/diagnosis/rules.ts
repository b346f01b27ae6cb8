import { absentOrRefused, keyPerhapsAbsent } from './causes/absent-or-refused.ts'
import { secretNotThere } from './causes/absent-secret.ts'
import { callerGoneForCertain, callerPerhapsGone, targetRoleGone } from './causes/absent.ts'
import { bucketBehindAccessPoint } from './causes/access-point.ts'
import { federationToken, outsideDirectoryAccount, outsideManagementAccount } from './causes/accounts.ts'
import { athenaData } from './causes/athena-data.ts'
import { denyFoundByAws } from './causes/aws-evaluation.ts'
import { billingAccessOff, billingPerhapsOff } from './causes/billing-access.ts'
import { bucketPolicyForm } from './causes/bucket-policy-form.ts'
import { clusterRoleRefused } from './causes/cluster-role.ts'
import { collectionRefused } from './causes/collection-access.ts'
import { connectionRefused } from './causes/connection.ts'
import { contradicted } from './causes/contradicted.ts'
import { copyBetweenBuckets } from './causes/copies.ts'
import { databaseLogin } from './causes/database-login.ts'
import { withoutBoundary, withoutMfa } from './causes/demanded.ts'
import { optionOfCall } from './causes/dependent-action.ts'
import { optionUngranted } from './causes/option-told.ts'
import { samlTrust } from './causes/saml-trust.ts'
import { perhapsWrongName, toldWrongName } from './causes/wrong-name.ts'
import { efsMount } from './causes/efs-mount.ts'
import { ecsAgent, otherRoleOfTask } from './causes/ecs-roles.ts'
import { foreignRolePassed, resourceElsewhere } from './causes/elsewhere.ts'
import { encryptedLaunch } from './causes/encrypted-launch.ts'
import { endpointLeavesOut, endpointPolicy, layerBucket, needsNoPermission, responseBucket } from './causes/endpoint.ts'
import { passRole } from './causes/pass-role.ts'
import { serviceRole } from './causes/service-role.ts'
import { functionLogs } from './causes/function-logs.ts'
import { hangsOnHidden } from './causes/hidden-part.ts'
import { productPerhapsOff } from './causes/product-integration.ts'
import { iotIdentity } from './causes/iot-identity.ts'
import { kafkaRefused } from './causes/kafka-authorization.ts'
import { deniedKeyRead, keyBehindRead } from './causes/key-behind.ts'
import { keyRefused, kmsDenied } from './causes/key-refused.ts'
import { keyStateTold } from './causes/key-state.ts'
import { statementThatNeverCounts } from './causes/keys-of-services.ts'
import { keyToldByService } from './causes/key-told.ts'
import { changeOfLinkedRole, serviceLinkedRole } from './causes/linked-role.ts'
import { linkedRolePassed } from './causes/linked-role-passed.ts'
import { copyKeyUndescribed, snapshotKeyRefused } from './causes/named-keys.ts'
import { neighbour } from './causes/neighbours.ts'
import {
  accessPoint,
  aclOption,
  foreignObject,
  directoryBucket,
  missingObject,
  requesterPays,
} from './causes/not-iam.ts'
import { objectUnread } from './causes/object-unread.ts'
import { crawlerTarget, vendedByLakeFormation } from './causes/other-grants.ts'
import { oldVersion } from './causes/old-version.ts'
import { toldAcrossAccounts } from './causes/other-side.ts'
import { askedAcrossPartitions } from './causes/other-partition.ts'
import { pipelineArtifact } from './causes/pipeline-artifact.ts'
import { aclsAreOff, blockPublicAccess, restrictedPublicPolicy } from './causes/public-access.ts'
import { recreatedPrincipal, stalePrincipal } from './causes/recreated-principal.ts'
import { isRejected, rejected } from './causes/rejected.ts'
import { printedPermissions } from './causes/printed-permissions.ts'
import { modelImageUnread } from './causes/registries.ts'
import { replicationRefused } from './causes/replication.ts'
import { rootUser } from './causes/root-user.ts'
import { keyBehindBucket, resumedUpload } from './causes/s3-encrypted.ts'
import {
  askedByService,
  imagePolicyByDeployer,
  keyBehindDestination,
  servicePrincipal,
} from './causes/service-delivery.ts'
import { serviceCannotAssume, trustInDms } from './causes/service-trust.ts'
import { silentRole } from './causes/silent-roles.ts'
import { targetByRole } from './causes/rule-target.ts'
import { sessionTarget } from './causes/session-target.ts'
import { guestGrants, guestPasses, scopedSession, toldSessionPolicy } from './causes/session.ts'
import { applicationCode, assetsElsewhere, granteeUnknown, profileAbsent } from './causes/set-up.ts'
import { nowAndThen, propagation } from './causes/sometimes.ts'
import { stalePrincipalRead } from './causes/stale-principal.ts'
import { logsPolicyLimit } from './causes/log-delivery.ts'
import { grantedInOtherRegion } from './causes/same-elsewhere.ts'
import { outputUnwritten, resultsBucket } from './causes/results-bucket.ts'
import { staleLambdaGrant } from './causes/stale-lambda-grant.ts'
import { rootOfSite, toldAbsent } from './causes/told-absent.ts'
import { tagsOfAbsent } from './causes/tags-of-absent.ts'
import { toldByService } from './causes/told-by-service.ts'
import { toldUnattached, unattached } from './causes/told-unattached.ts'
import { fallback } from './causes/usual-causes.ts'
import { assumeRole, tagSession } from './causes/trust.ts'
import { webIdentity } from './causes/web-identity.ts'
import { unattachedInstead } from './causes/unattached.ts'
import { nameNotPassed, perhapsUnexpanded } from './causes/unset-name.ts'
import { anonymousCaller, unsignedReader } from './causes/unsigned.ts'
import { workflowRole } from './causes/workflow-role.ts'
import { backendWithoutRole, wrongPrincipal } from './causes/wrong-identity.ts'
import { foreignVpc } from './causes/zone-association.ts'
import { circumstances, deciding, none, suspecting, type Rule } from './finding.ts'
import { readCeiling, readDeny, readIdentity, unlessReadRefuses } from './read-policies.ts'
import type { Situation } from './situation.ts'
import { namedWithoutPath, statedCeiling, statedDeny, statedIdentity, statedResourceSide } from './stated.ts'

/** The tags or the source identity of a session are refused, not the role. */
const isOfSession = ({ action }: Situation): boolean => /^sts:(?:TagSession|SetSourceIdentity)$/iu.test(action ?? '')

/**
 * The order in which causes are told apart. First what AWS or another system says in so many words, then what the
 * action itself means, then who asked, then what the policies hold, then what the circumstances suggest.
 */
export const rules: readonly Rule[] = [
  deciding('the service-linked role', serviceLinkedRole),
  deciding('a change of a service-linked role', changeOfLinkedRole),
  deciding('a login to a database', databaseLogin),
  deciding('a topic, group or cluster of Kafka', kafkaRefused),
  deciding('a role that KMS does not know', granteeUnknown),
  deciding('a collection of OpenSearch Serverless', collectionRefused),
  deciding('a neighbour of an authorization failure', neighbour),
  deciding('a Deny that AWS’s own evaluation names', denyFoundByAws),
  deciding('the bucket behind an access point', bucketBehindAccessPoint),
  deciding('a refusal that what was read contradicts', contradicted),
  deciding('variables that an old Version takes as they stand', oldVersion),
  deciding('a Deny that AWS names', statedDeny),
  deciding('a resource of another partition', askedAcrossPartitions),
  deciding('a caller that is not there', callerGoneForCertain),
  suspecting('a caller that may not be there', callerPerhapsGone),
  deciding('a role that is not there', targetRoleGone),
  deciding('a name that the program did not pass', nameNotPassed),
  suspecting('a variable in place of its value', perhapsUnexpanded),
  deciding('the federated trust', (s) =>
    (s.operation === 'AssumeRoleWithWebIdentity' && s.denial.class !== 'other-aws' && !isOfSession(s)) ||
    (s.has('web-identity-refused') && (s.action === null || /WebIdentity/iu.test(s.action)))
      ? webIdentity(s)
      : none,
  ),
  deciding('the trust in a SAML provider', (s) =>
    (s.action?.toLowerCase() === 'sts:assumerolewithsaml' ||
      (s.operation === 'AssumeRoleWithSAML' && s.denial.class !== 'other-aws' && !isOfSession(s))) &&
    s.denial.effect !== 'explicit'
      ? samlTrust(s)
      : none,
  ),
  deciding('a service’s own sentence about something else than IAM', (s) =>
    (s.has('marketplace-subscription') ? unlessReadRefuses(toldByService) : toldByService)(s),
  ),
  deciding('a name that the checks of a policy do not know', toldWrongName),
  deciding('billing, which is not open to users and roles', billingAccessOff),
  deciding('a file system that was not mounted', efsMount),
  deciding('a VPC of another account', foreignVpc),
  deciding('an account that Organizations does not answer', outsideManagementAccount),
  circumstances('too early', propagation),
  deciding('ACLs that are off', aclsAreOff),
  deciding('Block Public Access', (s) =>
    (s.has('block-public-access') ? blockPublicAccess : unlessReadRefuses(blockPublicAccess))(s),
  ),
  deciding('a public policy that does not count', restrictedPublicPolicy),
  deciding('handing over a role of another account', foreignRolePassed),
  deciding('handing over the role of a service', unlessReadRefuses(linkedRolePassed)),
  deciding('a guest who hands over a role', guestPasses),
  deciding('a guest who would give permissions', guestGrants),
  deciding('handing over a role', unlessReadRefuses(passRole)),
  deciding('tags on a session', tagSession),
  deciding('a recreated role behind Lambda’s variables', staleLambdaGrant),
  deciding('a connection to a source', connectionRefused),
  deciding('an artifact of a pipeline', pipelineArtifact),
  deciding('the role of a replication', replicationRefused),
  deciding('logs that a function leaves out', functionLogs),
  deciding('the data of a query', athenaData),
  deciding('credentials that Lake Formation vends', vendedByLakeFormation),
  deciding('the IoT policy of an identity', iotIdentity),
  deciding('the target of a crawler', crawlerTarget),
  deciding('the role of a workflow', workflowRole),
  deciding('an instance profile that is not there', profileAbsent),
  deciding('the code of an application', applicationCode),
  deciding('the role of a service', serviceRole),
  deciding('the image of a model', modelImageUnread),
  deciding('permissions that a service lists', printedPermissions),
  deciding('the role of a cluster', clusterRoleRefused),
  deciding('a ceiling that AWS names', statedCeiling),
  deciding('a scoped session', scopedSession),
  deciding('an access point', accessPoint),
  deciding('a directory bucket', directoryBucket),
  deciding('the bucket of image layers', layerBucket),
  deciding('the bucket of CloudFormation’s answers', responseBucket),
  deciding('a key whose state is told', keyStateTold),
  deciding('a key that a service tells of', keyToldByService),
  deciding('the bucket of CDK’s assets', assetsElsewhere),
  circumstances('the pod, profile or user that asked', wrongPrincipal),
  circumstances('the state of Terraform, read without the provider’s role', backendWithoutRole),
  circumstances('a call that is refused now and then', nowAndThen),
  deciding('the other role of a task', otherRoleOfTask),
  deciding('the role of ECS’s agent', ecsAgent),
  deciding('a target without a session', sessionTarget),
  deciding('a service that asked under its own name', askedByService),
  deciding('a caller without credentials', anonymousCaller),
  deciding('a reader who did not sign', unsignedReader),
  deciding('a federated user who asks IAM', federationToken),
  deciding('the root user', rootUser),
  deciding('a principal that was created anew', stalePrincipalRead),
  suspecting('a key that may not be there', keyPerhapsAbsent),
  deciding('a key that was read', deniedKeyRead),
  deciding('the key', unlessReadRefuses(kmsDenied)),
  deciding('a principal that was recreated', recreatedPrincipal),
  deciding('the role of DMS’s endpoints', trustInDms),
  deciding('the role to assume', (s) => (isRejected(s) ? none : assumeRole(s))),
  deciding('a policy that is said not to apply', toldUnattached),
  deciding('a session without MFA', withoutMfa),
  deciding('a role without the boundary', withoutBoundary),
  suspecting('a session policy that is told', toldSessionPolicy),
  deciding('the same resource in another Region', grantedInOtherRegion),
  deciding('the resource’s side', statedResourceSide),
  deciding('a resource that is not there, or lets nobody in', absentOrRefused),
  deciding('a secret of which AWS knows the name alone', secretNotThere),
  deciding('a policy that does not apply', unattachedInstead),
  deciding('a call that needs no permission', needsNoPermission),
  suspecting('tags of what may not be there', tagsOfAbsent),
  deciding('the identity’s side', statedIdentity),
  deciding('the key of a snapshot', (s) => [...copyKeyUndescribed(s), ...snapshotKeyRefused(s)]),
  deciding('a launch under a key', (s) => (s.has('launch-failed', 'kms-key-inaccessible') ? encryptedLaunch(s) : none)),
  deciding('a key that refused', (s) =>
    !s.has('kms-ciphertext-refers', 'kms-behind-refused', 'kms-access-code')
      ? none
      : s.denial.principal === null && s.has('subscription-refused') && keyBehindDestination(s).length > 0
        ? keyBehindDestination(s)
        : s.has('target-never-invoked') && !s.has('kms-ciphertext-refers')
          ? [...keyBehindDestination(s), ...keyRefused(s)]
          : keyRefused(s),
  ),
  deciding('a Deny that was read', readDeny),
  deciding('the key behind a resource, read', (s) =>
    keyBehindRead(s).filter(({ confidence }) => confidence !== 'possible'),
  ),
  deciding('the root of a site', (s) => (s.has('root-url-told', 'route-told') ? rootOfSite(s) : none)),
  deciding('a failure that a metric alone tells', silentRole),
  deciding('a target that a rule reaches with a role', targetByRole),
  deciding('the key behind a destination', keyBehindDestination),
  deciding('the deployer of an image', imagePolicyByDeployer),
  deciding('a service that delivers', servicePrincipal),
  deciding('a full log resource policy', logsPolicyLimit),
  deciding('Athena’s results', (s) => [...resultsBucket(s), ...outputUnwritten(s)]),
  deciding('a recreated principal', (s) =>
    s.has('unique-id-principal', 'invalid-principal') && s.action === null ? stalePrincipal(s) : none,
  ),
  deciding('a role that cannot be assumed', (s) =>
    // Beside a refused call it tells of that call; a call that was understood and rejected did not take the role.
    s.has('role-not-assumable') && (s.action === null || (s.denial.class === 'other-aws' && !/^sts:/iu.test(s.action)))
      ? serviceCannotAssume(s, null)
      : none,
  ),
  deciding('the reader pays', requesterPays),
  deciding('an object of another owner', foreignObject),
  deciding('an endpoint policy that was read', (s) => (endpointLeavesOut(s) ? [endpointPolicy(s, 'evaluated')] : none)),
  deciding('a resumed upload', resumedUpload),
  deciding('an ACL', aclOption),
  deciding('an option of the call', optionOfCall),
  deciding('an option that what was read does not grant', optionUngranted),
  deciding('the key behind a bucket', keyBehindBucket),
  deciding('a resource that is said not to be there', toldAbsent),
  deciding('a bucket policy with the other kind of ARN', bucketPolicyForm),
  deciding('an object that is not there', missingObject),
  deciding('an object that a service could not read', objectUnread),
  deciding('a request that was rejected as such', rejected),
  deciding('a ceiling that was read', readCeiling),
  deciding('a copy between accounts', (s) => (s.has('cross-account-told') ? copyBetweenBuckets(s) : none)),
  deciding('a bucket of another account', toldAcrossAccounts),
  deciding('a resource of another account', resourceElsewhere),
  deciding('a part of the message that is hidden', hangsOnHidden),
  deciding('a role that is named without its path', namedWithoutPath),
  deciding('identity policies that were read', readIdentity),
  deciding('a statement that never counts', statementThatNeverCounts),
  deciding('a directory of another account', outsideDirectoryAccount),
  deciding('a copy between accounts', copyBetweenBuckets),
  suspecting('an endpoint in between', (s) =>
    s.has('vpc-endpoint') && s.has('endpoint-blamed') && !/VpcEndpoint/iu.test(s.action ?? '')
      ? [endpointPolicy(s, 'possible')]
      : none,
  ),
  suspecting('a name in a policy that is no action', perhapsWrongName),
  suspecting('a policy that is not attached', unattached),
  suspecting('billing, which may not be open', billingPerhapsOff),
  suspecting('a product that may not be turned on', productPerhapsOff),
  suspecting('what is left', fallback),
]
