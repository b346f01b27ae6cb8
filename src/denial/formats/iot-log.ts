import type { Signal } from '../signal.ts'
import { sliceOf, type SqueezedText } from '../squeezed-text.ts'

/*
 * AWS IoT's log of a device that an IoT policy does not let: the event stands for the action.
 * https://docs.aws.amazon.com/iot/latest/developerguide/cwl-format.html
 */

export const iotLogAnchor = 'authorization_failure'

const eventType = /eventtype:([a-z-]{4,30})[,}]/g
const longestRecord = 1500

const actions: Readonly<Record<string, string>> = {
  Connect: 'iot:Connect',
  'Publish-In': 'iot:Publish',
  'Publish-Out': 'iot:Receive',
  Subscribe: 'iot:Subscribe',
  GetThingShadow: 'iot:GetThingShadow',
  UpdateThingShadow: 'iot:UpdateThingShadow',
  DeleteThingShadow: 'iot:DeleteThingShadow',
}
/** Before events were logged as JSON: `EVENT:PublishEvent … MESSAGE:PublishIn Status: AUTHORIZATION_FAILURE`. */
const oldLine = /message:(connect|publish-?in|publish-?out|publish|subscribe)status:$/
const oldActions: Readonly<Record<string, string>> = {
  connect: 'iot:Connect',
  publish: 'iot:Publish',
  publishin: 'iot:Publish',
  publishout: 'iot:Receive',
  subscribe: 'iot:Subscribe',
}
const byEvent = new Map(Object.entries(actions).map(([event, action]) => [event.toLowerCase(), action]))

/** `"eventType":"Connect", …, "reason":"AUTHORIZATION_FAILURE"`: members of one record, in either order. */
export function readIotLog(squeezed: SqueezedText, at: number): Signal | null {
  const end = at + iotLogAnchor.length
  if (sliceOf(squeezed, at, end) !== 'AUTHORIZATION_FAILURE') return null
  const action = actionOfLine(squeezed, at) ?? actionOfRecord(squeezed, at, end)
  if (action === undefined) return null
  return {
    kind: 'core',
    name: 'iot-log',
    class: 'authorization',
    start: at,
    end,
    fields: { action, service: 'iot', errorCode: 'AUTHORIZATION_FAILURE' },
    encoded: false,
    marks: {},
  }
}

function actionOfLine({ text }: SqueezedText, at: number): string | undefined {
  const event = oldLine.exec(text.slice(Math.max(0, at - 40), at))?.[1]
  return event === undefined ? undefined : oldActions[event.replace('-', '')]
}

function actionOfRecord(squeezed: SqueezedText, at: number, end: number): string | undefined {
  const from = Math.max(0, at - longestRecord)
  const record = squeezed.text.slice(from, at)
  const opened = from + record.lastIndexOf('{') + 1
  const event = eventIn(squeezed.text.slice(opened, at)) ?? eventIn(objectRest(squeezed.text, end))
  return event === undefined ? undefined : byEvent.get(event)
}

const eventIn = (text: string): string | undefined => [...text.matchAll(eventType)].at(-1)?.[1]

function objectRest(text: string, start: number): string {
  const rest = text.slice(start, start + longestRecord)
  const closed = rest.indexOf('}')
  return closed === -1 ? rest : rest.slice(0, closed + 1)
}
