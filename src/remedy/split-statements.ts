import { list, type Statement } from '../iam/policy-document.ts'
import { policySize } from './policy-size.ts'

const sizeOf = (statements: readonly Statement[]): number =>
  policySize({ Version: '2012-10-17', Statement: statements })

/** A statement that alone exceeds the quota is halved by its resources until each part fits; each allows its part. */
const halved = (statement: Statement, quota: number): readonly Statement[] => {
  const resources = list(statement.Resource)
  if (sizeOf([statement]) <= quota || resources.length < 2) return [statement]
  const middle = Math.ceil(resources.length / 2)
  return [resources.slice(0, middle), resources.slice(middle)].flatMap((part) =>
    halved({ ...statement, Resource: part }, quota),
  )
}

/** Statements that are too long for one document, in several, each within the quota. */
export const splitStatements = (statements: readonly Statement[], quota: number): readonly (readonly Statement[])[] => {
  const documents: Statement[][] = []
  for (const statement of statements.flatMap((one) => halved(one, quota))) {
    const last = documents.at(-1)
    const hasRoom = last !== undefined && sizeOf([...last, statement]) <= quota
    if (hasRoom && !last.some(({ Sid }) => Sid === statement.Sid)) last.push(statement)
    else documents.push([statement])
  }
  return documents
}
