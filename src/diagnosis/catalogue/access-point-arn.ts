import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const accessPointArn: CatalogueEntry = {
  code: 'access-point-arn',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['star-resource', 'wrong-arn-form'],
  references: [references.s3AccessPoints, references.s3Denied],
  example: {
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/session is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/may.csv" because no identity-based policy allows the s3:GetObject action',
    policies: null,
  },
}
