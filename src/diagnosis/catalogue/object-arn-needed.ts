import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const objectArnNeeded: CatalogueEntry = {
  code: 'object-arn-needed',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['name-wildcard', 'star-resource'],
  references: [references.s3Actions, references.s3Denied],
  example: {
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/session is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::example-reports/2026/may.csv" because no identity-based policy allows the s3:GetObject action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetObject'], Resource: 'arn:aws:s3:::example-reports' },
            ],
          },
        },
      ],
    },
  },
}
