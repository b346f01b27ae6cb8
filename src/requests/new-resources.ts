import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'

/** What a call creates where its name does not say so, and what else it always makes AWS look at. */
const createdBy: Readonly<Record<string, readonly string[]>> = {
  'ec2:AllocateAddress': ['elastic-ip'],
  'ec2:AllocateHosts': ['dedicated-host'],
  'ec2:CopyImage': ['image', 'snapshot'],
  'ec2:CreateFleet': ['fleet', 'instance'],
  'ec2:CreateImage': ['image', 'snapshot'],
  'ec2:CreateSnapshots': ['snapshot'],
  'ec2:RunInstances': ['instance', 'network-interface', 'volume'],
}

/** Services whose callers choose the ids of what they create, or in which a name is called an id. */
const idsChosenByCaller: ReadonlySet<string> = new Set([
  'dax',
  'elasticache',
  'glue',
  'iot',
  'iotfleetwise',
  'personalize',
  'quicksight',
  'redshift',
  'secretsmanager',
])

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/gu, '')

/** `securitygroup` of `ec2:CreateSecurityGroup`; `null` for calls that create nothing. */
const nounOf = (action: string): string | null => {
  const noun = /:(?:Create|Request|Allocate|Copy|Import|Register)(?<noun>[A-Z]\w*)$/u.exec(action)?.groups?.['noun']
  return noun === undefined ? null : plain(noun)
}

/** Whether the action creates a resource of this type. */
export const creates = ({ action }: ActionFacts, { name }: ResourceType): boolean => {
  const known = createdBy[action]
  if (known !== undefined) return known.includes(name)
  const noun = nounOf(action)
  const type = plain(name)
  return noun !== null && (type === noun || type === `${noun}request`)
}

/** The placeholder for the id that AWS gives to what the action creates: nobody can name it before. */
export const assignedId = (facts: ActionFacts, type: ResourceType): string | null => {
  if (!creates(facts, type) || idsChosenByCaller.has(facts.action.split(':')[0] ?? '')) return null
  if (type.name === 'autoScalingGroup') return 'GroupId'
  if (type.name === 'launchConfiguration') return 'Id'
  const last = /\$\{(?<name>\w+)\}$/u.exec(type.arnPattern)?.groups?.['name'] ?? ''
  return last !== 'ResourceId' && /(?:Id|UUID)$/u.test(last) ? last : null
}
