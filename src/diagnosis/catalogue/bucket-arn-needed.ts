import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const bucketArnNeeded: CatalogueEntry = {
  code: 'bucket-arn-needed',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['name-wildcard', 'star-resource'],
  references: [references.s3Actions, references.s3Denied],
  example: {
    text: 'An error occurred (AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/session is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::example-reports" because no identity-based policy allows the s3:ListBucket action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['s3:ListBucket', 's3:GetObject'],
                Resource: 'arn:aws:s3:::example-reports/*',
              },
            ],
          },
        },
      ],
    },
  },
}
