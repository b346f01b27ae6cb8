import type { Labels } from '../words/labels.ts'
import type { Reply, ReplyDiagnosis, ReplyPlanStep } from './schema.ts'

/** What the answer asks for; candidates and alternatives are no part of a plan. */
const neededOf = ({ causes }: Pick<ReplyDiagnosis, 'causes'>) =>
  causes
    .filter(({ confidence }, index) => index === 0 || confidence === 'evaluated' || confidence === 'verified')
    .flatMap(({ remedies }) => remedies.filter(({ alternative }) => !alternative))

/**
 * The denials that the plan does not end by itself, with those who can: a policy that was not read or is somebody
 * else's, or no policy at all. Whoever obeyed the plan alone would meet them again. What has one reason stands together.
 */
export function outsidePlan(
  diagnoses: readonly Pick<ReplyDiagnosis, 'id' | 'causes'>[],
  plan: readonly Pick<ReplyPlanStep, 'target' | 'covers'>[],
  nothingFound: string,
): Reply['notInPlan'] {
  const idsBy = new Map<string, string[]>()
  for (const diagnosis of diagnoses) {
    const { id, causes } = diagnosis
    const steps = plan.filter(({ covers }) => covers.includes(id))
    const left = neededOf(diagnosis).filter(
      ({ target }) => target === null || !steps.some((step) => step.target.policyType === target.policyType),
    )
    if (left.length === 0 && steps.length > 0) continue
    const title = (causes[0]?.title ?? nothingFound).replace(/\.$/u, '')
    const because = [`${title}.`, ...new Set(left.map(({ owner }) => owner))].join(' ')
    const alike = idsBy.get(because)
    if (alike === undefined) idsBy.set(because, [id])
    else alike.push(id)
  }
  return [...idsBy].map(([because, ids]) => ({ ids, because }))
}

/** The same by the numbers that the denials have in a rendering. */
export const outsideLines = (
  { diagnoses, notInPlan }: Reply,
  labels: Pick<Labels, 'denialsOutside'>,
): readonly string[] => {
  const numbers = new Map(diagnoses.map(({ id }, index) => [id, index + 1]))
  return notInPlan.map(
    ({ ids, because }) => `${labels.denialsOutside(ids.flatMap((id) => numbers.get(id) ?? []))}: ${because}`,
  )
}

/** What the plan is for; that policies are shared is said where they are. */
export const planIntro = (
  plan: readonly Pick<ReplyPlanStep, 'covers'>[],
  labels: Pick<Labels, 'planIntro' | 'planShares'>,
): string =>
  plan.some(({ covers }) => covers.length > 1) ? `${labels.planIntro} ${labels.planShares}` : labels.planIntro
