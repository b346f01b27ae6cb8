import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const s3ExpressCreatesession: CatalogueEntry = {
  code: 's3-express-createsession',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement'],
  doNot: ['add-unrelated-permission', 'star-action'],
  references: [references.s3Express, references.actionTables],
  example: {
    text: 'An error occurred (AccessDenied) when calling the CreateSession operation: User: arn:aws:sts::111122223333:assumed-role/TrainingJob/session is not authorized to perform: s3express:CreateSession on resource: arn:aws:s3express:eu-west-1:111122223333:bucket/training--euw1-az1--x-s3 because no identity-based policy allows the s3express:CreateSession action',
    policies: null,
  },
}
