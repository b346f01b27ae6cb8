import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const conditionMismatch: CatalogueEntry = {
  code: 'condition-mismatch',
  family: 'condition',
  fixKinds: ['other', 'edit-statement', 'resource-policy'],
  doNot: ['drop-condition'],
  references: [references.conditionElement, references.conditionKeys],
  example: {
    text: 'An error occurred (UnauthorizedOperation) when calling the CreateVolume operation: User: arn:aws:sts::111122223333:assumed-role/TeamDeploy/session is not authorized to perform: ec2:CreateVolume on resource: arn:aws:ec2:eu-west-1:111122223333:volume/* because no identity-based policy allows the ec2:CreateVolume action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'ec2:CreateVolume',
                Resource: '*',
                Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
              },
            ],
          },
        },
      ],
    },
  },
}
