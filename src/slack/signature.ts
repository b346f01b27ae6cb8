import { createHmac, timingSafeEqual } from 'node:crypto'

/** Slack asks to refuse what is older (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
const windowSeconds = 5 * 60

interface SignedRequest {
  readonly signature: string | undefined
  readonly timestamp: string | undefined
  readonly body: Buffer
}

interface SignatureCheck {
  /** True for a request that Slack signed within the last five minutes and that was not seen before. */
  accept(request: SignedRequest): boolean
}

/** Checks Slack's v0 signature over the body as it arrived. A repeated request is refused as long as it is fresh. */
export function createSignatureCheck(signingSecret: string, now: () => number): SignatureCheck {
  // Only signatures that were right are kept, so nobody else can fill this. Oldest first.
  const seen = new Map<string, number>()
  return {
    accept({ signature, timestamp, body }) {
      const seconds = Math.floor(now() / 1000)
      if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false
      if (Math.abs(seconds - Number(timestamp)) > windowSeconds) return false
      if (!sameText(sign(signingSecret, timestamp, body), signature)) return false
      forgetOld(seen, seconds)
      if (seen.has(signature)) return false
      seen.set(signature, seconds)
      return true
    },
  }
}

export function sign(signingSecret: string, timestamp: string, body: Buffer | string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex')}`
}

function sameText(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function forgetOld(seen: Map<string, number>, seconds: number): void {
  for (const [signature, time] of seen) {
    // A timestamp may lie five minutes ahead, so it stays fresh for up to ten.
    if (seconds - time <= 2 * windowSeconds) return
    seen.delete(signature)
  }
}
