import { hiddenPartOf, isHiddenArn, openedArn } from '../../iam/hidden-text.ts'
import { coversResource } from '../statements.ts'

/** Whether what is hidden of a policy's ARN may make it that of the resource. */
export const mayCover = (arn: string, resource: string): boolean =>
  isHiddenArn(arn) && coversResource({ resources: [openedArn(arn)], notResources: [] }, resource)

/** What is hidden of the policy itself. */
export const hiddenFacts = (arn: string) => ({ found: arn, hidden: hiddenPartOf(arn), hiddenIn: 'policy' }) as const
