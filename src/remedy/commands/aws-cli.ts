import type { PolicyDocument, Statement } from '../../iam/policy-document.ts'
import type { PolicyApi } from './aws-api.ts'
import { takesStatements } from '../home.ts'
import type { CommandInput } from './command-input.ts'
import { addLayerPermission, removeLayerPermission } from './layer-permission.ts'
import { addPermissions, removePermissions } from './lambda-permission.ts'
import { quote, shellLine, shellLines, windowsLine, type Argv } from './shell.ts'

const documentFile = 'policy.json'
const mergedFile = 'merged-policy.json'
const errorFile = 'read-error.txt'

const json = (value: unknown): string => JSON.stringify(value)

/** The document as the API's parameter wants it: itself, or as text inside an attribute. */
const parameterOf = (api: PolicyApi, document: PolicyDocument): string =>
  api.insideAttribute === undefined ? json(document) : json({ [api.insideAttribute]: json(document) })

/** Of a statement that has one: documents may hold any number without. */
const sidIsFree = 'any(x.get("Sid")==n.get("Sid") for x in s) and sys.exit("there is a statement with this Sid")'

/**
 * Appends the statement to the document on standard input; stops where its Sid is taken, since that may be another
 * statement. Python comes with nearly every system; JSON is not for sed.
 */
const merger = (attribute: string | undefined, statement: Statement): string =>
  [
    'import json,sys',
    't=sys.stdin.read()',
    // What the AWS CLI prints where there is no policy; nothing at all is a failed read.
    `p={"Version":"2012-10-17","Statement":[]} if t.strip()=="None" else json.loads(t)`,
    'n=json.loads(sys.argv[1])',
    's=p["Statement"]',
    's=s if isinstance(s,list) else [s]',
    ...(statement.Sid === undefined ? [] : [sidIsFree]),
    'p["Statement"]=s+[n]',
    attribute === undefined ? 'print(json.dumps(p))' : `print(json.dumps({"${attribute}":json.dumps(p)}))`,
  ].join('; ')

const managedVersionRead = (policyArn: string): string =>
  `aws iam get-policy-version --policy-arn ${quote(policyArn)} --version-id ` +
  `"$(aws iam get-policy --policy-arn ${quote(policyArn)} --query Policy.DefaultVersionId --output text)" ` +
  '--query PolicyVersion.Document --output json'

/** Says so where there is nothing to read yet; any other error is shown, and stops what follows. */
const orNone = (read: string, absent: string): string =>
  `{ ${read} 2>${errorFile} || { grep -q ${absent} ${errorFile} && echo None; } || { cat ${errorFile} >&2; false; }; }`

/** Read, merge, put: for a document that was not read for this answer. Each step runs only if the last succeeded. */
const readMergePut = (input: CommandInput, api: PolicyApi, add: Statement): string | null => {
  const read =
    api.read === null
      ? input.home.kind === 'managed-policy'
        ? managedVersionRead(input.target.policyArn ?? input.home.arn)
        : null
      : shellLine(api.read)
  if (read === null) return null
  const reading = api.absent === undefined ? read : orNone(read, api.absent)
  const merge = `python3 -c ${quote(merger(api.insideAttribute, add))} ${quote(json(add))}`
  const written = shellLines(api.write(`file://${mergedFile}`))
  return `${reading} |\n  ${merge} > ${mergedFile} &&\n${api.prepare ?? ''}  ${written}`
}

const adding = (input: CommandInput): readonly Argv[] | null => {
  const { home, add } = input
  if (add === null) return null
  return home.kind === 'layer' ? [addLayerPermission(home, add)] : addPermissions(input, add)
}

const removing = (input: CommandInput): readonly Argv[] | null => {
  const { home, add } = input
  if (add === null) return null
  return home.kind === 'layer' ? [removeLayerPermission(home, add)] : removePermissions(input, add)
}

const inShell = (commands: readonly Argv[] | null): string | null => (commands === null ? null : shellLines(commands))

const inWindows = (commands: readonly Argv[] | null): string | null => {
  const lines = commands?.map(windowsLine) ?? [null]
  return lines.includes(null) ? null : lines.join('\n')
}

/** The change as a command for a POSIX shell; `null` where the AWS CLI has none. */
export const awsCli = (input: CommandInput, api: PolicyApi | null): string | null => {
  if (takesStatements(input.home)) return inShell(adding(input))
  if (api === null) return null
  if (input.after !== null) return `${api.prepare ?? ''}${shellLines(api.write(parameterOf(api, input.after)))}`
  if (api.isOneOfMany === true && input.add !== null)
    return shellLines(api.write(json({ Version: '2012-10-17', Statement: [input.add] })))
  return input.add === null ? null : readMergePut(input, api, input.add)
}

/** The shorthand form `Policy@=file://…` puts a file's text into one attribute. */
const fileValue = (api: PolicyApi): string =>
  api.insideAttribute === undefined ? `file://${documentFile}` : `${api.insideAttribute}@=file://${documentFile}`

/** The same for PowerShell and cmd: the document is saved as `policy.json` beside it, since neither quotes JSON. */
export const awsCliFile = (input: CommandInput, api: PolicyApi | null): string | null => {
  if (takesStatements(input.home)) return inWindows(adding(input))
  if (api === null || input.after === null) return null
  return inWindows(api.write(fileValue(api)))
}

/** Back to what was there before: the earlier document, or no policy where there was none. */
export const undo = (input: CommandInput, api: PolicyApi | null): string | null => {
  if (takesStatements(input.home)) return inShell(removing(input))
  if (api === null || input.after === null) return null
  if (input.before === null) return inShell(api.remove)
  if (api.restore !== undefined) return inShell(api.restore)
  return `${api.prepare ?? ''}${shellLines(api.write(parameterOf(api, input.before)))}`
}
