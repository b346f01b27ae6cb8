import { consoleRows } from './formats/console.ts'
import { ec2Rows } from './formats/ec2.ts'
import { otherServiceRows } from './formats/other-services.ts'
import { s3Rows } from './formats/s3.ts'
import { credentialRows } from './neighbours/credentials.ts'
import { otherAwsRows } from './neighbours/other-aws.ts'
import { otherSystemRows } from './neighbours/other-systems.ts'
import { roleTrustRows } from './neighbours/role-trust.ts'
import { roleAndAccountRows } from './neighbours/roles-and-accounts.ts'
import { throttlingRows } from './neighbours/throttling.ts'
import type { Row } from './signal.ts'
import { cloudFormationRows, sdkRows } from './wrappers/aws-tools.ts'
import { fieldRows } from './wrappers/fields.ts'
import { serviceHintRows } from './wrappers/service-hints.ts'

export const formatRows: readonly Row[] = [...consoleRows, ...ec2Rows, ...s3Rows, ...otherServiceRows]
export const wrapperRows: readonly Row[] = [...sdkRows, ...cloudFormationRows, ...fieldRows, ...serviceHintRows]
export const neighbourRows = [
  ...credentialRows,
  ...throttlingRows,
  ...otherAwsRows,
  ...roleAndAccountRows,
  ...roleTrustRows,
  ...otherSystemRows,
]

/** Every wording that the parser knows as data. */
export const rows: readonly Row[] = [...formatRows, ...wrapperRows, ...neighbourRows]
