import type { DeniedRequest, ResourceOrigin } from '../requests/denied-request.ts'

/** Of what AWS itself printed, a `*` in the key of an object is a character of it and no pattern. */
const printed: ReadonlySet<ResourceOrigin> = new Set(['message', 'cloudtrail', 'decoded-message'])
const ofObject = /^(arn:[^:]*:s3:::[^/]+\/)(.+)$/su
const special = /[*?]|\$(?=\{[^{}]{0,200}:)/gu

/**
 * The ARN of an object as a policy has to name it, where its key holds what policies take for patterns or variables.
 * Whoever hides a whole key, or lets the shell's pattern through to S3, has to say which object is meant.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function literalKey(arn: string): string {
  const [, bucket = '', key = ''] = ofObject.exec(arn) ?? []
  if (key === '' || key.includes('***')) return arn
  return /^\*+$/u.test(key) ? `${bucket}<ObjectName>` : `${bucket}${key.replaceAll(special, (char) => `\${${char}}`)}`
}

/** The same for those of a statement's resources that are what was denied. */
export const asLiteral =
  (requests: readonly Pick<DeniedRequest, 'resource' | 'from'>[]) =>
  (resource: string): string =>
    requests.some((request) => request.resource === resource && printed.has(request.from.resource))
      ? literalKey(resource)
      : resource
