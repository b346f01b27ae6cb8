import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const bedrockModelAccess: CatalogueEntry = {
  code: 'bedrock-model-access',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['star-instead'],
  references: [references.bedrockModels],
  example: {
    text: "An error occurred (AccessDeniedException) when calling the InvokeModel operation: You don't have access to the model with the specified model ID.",
    policies: null,
  },
}
