import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/** A layer of Lambda, or one version of it. */
export const isLayer = (resource: string | null): boolean =>
  /^arn:[^:]+:lambda:[^:]*:[^:]*:layer:/u.test(resource ?? '')

/**
 * Versions of layers are shared by GetLayerVersion, and nothing else of them can be: the list of versions stays the
 * owner's. https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 */
export const isUnshareable = (action: string, resource: string | null): boolean =>
  isLayer(resource) && action.toLowerCase() !== 'lambda:getlayerversion'

/** What is left to do where nothing can be granted: ask for one version by its number. */
export const nameVersion = (s: Situation, confidence: Confidence): Finding =>
  finding('cross-account-resource-side', confidence, [act('other', 'check-layer-version')], {
    resourceAccount: s.resourceAccount,
  })
