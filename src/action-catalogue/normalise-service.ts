/** Lower-case letters and digits of a service's name, so that `CloudWatch Logs` and `cloudwatchlogs` are one spelling. */
export const compactName = (service: string): string => {
  const host = service
    .trim()
    .toLowerCase()
    .replace(/\.(?:api\.)?(?:amazonaws\.com(?:\.cn)?|amazon\.com|api\.aws)$/u, '')
  return host.replaceAll(/[^a-z0-9]/gu, '')
}

/** The spelling itself, then what remains without `AWS`, `Amazon`, `service`, `client` and version marks around it. */
export const spellingsOf = (service: string): readonly string[] => {
  const whole = compactName(service)
  const withoutBrand = whole.replace(/^(?:aws|amazon)+/u, '')
  const bare = withoutBrand.replace(/(?:async)?(?:client|service|api)$/u, '')
  return [...new Set([whole, withoutBrand, bare, bare.replace(/v\d$/u, ''), bare.replace(/20\d{6}$/u, '')])].filter(
    (name) => name !== '',
  )
}
