/*
 * `AWS_ENDPOINT_URL_S3=https://minio.example.com aws s3 ls`: the AWS CLI and the SDKs take their endpoint from the
 * environment too: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */

const name = 'AWS_ENDPOINT_URL'
const assignment =
  /AWS_ENDPOINT_URL(?<service>_[A-Z0-9_]{1,40})?["']? ?[=:] ?["']?(?<url>https?:\/\/[^\s"';|&]{1,500})["']?(?<rest>[^\n]{0,80})/y
/** `#export …`: whoever took it out means it does not hold. Behind `# ` root may have typed it. */
const comment = /(?:^|\n)[^\S\n]*(?:\/\/ ?|#)(?:export )?$/
const removal = /\b(?:unset|Remove-Item Env:\\?) ?$/i
const exported = /(?:\bexport|\bset|\bdeclare -x|\benv:) ?$/i
const wordsBefore = 24
const mostVariables = 100

interface EndpointVariable {
  readonly service: string | null
  /** `null` where the variable was removed. */
  readonly url: string | null
  readonly at: number
  /** Where it no longer holds: a variable before a command is that command's alone. */
  readonly until: number
}

/** Tells the endpoint that the environment gives a service at some place of the text, where the text shows it. */
export function endpointVariables(text: string): (service: string, at: number) => string | null {
  const found: EndpointVariable[] = []
  for (let at = text.indexOf(name); at !== -1 && found.length < mostVariables; at = text.indexOf(name, at + 1)) {
    const variable = readVariable(text, at)
    if (variable !== null) found.push(variable)
  }
  return (service, at) => {
    const holding = found.filter((one) => one.at < at && at < one.until)
    const last = (name: string | null): string | null => holding.findLast((one) => one.service === name)?.url ?? null
    return last(service) ?? last(null)
  }
}

function readVariable(text: string, at: number): EndpointVariable | null {
  const before = text.slice(Math.max(0, at - wordsBefore), at)
  const serviceOf = (suffix: string | undefined): string | null => suffix?.slice(1).toLowerCase() ?? null
  if (removal.test(before)) {
    const suffix = /^_[A-Z0-9_]{1,40}/.exec(text.slice(at + name.length, at + name.length + 41))?.[0]
    return { service: serviceOf(suffix), url: null, at, until: Infinity }
  }
  if (comment.test(before)) return null
  assignment.lastIndex = at
  const { service, url, rest } = assignment.exec(text)?.groups ?? {}
  if (url === undefined) return null
  const lasts = exported.test(before) || /^\s*(?:[;&#,}]|$)/.test(rest ?? '')
  const lineEnd = text.indexOf('\n', at)
  return { service: serviceOf(service), url, at, until: lasts || lineEnd === -1 ? Infinity : lineEnd }
}
