import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const undetermined: CatalogueEntry = {
  code: 'undetermined',
  family: 'open-end',
  fixKinds: ['other'],
  doNot: ['drop-condition'],
  references: [references.conditionKeys, references.evaluationLogic],
  example: {
    text: 'An error occurred (UnauthorizedOperation) when calling the StopInstances operation: User: arn:aws:iam::111122223333:user/maria is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'ec2:StopInstances',
                Resource: '*',
                Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } },
              },
            ],
          },
        },
      ],
    },
  },
}
