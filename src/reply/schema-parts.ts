import * as z from 'zod'
import { policyTypes } from '../iam/policy-type.ts'

/** What several parts of the reply are made of. */

export const nullable = <T extends z.ZodType>(type: T) => type.nullable()
export const text = z.string()
export const names = z.array(text)
export const values = z.record(z.string(), z.string())
const json = z.unknown()

export const policyTypeSchema = z.enum(policyTypes).meta({ id: 'PolicyType' })
export const decisionSchema = z.enum(['allowed', 'implicitDeny', 'explicitDeny', 'unknown']).meta({ id: 'Decision' })
export const policyTypeResultSchema = z
  .enum(['allowed', 'implicitDeny', 'explicitDeny', 'unknown', 'notApplicable', 'notCollected'])
  .meta({ id: 'PolicyTypeResult' })

const oneOrMore = z.union([text, names])
const principalElement = z.union([z.literal('*'), z.record(z.string(), oneOrMore)])
export const statementSchema = z
  .object({
    Sid: text.optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principalElement.optional(),
    NotPrincipal: principalElement.optional(),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore.optional(),
    NotResource: oneOrMore.optional(),
    Condition: z.record(z.string(), z.record(z.string(), json)).optional(),
  })
  .meta({ id: 'Statement', description: 'One statement of an IAM policy.' })

export const documentSchema = z.looseObject({}).meta({ id: 'PolicyDocument', description: 'A whole policy document.' })
