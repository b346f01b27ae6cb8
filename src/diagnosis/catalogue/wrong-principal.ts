import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const wrongPrincipal: CatalogueEntry = {
  code: 'wrong-principal',
  family: 'other-identity',
  fixKinds: ['switch-principal'],
  doNot: ['wrong-principal-grant'],
  references: [references.credentialProviders, references.irsa, references.instanceRoles],
  example: {
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/eks-node-group-NodeInstanceRole-1A2B3C4D5E6F/i-0a1b2c3d4e5f60718 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::example-reports/may.csv" because no identity-based policy allows the s3:GetObject action',
    policies: null,
  },
}
