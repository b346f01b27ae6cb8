import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const rcpDeny: CatalogueEntry = {
  code: 'rcp-deny',
  family: 'deny-or-ceiling',
  fixKinds: ['scp'],
  doNot: ['identity-allow', 'remove-guardrail'],
  references: [references.rcps, references.accessDenied],
  example: {
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/Partner/session is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::example-reports/may.csv" with an explicit deny in a resource control policy',
    policies: null,
  },
}
