import type { ReplyPlanStep, ReplyRemedy } from '../reply/schema.ts'
import type { CodeLanguage } from './code-tokens.ts'

/** The forms in which the same change can be read or applied, in the order of their tabs. */
const formNames = [
  'statement',
  'editedStatement',
  'keptStatements',
  'policyDocument',
  'diff',
  'awsCli',
  'awsCliFile',
  'terraform',
  'cloudformation',
  'cdk',
  'undo',
] as const
export type FormName = (typeof formNames)[number]

export interface RemedyForm {
  readonly name: FormName
  readonly language: CodeLanguage
  readonly code: string
}

type Change = Pick<ReplyPlanStep, 'policyDocument' | 'diff' | 'commands'> &
  Partial<Pick<ReplyRemedy, 'statement' | 'editedStatement' | 'keptStatements'>>

/** What a change offers; a form that does not exist for it gets no tab. */
export function remedyForms({
  statement,
  editedStatement,
  keptStatements,
  policyDocument,
  diff,
  commands,
}: Change): readonly RemedyForm[] {
  const forms: Readonly<Record<FormName, string | null | undefined>> = {
    statement: asJson(statement),
    editedStatement: asJson(editedStatement),
    keptStatements: keptStatements?.map(asJson).join(',\n'),
    policyDocument: asJson(policyDocument),
    diff,
    awsCli: commands?.awsCli,
    awsCliFile: commands?.awsCliFile,
    terraform: commands?.terraform,
    cloudformation: commands?.cloudformation,
    cdk: commands?.cdk,
    undo: commands?.undo,
  }
  return formNames.flatMap((name) => {
    const code = forms[name]
    return code === null || code === undefined || code === '' ? [] : [{ name, language: languageOf(name), code }]
  })
}

const asJson = (value: object | null | undefined): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value, null, 2)

const inJson: ReadonlySet<FormName> = new Set(['statement', 'editedStatement', 'keptStatements', 'policyDocument'])

function languageOf(name: FormName): CodeLanguage {
  return name === 'diff' ? 'diff' : inJson.has(name) ? 'json' : 'text'
}
