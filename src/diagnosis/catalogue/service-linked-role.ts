import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const serviceLinkedRole: CatalogueEntry = {
  code: 'service-linked-role',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement', 'other'],
  doNot: ['edit-service-linked-role', 'star-resource'],
  references: [references.serviceLinkedRole],
  example: {
    text: 'An error occurred (AccessDenied) when calling the CreateCluster operation: User: arn:aws:sts::111122223333:assumed-role/Deploy/session is not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS because no identity-based policy allows the iam:CreateServiceLinkedRole action',
    policies: null,
  },
}
