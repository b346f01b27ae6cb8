import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { bucketOf } from './not-iam.ts'
import { resourcesFor } from './resources-for.ts'

/**
 * `IAM permissions lambda:ListTags, lambda:TagResource and lambda:UntagResource are required`: the service says itself
 * what whoever called it needs.
 */
export function printedPermissions(s: Situation): readonly Finding[] {
  const [printed] = s.told('permissions-printed', 'actions')
  if (printed === undefined || s.denial.principal !== null || s.denial.effect !== null) return none
  if (s.denial.policyType !== null) return none
  const actions = (printed.match(/[\w-]{2,30}:[\w*]{2,60}/gu) ?? []).map((name) => canonical(s, name))
  if (s.action !== null && !actions.includes(s.action)) return none
  const byResource = new Map<string, { readonly resources: readonly string[]; readonly actions: string[] }>()
  for (const action of actions) {
    const resources = resourcesOf(s, action)
    const group = byResource.get(resources.join(' '))
    if (group === undefined) byResource.set(resources.join(' '), { resources, actions: [action] })
    else group.actions.push(action)
  }
  const tags = actions.every((action) => /tag(?:s|ging|resource|sforresource)?$/iu.test(action))
  return [
    finding(
      tags ? 'dependent-action-needed' : 'missing-allow',
      'possible',
      [...byResource.values()].map((group) => addToIdentity(s, group.actions, group.resources)),
      tags ? { option: 'tags-on-create' } : { action: actions.join(', ') },
    ),
    ...(actions.some((action) => action.startsWith('s3:')) ? [bucketAbsent()] : none),
  ]
}

/** A bucket that is not there, or not this account's, cannot be looked at either. */
const bucketAbsent = (): Finding =>
  finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what: 'bucket' })

/** AWS's spelling; a pattern is left as the service prints it. */
const canonical = (s: Situation, name: string): string =>
  s.catalogue.find(name)?.action ?? name.slice(0, name.indexOf(':')).toLowerCase() + name.slice(name.indexOf(':'))

/** The type that CloudFormation names, where the action knows several; for patterns of S3 the bucket and all in it. */
function resourcesOf(s: Situation, action: string): readonly string[] {
  const bucket = `arn:${s.partition}:s3:::${bucketOf(s) ?? '<BucketName>'}`
  if (/^s3:(?:Get|List)\*$/u.test(action)) return [bucket, `${bucket}/*`]
  if (
    action.startsWith('s3:') &&
    s.catalogue.find(action)?.resourceTypes.some(({ name }) => name === 'object') === true
  )
    return [`${bucket}/*`]
  const [type] = s.told('permissions-printed', 'type')
  const facts = type === undefined ? null : s.catalogue.find(action)
  const named = facts?.resourceTypes.find(({ name }) => name.replace(/\W/gu, '').toLowerCase() === type?.toLowerCase())
  const all = resourcesFor(s, action, null)
  const marker = /:\$\{Account\}:([a-z-]+[:/])/u.exec(named?.arnPattern ?? '')?.[1]
  const ofType = marker === undefined ? [] : all.filter((arn) => arn.includes(`:${marker}`))
  return ofType.length > 0 ? ofType : all
}
