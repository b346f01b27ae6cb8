import { where, type Values } from '../values.ts'
import type { Request, Words } from '../words.ts'
import { action, on, who } from './phrases.ts'

const inAccount = (v: Values): string => where(v, 'account', (account) => ` of account ${account}`)

const owners: Readonly<Record<string, (v: Values) => string>> = {
  reader: (v) => `You, or whoever manages the IAM policies${inAccount(v)}.`,
}

export const owner: Words['owner'] = (code, values) =>
  owners[code]?.(values) ?? `Whoever manages the IAM policies${inAccount(values)}.`

/** Ready to send: what happened, what is asked for, and the exact change. */
export const ownerMessage: Words['ownerMessage'] = ({ values, instruction, change, place, reason }: Request) => {
  const lines = [
    `Hello, ${who(values)} was denied ${action(values)}${on(values)}.`,
    reason,
    '',
    change === null ? instruction : `Please consider this change${place === null ? '' : ` to ${place}`}:`,
    ...(change === null ? [] : ['', change]),
    '',
    'It covers this one request and nothing else. If there is a better way within your rules, please tell me.',
  ]
  return lines.join('\n')
}
