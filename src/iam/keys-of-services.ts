/**
 * Keys of requests that a service makes under its own name, for one of its resources. What a role or a user asks for
 * never has them, nor what a service asks for with their credentials.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount
 */
export const keysOfServices = ['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'] as const

const names: ReadonlySet<string> = new Set(keysOfServices.map((key) => key.toLowerCase()))

export const isKeyOfServices = (key: string): boolean => names.has(key.toLowerCase())
