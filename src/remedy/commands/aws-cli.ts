import type { PolicyDocument, Statement } from '../../iam/policy-document.ts'
import type { PolicyApi } from './aws-api.ts'
import { takesStatements } from '../home.ts'
import type { CommandInput } from './command-input.ts'
import { addLayerPermission, removeLayerPermission } from './layer-permission.ts'
import { addPermissions, removePermissions } from './lambda-permission.ts'
import { quote, shellLine, shellLines, windowsLine, type Argv } from './shell.ts'

const documentFile = 'policy.json'
const mergedFile = 'merged-policy.json'

const json = (value: unknown): string => JSON.stringify(value)

/** The document as the API's parameter wants it: itself, or as text inside an attribute. */
const parameterOf = (api: PolicyApi, document: PolicyDocument): string =>
  api.insideAttribute === undefined ? json(document) : json({ [api.insideAttribute]: json(document) })

/**
 * Appends the statement to the document on standard input; stops where its Sid is taken, since that may be another
 * statement. Python comes with nearly every system; JSON is not for sed.
 */
const merger = (attribute: string | undefined): string =>
  [
    'import json,sys',
    'p=json.load(sys.stdin)',
    'n=json.loads(sys.argv[1])',
    's=p["Statement"]',
    's=s if isinstance(s,list) else [s]',
    'any(x.get("Sid")==n.get("Sid") for x in s) and sys.exit("there is a statement with this Sid")',
    'p["Statement"]=s+[n]',
    attribute === undefined ? 'print(json.dumps(p))' : `print(json.dumps({"${attribute}":json.dumps(p)}))`,
  ].join('; ')

const managedVersionRead = (policyArn: string): string =>
  `aws iam get-policy-version --policy-arn ${quote(policyArn)} --version-id ` +
  `"$(aws iam get-policy --policy-arn ${quote(policyArn)} --query Policy.DefaultVersionId --output text)" ` +
  '--query PolicyVersion.Document --output json'

/** Read, merge, put: for a document that was not read for this answer. Each step runs only if the last succeeded. */
const readMergePut = (input: CommandInput, api: PolicyApi, add: Statement): string | null => {
  const read =
    api.read === null
      ? input.home.kind === 'managed-policy'
        ? managedVersionRead(input.target.policyArn ?? input.home.arn)
        : null
      : shellLine(api.read)
  if (read === null) return null
  const merge = `python3 -c ${quote(merger(api.insideAttribute))} ${quote(json(add))}`
  return [`${read} |`, `  ${merge} > ${mergedFile} &&`, `  ${shellLines(api.write(`file://${mergedFile}`))}`].join('\n')
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
  if (input.after !== null) return shellLines(api.write(parameterOf(api, input.after)))
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
  const commands: readonly Argv[] | null =
    input.before === null ? api.remove : api.write(parameterOf(api, input.before))
  return inShell(commands)
}
