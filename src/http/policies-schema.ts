import * as z from 'zod'
import { fieldWords } from '../words/problem-words.ts'
import { closedObject } from './closed-object.ts'

/** Policies and context keys as callers send them: section by policy type, levels for SCPs and RCPs. */

const name = z.string().max(512)

const policySchema = z
  .object({
    name,
    document: z
      .unknown()
      .meta({ description: 'The policy document, as JSON or as its text, or the whole answer of AWS that holds it.' }),
    arn: z.string().max(2048).optional(),
    kind: z.enum(['inline', 'managed', 'aws-managed']).optional(),
    group: name.optional(),
  })
  .meta({ id: 'NamedPolicy' })

const unread = z.literal('unknown').meta({ description: 'Applies or may apply, but could not be read.' })
const policies = z.union([z.array(policySchema).max(200), unread, z.null()], {
  error: 'Expected a list of policies, [{ "name": …, "document": … }], or "unknown", or null',
})
const levels = z.union(
  [
    z
      .array(
        z
          .object({ level: name, policies: z.union([z.array(policySchema).max(50), unread]) })
          .meta({ id: 'PolicyLevel' }),
      )
      .max(20),
    // Without levels they are taken for those of one.
    z
      .array(policySchema)
      .max(50)
      .transform((all) => [{ level: 'account', policies: all }]),
    unread,
    z.null(),
  ],
  {
    error:
      'Expected levels from the root to the account, [{ "level": "account", "policies": [{ "name": …, "document": … }] }], or "unknown", or null',
  },
)

export const policiesSchema = closedObject({
  'identity-based': policies.optional(),
  'permissions-boundary': policies.optional(),
  session: policies.optional(),
  'resource-based': policies.optional(),
  'role-trust': policies.optional(),
  'vpc-endpoint': policies.optional(),
  'service-control': levels.optional(),
  'resource-control': levels.optional(),
}).meta({
  id: 'Policies',
  description: 'Policies by policy type; SCPs and RCPs as levels from the root to the account.',
})

export const contextSchema = z
  .record(
    z.string().max(512),
    z.union([z.string().max(8192), z.array(z.string().max(8192)).max(500), z.null()], {
      error: fieldWords.contextValue.en,
    }),
  )
  .meta({
    id: 'RequestContext',
    description: 'Context keys: a value, several values, or null for a key known to be absent.',
  })
