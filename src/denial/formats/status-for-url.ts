import { signal, type Reader } from './reader.ts'

const ofStorage = /https?:\/\/[a-z0-9.-]{0,100}\bs3[a-z0-9.-]{0,60}\.amazonaws\.com(?:\.cn)?\//y
const storageBefore = /https?:\/\/[a-z0-9.-]{0,100}\bs3[a-z0-9.-]{0,60}\.amazonaws\.com(?:\.cn)?\/[^'"<>]{0,300}$/

/** `Status code: 403 for https://bucket.s3.…`: package managers print the status, which is read by itself, and what they asked for. */
const readStatusBefore: Reader = (squeezed, at) => {
  const start = at + '403for'.length + (squeezed.text.startsWith('url:', at + '403for'.length) ? 'url:'.length : 0)
  ofStorage.lastIndex = start
  return ofStorage.test(squeezed.text) ? signal('words', 'forbidden', at + '403'.length, start) : null
}

/** `https://bucket.s3.…/key … returned error: 403`: curl's words. */
const readStatusBehind: Reader = (squeezed, at) =>
  storageBefore.test(squeezed.text.slice(Math.max(0, at - 460), at))
    ? signal('words', 'forbidden', at, at + 'returnederror:403'.length)
    : null

/** An S3 address beside a bare status: nobody writes "Forbidden", and AWS said no. */
export const statusesForUrls: readonly { readonly anchor: string; readonly read: Reader }[] = [
  { anchor: '403forhttp', read: readStatusBefore },
  { anchor: '403forurl:http', read: readStatusBefore },
  { anchor: 'returnederror:403', read: readStatusBehind },
]
