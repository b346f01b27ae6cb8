import { readDataFile } from './data-file.ts'

/** The service principal to which the operations of a service pass a role, by IAM prefix. */
export const passedToService = readDataFile('passed-to-service.json') as Readonly<Record<string, string>>
