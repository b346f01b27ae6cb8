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

/** Package managers name the address somewhere around: the nearest one counts. */
export function isOfCodeArtifact(before: string, after: string): boolean {
  const last = [...before.matchAll(host)].at(-1)
  const [next] = after.matchAll(host)
  const ahead = last === undefined ? Infinity : before.length - last.index
  const nearest = (next?.index ?? Infinity) < ahead ? next : last
  return ofCodeArtifact.test(nearest?.[1] ?? '')
}
