import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const requesterPays: CatalogueEntry = {
  code: 'requester-pays',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['identity-allow'],
  references: [references.s3RequesterPays],
  example: {
    text: 'aws s3 cp s3://example-open-data/scene.tif .\nfatal error: An error occurred (403) when calling the HeadObject operation: Forbidden (the data set is a requester pays bucket)',
    policies: null,
  },
}
