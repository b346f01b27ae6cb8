import { isObject } from '../iam/json.ts'

/** Reading of JSON that somebody else wrote: a field of the wrong kind counts as absent. */
type Source = Readonly<Record<string, unknown>>

export const textField = (source: Source, name: string): string | null => {
  const value = source[name]
  return typeof value === 'string' ? value : null
}

export const listField = (source: Source, name: string): readonly Source[] => {
  const value = source[name]
  return Array.isArray(value) ? value.filter(isObject) : []
}

export const textsField = (source: Source, name: string): readonly string[] => {
  const value = source[name]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

export const objectField = (source: Source, name: string): Source | null => {
  const value = source[name]
  return isObject(value) ? value : null
}

/** Tags as IAM prints them, `[{"Key": …, "Value": …}]`. */
export function tagsField(source: Source, name: string): Readonly<Record<string, string>> {
  const tags = listField(source, name).map((tag) => [textField(tag, 'Key'), textField(tag, 'Value') ?? ''] as const)
  return Object.fromEntries(tags.filter((tag): tag is [string, string] => tag[0] !== null))
}
