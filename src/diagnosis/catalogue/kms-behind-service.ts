import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const kmsBehindService: CatalogueEntry = {
  code: 'kms-behind-service',
  family: 'kms',
  fixKinds: ['add-identity-statement'],
  doNot: ['disable-encryption', 'add-unrelated-permission', 'star-resource', 'nonexistent-action'],
  references: [references.kmsTroubleshooting, references.s3Kms],
  example: {
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/session is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no identity-based policy allows the kms:Decrypt action',
    policies: null,
  },
}
