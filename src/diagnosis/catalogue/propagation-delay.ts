import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const propagationDelay: CatalogueEntry = {
  code: 'propagation-delay',
  family: 'other-identity',
  fixKinds: ['not-iam'],
  doNot: ['add-unrelated-permission'],
  references: [references.troubleshootGeneral],
  example: {
    text: `An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:sts::111122223333:assumed-role/Deploy/session is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::example-reports/may.csv"\n(the role was created in the same run; the second apply succeeds)`,
    policies: null,
  },
}
