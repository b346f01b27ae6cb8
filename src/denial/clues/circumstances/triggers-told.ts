import type { ClueShape } from '../clue-shape.ts'

/** What is written of each. */
const ofWorkflows = {
  kind: 'workflow-trigger',
  standsAlone: false,
  seen: 'workflows of GitHub Actions, and how people tell of them',
} as const

/**
 * The event that started a workflow: the subject of its token follows from it.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export const triggersTold = [
  {
    // Not `pull_request_target`, which runs for the branch, not a subject, a field of the event or what is ruled out.
    ...ofWorkflows,
    phrases: ['pull_request'],
    capture: /(?<![\w.:/-])(?<!!= {0,2}["'])(?<event>pull_request)(?![\w.])/iu,
    before: 5,
    example: 'on:\n  pull_request:\n    branches: [main]',
  },
  {
    ...ofWorkflows,
    phrases: ['refs/pull/'],
    values: { event: 'pull_request' },
    example: 'GITHUB_REF=refs/pull/17/merge',
  },
  {
    ...ofWorkflows,
    phrases: ['pull request'],
    capture:
      /\b(?:(?:on|for|from) (?:all |every |each |any )?pull requests\b|pull[ -]request (?:events?|workflows?|triggers?|builds?|runs?|jobs?)\b)/iu,
    before: 16,
    values: { event: 'pull_request' },
    example: 'it fails on pull requests',
  },
  {
    ...ofWorkflows,
    phrases: ['push:', 'tags:'],
    capture: /(?<![\w.-])push:\s{1,40}(?<event>tags):/iu,
    before: 46,
    example: "on:\n  push:\n    tags: ['v*']",
  },
  {
    ...ofWorkflows,
    phrases: ['refs/tags/'],
    capture: /(?:ref(?:_?name)?["']?[ \t]{0,3}[:=][ \t]{0,3}["']?|event_name.{0,40})refs\/(?<event>tags)\/(?!\*)/iu,
    before: 46,
    example: 'GITHUB_REF=refs/tags/v1.4.0',
  },
  {
    ...ofWorkflows,
    phrases: ['push a tag', 'pushing a tag', 'pushed a tag', 'push of a tag', 'tag push', 'tagged release'],
    values: { event: 'tags' },
    example: 'it fails when I push a tag',
  },
  {
    // A branch may have started it as well.
    ...ofWorkflows,
    phrases: ['push'],
    capture: /(?:on:[ \t]{0,3}\[[^\]\n]{0,60}\bpush\b|\n[ \t]{0,8}push:(?!\s{1,40}tags:))/u,
    before: 80,
    values: { event: 'push' },
    example: 'on: [push, pull_request]',
  },
] as const satisfies readonly ClueShape[]
