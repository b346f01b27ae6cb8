import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const ecsRoleConfusion: CatalogueEntry = {
  code: 'ecs-role-confusion',
  family: 'other-identity',
  fixKinds: ['add-identity-statement', 'switch-principal'],
  doNot: ['wrong-principal-grant'],
  references: [references.ecsExecutionRole, references.ecsTaskRole],
  example: {
    text: 'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/orders-task/0123456789abcdef0123456789abcdef is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-AbC123 because no identity-based policy allows the secretsmanager:GetSecretValue action',
    policies: null,
  },
}
