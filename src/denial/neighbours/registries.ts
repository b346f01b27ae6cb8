import type { NeighbourRow } from './neighbour-row.ts'

/*
 * Docker, npm, pip and the like say the same of every registry that lets nobody in: whose it was, its host tells.
 */

const ofEcr = /\b\d{12}\.dkr\.ecr\.|\bpublic\.ecr\.aws\//u

const lineAround = (before: string, after: string): string =>
  before.slice(before.lastIndexOf('\n') + 1) + (after.split('\n', 1)[0] ?? '')

/** Docker names the image on the same line. */
export const isOfEcr = (before: string, after: string): boolean => ofEcr.test(lineAround(before, after))

const host = /https?:\/\/(?:[^\s/@]{1,200}@)?([a-z0-9.-]{1,253})/giu
const ofCodeArtifact = /^[a-z0-9-]{1,80}\.d\.codeartifact\.[a-z0-9-]{4,25}\.amazonaws\.com(?:\.cn)?$/iu

/** Package managers name the address on the line or somewhere around: the nearest one counts. */
export function isOfCodeArtifact(before: string, after: string): boolean {
  const own = lineAround(before, after).matchAll(host).next().value
  if (own !== undefined) return ofCodeArtifact.test(own[1] ?? '')
  const last = [...before.matchAll(host)].at(-1)
  const [next] = after.matchAll(host)
  const ahead = last === undefined ? Infinity : before.length - last.index
  const nearest = (next?.index ?? Infinity) < ahead ? next : last
  return ofCodeArtifact.test(nearest?.[1] ?? '')
}

/** AWS's own registries, which take a token of theirs that lasts for hours. */
export const registryRows: readonly NeighbourRow[] = [
  {
    name: 'registry-login-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['no basic auth credentials'],
    example:
      'Error response from daemon: Head https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: no basic auth credentials',
    seen: 'docker that was never logged in to this registry',
  },
  {
    name: 'ecr-login-expired',
    kind: 'sentence',
    class: 'credential',
    words: [
      'your authorization token has expired. reauthenticate',
      'your authorization token has expired',
      '.amazonaws.com/v2/{any}: 401 unauthorized',
      'public.ecr.aws/v2/{any}: 403 forbidden',
      'public.ecr.aws/token/{any}: 403 forbidden',
      '.amazonaws.com/v2/{any}: unexpected status code 401 unauthorized',
    ],
    example: 'denied: Your authorization token has expired. Reauthenticate and try again.',
    seen: 'docker with ECR',
  },
  {
    name: 'registry-login-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['unauthorized: authentication required'],
    when: isOfEcr,
    sets: { service: 'ecr' },
    example:
      'Error reading manifest 1 in 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app: unauthorized: authentication required',
    seen: 'docker and the kubelet with ECR',
  },
  {
    name: 'artifact-login-expired',
    kind: 'sentence',
    class: 'credential',
    words: [
      'error code e401',
      'npm err! code e401',
      'npm error code e401',
      'unable to authenticate, need: basic',
      'unable to authenticate, need: bearer',
      'unable to authenticate, your authentication token seems to be invalid',
      'response status code does not indicate success: 401 (unauthorized)',
      '401 error, credentials not correct for',
      'httperror: 401 client error: unauthorized',
      'received status code 401 from server: unauthorized',
      'status: 401 unauthorized',
      'request failed 401 unauthorized',
      '401 unauthorized - get',
      '401 unauthorized - put',
      'http error 401 while getting',
    ],
    when: isOfCodeArtifact,
    sets: { service: 'codeartifact' },
    example:
      'WARNING: 401 Error, Credentials not correct for https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/shop/simple/requests/',
    seen: 'npm, NuGet, pip, twine, Maven, Gradle and yarn with CodeArtifact',
  },
]
