import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const blockPublicAccess: CatalogueEntry = {
  code: 'block-public-access',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['identity-allow', 'disable-bpa'],
  references: [references.s3PublicAccess],
  example: {
    text: 'An error occurred (AccessDenied) when calling the PutBucketPolicy operation: User: arn:aws:sts::111122223333:assumed-role/Administrator/session is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::example-site" because public policies are blocked by the BlockPublicPolicy block public access setting.',
    policies: null,
  },
}
