import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const explicitDenyResource: CatalogueEntry = {
  code: 'explicit-deny-resource',
  family: 'deny-or-ceiling',
  fixKinds: ['other', 'resource-policy'],
  doNot: ['identity-allow', 'admin-policy', 'remove-guardrail', 'delete-bucket'],
  references: [references.accessDenied, references.evaluationLogic],
  example: {
    text: 'An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportWriter/session is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::example-reports/may.csv" with an explicit deny in a resource-based policy',
    policies: null,
  },
}
