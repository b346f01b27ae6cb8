import { consoleRows } from './formats/console.ts'
import { ec2Rows } from './formats/ec2.ts'
import { dataPlaneRows } from './formats/other-services/data-planes.ts'
import { deploymentRows } from './formats/other-services/deployments.ts'
import { permissionRows } from './formats/other-services/permissions-in-words.ts'
import { s3Rows } from './formats/s3.ts'
import { missingCredentialRows } from './neighbours/credentials-missing.ts'
import { credentialRows } from './neighbours/credentials.ts'
import { accountAndNetworkRows } from './neighbours/other-aws/accounts-and-network.ts'
import { containerRows } from './neighbours/other-aws/containers.ts'
import { keyAndSessionRows } from './neighbours/other-aws/keys-and-sessions.ts'
import { ownPermissionRows } from './neighbours/other-aws/own-permissions.ts'
import { resourceRows } from './neighbours/other-aws/resources.ts'
import { serviceNotEnabledRows } from './neighbours/other-aws/services-not-enabled.ts'
import { otherCloudRows } from './neighbours/other-clouds.ts'
import { otherSystemRows } from './neighbours/other-systems.ts'
import { registryRows } from './neighbours/registries.ts'
import { rolesAnywhereRows } from './neighbours/roles-anywhere.ts'
import { roleTrustRows } from './neighbours/role-trust.ts'
import { roleAndAccountRows } from './neighbours/roles-and-accounts.ts'
import { signatureRows } from './neighbours/signatures-and-sign-ins.ts'
import { throttlingRows } from './neighbours/throttling.ts'
import type { Row } from './signal.ts'
import { cloudFormationRows, sdkRows } from './wrappers/aws-tools.ts'
import { debugLogRows } from './wrappers/debug-logs.ts'
import { fieldRows } from './wrappers/fields.ts'
import { serviceHintRows } from './wrappers/service-hints.ts'

export const formatRows: readonly Row[] = [
  ...consoleRows,
  ...ec2Rows,
  ...s3Rows,
  ...permissionRows,
  ...deploymentRows,
  ...dataPlaneRows,
]
const wrapperRows: readonly Row[] = [
  ...sdkRows,
  ...cloudFormationRows,
  ...debugLogRows,
  ...fieldRows,
  ...serviceHintRows,
]
export const neighbourRows = [
  ...credentialRows,
  ...rolesAnywhereRows,
  ...missingCredentialRows,
  ...signatureRows,
  ...registryRows,
  ...throttlingRows,
  ...ownPermissionRows,
  ...containerRows,
  ...resourceRows,
  ...keyAndSessionRows,
  ...serviceNotEnabledRows,
  ...accountAndNetworkRows,
  ...roleAndAccountRows,
  ...roleTrustRows,
  ...otherCloudRows,
  ...otherSystemRows,
]

/** Every wording that the parser knows as data. */
export const rows: readonly Row[] = [...formatRows, ...wrapperRows, ...neighbourRows]
