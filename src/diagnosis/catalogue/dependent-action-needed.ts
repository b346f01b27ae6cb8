import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const dependentActionNeeded: CatalogueEntry = {
  code: 'dependent-action-needed',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement', 'other'],
  doNot: ['star-action', 'add-unrelated-permission'],
  references: [references.actionTables, references.s3Actions],
  example: {
    text: `aws s3 cp report.csv s3://example-reports/report.csv --acl bucket-owner-full-control\nAn error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportWriter/session is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::example-reports/report.csv" because no identity-based policy allows the s3:PutObjectAcl action`,
    policies: null,
  },
}
