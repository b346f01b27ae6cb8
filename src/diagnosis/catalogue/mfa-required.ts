import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const mfaRequired: CatalogueEntry = {
  code: 'mfa-required',
  family: 'deny-or-ceiling',
  fixKinds: ['session'],
  doNot: ['identity-allow', 'disable-mfa'],
  references: [references.mfa],
  example: {
    text: 'An error occurred (AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::111122223333:user/maria is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::111122223333:user/ with an explicit deny in an identity-based policy',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' },
              {
                Sid: 'DenyWithoutMfa',
                Effect: 'Deny',
                NotAction: ['iam:ListMFADevices', 'sts:GetSessionToken'],
                Resource: '*',
                Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
              },
            ],
          },
        },
      ],
    },
  },
}
