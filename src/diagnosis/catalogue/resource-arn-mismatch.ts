import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const resourceArnMismatch: CatalogueEntry = {
  code: 'resource-arn-mismatch',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement'],
  doNot: ['star-resource', 'change-the-resource'],
  references: [references.resourceElement, references.arns],
  example: {
    text: 'An error occurred (AuthorizationError) when calling the Publish operation: User: arn:aws:sts::111122223333:assumed-role/Notifier/session is not authorized to perform: SNS:Publish on resource: arn:aws:sns:eu-west-1:111122223333:alerts-prod because no identity-based policy allows the SNS:Publish action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:aws:sns:eu-west-1:111122223333:alerts-dev' },
            ],
          },
        },
      ],
    },
  },
}
