import { assumingServices } from './assuming-services.ts'
import { addressesTold } from './circumstances/addresses-told.ts'
import { accountsTold } from './circumstances/accounts-told.ts'
import { circumstancesBlamed } from './circumstances/blamed.ts'
import { broadGrants } from './circumstances/broad-grants.ts'
import { callsTold } from './circumstances/calls-told.ts'
import { credentialsTold } from './circumstances/credentials-told.ts'
import { grantsAndAbsencesTold } from './circumstances/grants-and-absences-told.ts'
import { optionsOfUploads } from './circumstances/options-of-uploads.ts'
import { instanceMetadata } from './circumstances/instance-metadata.ts'
import { placesTold } from './circumstances/places-told.ts'
import { keysTold } from './circumstances/keys-told.ts'
import { encryptionTold } from './circumstances/encryption-told.ts'
import { servicesAtWork } from './circumstances/services-at-work.ts'
import { timesTold } from './circumstances/times-told.ts'
import { sessionsTold } from './circumstances/sessions-told.ts'
import { sitesAndCopiesTold } from './circumstances/sites-and-copies-told.ts'
import { ecsRolesTold } from './circumstances/ecs-roles-told.ts'
import { worksLater } from './circumstances/works-later.ts'
import { tokensTold } from './circumstances/tokens-told.ts'
import { callersTold } from './callers-told.ts'
import type { ClueShape } from './clue-shape.ts'
import { collectionsTold } from './collections-told.ts'
import { createdResources } from './created-resources.ts'
import { dataPlanesAtWork } from './data-planes-at-work.ts'
import { iotAtWork } from './iot-at-work.ts'
import { linkedServicesTold } from './linked-services.ts'
import { loginTokens } from './login-tokens.ts'
import { namedResources } from './named-resources.ts'
import { operationsOfBackupsAndClusters } from './operations-told/of-backups-and-clusters.ts'
import { operationsOfEc2Console } from './operations-told/of-ec2-console.ts'
import { operationsOfMinioClient } from './operations-told/of-minio-client.ts'
import { operationsInDebugLogs } from './operations-told/in-debug-logs.ts'
import { operationsInRequests } from './operations-told/in-stacks-and-requests.ts'
import { operationsOnObjects } from './operations-told/on-objects.ts'
import { operationsOfPlansAndProse } from './operations-told/of-plans-and-prose.ts'
import { operationsOfReaders } from './operations-told/of-readers-of-objects.ts'
import { operationsOfTagging } from './operations-told/of-tagging.ts'
import { operationsOfTerragrunt } from './operations-told/of-terragrunt.ts'
import { operationsOfWaiters } from './operations-told/of-waiters.ts'
import { operationsOfTools } from './operations-told/of-tools-and-services.ts'
import { passingCalls } from './passing-calls.ts'
import { rolesAndAccounts } from './roles-and-accounts.ts'
import { sentencesBesideIam } from './sentences/beside-iam.ts'
import { deliverySentences } from './sentences/deliveries.ts'
import { keySentences } from './sentences/keys.ts'
import { policyDocumentSentences } from './sentences/policy-documents.ts'
import { silentDeliveries } from './sentences/silent-deliveries.ts'
import { functionLogSentences } from './sentences/function-logs.ts'
import { replicationSentences } from './sentences/replications.ts'
import { destinationSentences } from './sentences/destinations.ts'
import { pipelineSentences } from './sentences/pipelines.ts'
import { serviceRoleSentences } from './sentences/service-roles.ts'
import { servicesByName } from './sentences/services-by-name.ts'
import { trustAndResourceSentences } from './sentences/trust-and-resources.ts'
import { workloadSentences } from './sentences/workloads.ts'
import { thingsTold } from './things-told.ts'
import { tokenIssuers } from './token-issuers.ts'
import { tagsTold } from './circumstances/tags-told.ts'
import { triggersTold } from './circumstances/triggers-told.ts'

const shapes = [
  ...keySentences,
  ...pipelineSentences,
  ...serviceRoleSentences,
  ...destinationSentences,
  ...servicesByName,
  ...deliverySentences,
  ...replicationSentences,
  ...functionLogSentences,
  ...silentDeliveries,
  ...sentencesBesideIam,
  ...workloadSentences,
  ...trustAndResourceSentences,
  ...policyDocumentSentences,
  ...optionsOfUploads,
  ...placesTold,
  ...timesTold,
  ...worksLater,
  ...tokensTold,
  ...credentialsTold,
  ...keysTold,
  ...accountsTold,
  ...addressesTold,
  ...sitesAndCopiesTold,
  ...grantsAndAbsencesTold,
  ...sessionsTold,
  ...ecsRolesTold,
  ...circumstancesBlamed,
  ...broadGrants,
  ...encryptionTold,
  ...servicesAtWork,
  ...instanceMetadata,
  ...callsTold,
  ...operationsInRequests,
  ...operationsInDebugLogs,
  ...operationsOfWaiters,
  ...operationsOfTagging,
  ...operationsOfReaders,
  ...operationsOfTools,
  ...operationsOfBackupsAndClusters,
  ...operationsOfEc2Console,
  ...operationsOfMinioClient,
  ...operationsOfTerragrunt,
  ...operationsOfPlansAndProse,
  ...operationsOnObjects,
  ...namedResources,
  ...tokenIssuers,
  ...triggersTold,
  ...tagsTold,
  ...assumingServices,
  ...callersTold,
  ...rolesAndAccounts,
  ...linkedServicesTold,
  ...dataPlanesAtWork,
  ...iotAtWork,
  ...loginTokens,
  ...collectionsTold,
  ...createdResources,
  ...thingsTold,
  ...passingCalls,
] as const

/** Every clue shape. Several may share a kind; of clues at one place the earlier shape's comes first. */
export const clueShapes: readonly ClueShape[] = shapes

export type ClueKind = (typeof shapes)[number]['kind']
