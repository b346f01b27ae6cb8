/** Operations that only one of the common services has; a hint decides where several have it. */
export function serviceOfOperation(operation: string, hint: string | null): string | null {
  const services = operations.get(operation.toLowerCase()) ?? []
  if (hint !== null && services.includes(hint)) return hint
  return services[0] ?? null
}

const operations = new Map<string, string[]>()
