import type { SlackMessage } from '../reply/slack-blocks.ts'

export interface SlackResponse extends SlackMessage {
  readonly response_type: 'ephemeral' | 'in_channel'
}

/** Slack's own hosts, the second for GovSlack. Whatever else a request names is not called. */
const hosts = new Set(['hooks.slack.com', 'hooks.slack-gov.com'])
const timeout = 10_000

/** The address for a late answer, or `null` where it is not one of Slack's. */
export function responseUrl(value: string | null | undefined): URL | null {
  if (value === null || value === undefined || !URL.canParse(value)) return null
  const url = new URL(value)
  const plain = url.username === '' && url.password === '' && url.port === ''
  return url.protocol === 'https:' && plain && hosts.has(url.hostname) ? url : null
}

/** Posts a late answer. Follows no redirect: the answer must not end up elsewhere. */
export async function postResponse(fetcher: typeof fetch, url: URL, response: SlackResponse): Promise<void> {
  const answer = await fetcher(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(response),
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new SlackRefusal(answer.status)
}

/** Slack did not take an answer. Its own words are left out: they may quote what was sent. */
class SlackRefusal extends Error {
  readonly code: string

  constructor(status: number) {
    super(`Slack answered ${status}`)
    this.code = `SLACK_${status}`
  }
}
