import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const kmsKeyPolicy: CatalogueEntry = {
  code: 'kms-key-policy',
  family: 'kms',
  fixKinds: ['key-policy'],
  doNot: ['identity-allow', 'edit-aws-managed-key-policy', 'public-principal'],
  references: [references.keyPolicies, references.kmsOtherAccounts],
  example: {
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/session is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab because no resource-based policy allows the kms:Decrypt action',
    policies: null,
  },
}
