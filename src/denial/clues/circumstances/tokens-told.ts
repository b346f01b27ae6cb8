import type { ClueShape } from '../clue-shape.ts'

/** What a web identity token says of its holder, and what a trust policy asks of it. */
export const tokensTold = [
  {
    kind: 'oidc-environment',
    phrases: ['environment:', 'environment `', 'environment ', 'github environment'],
    capture:
      /(?:environment(?:[:=] ?| ?[:= ]?(?=[`'"]))[`'"]?|[Ee]nvironment (?:named |called )|Environment: ?[`'"])(?<environment>(?!(?:variables?|protection|secrets?|name|is|was|set)\b)[A-Za-z0-9_.-]{0,59}[A-Za-z0-9_])/u,
    standsAlone: false,
    seen: 'GitHub Actions jobs',
    example: 'the job has `environment: production`',
  },
  {
    // The whole value of the key, or of its `name`: not the beginning of a sentence or of an expression.
    kind: 'oidc-environment',
    phrases: ['environment:'],
    capture:
      /environment:(?:[ \t]{0,20}\n[ \t]{0,40}name:)?[ \t]{0,20}["'`]?(?<environment>[A-Za-z0-9_.-]{1,60})["'`]?[ \t]{0,20}(?=$|[\n,;)])/u,
    values: { of: 'job' },
    standsAlone: false,
    seen: 'workflows of GitHub Actions',
    example: 'environment:\n  name: production\n  url: https://example.org',
  },
  {
    kind: 'oidc-subject',
    phrases: ['repo:', 'system:serviceaccount:', 'project_path:', 'organization:'],
    capture:
      /(?<subject>(?:repo:[\w.-]{1,80}(?:@\d{1,20})?\/[\w.*-]{1,100}(?:@\d{1,20})?(?::[\w./*:-]{1,150})?|system:serviceaccount:[\w.*-]{1,80}:[\w.*-]{1,80}|project_path:[\w./:*-]{1,200}|organization:[\w./:*-]{1,200}))/u,
    standsAlone: false,
    seen: 'tokens and trust policies',
    example: 'token sub is repo:example/app:pull_request',
  },
  {
    // What the trust policy has, where the refusal shows that the token has another.
    kind: 'oidc-subject-trusted',
    phrases: [':sub', 'trust policy', 'trust relationship', 'oidc sub'],
    capture:
      /(?::sub["'`]{0,3}(?:\s?[:=]|[^{}]{0,20}\b(?:have|set to|is)\b)|trust (?:policy|relationship)|oidc sub)[^{}]{0,80}?(?<subject>(?:repo:[\w.-]{1,80}(?:@\d{1,20})?\/[\w.*-]{1,100}(?:@\d{1,20})?(?::[\w./*:-]{1,150})?|system:serviceaccount:[\w.*-]{1,80}:[\w.*-]{1,80}|project_path:[\w./:*-]{1,200}|organization:[\w./:*-]{1,200}))/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the trust policy has the sub system:serviceaccount:apps:api',
  },
  {
    kind: 'oidc-repository',
    phrases: ['repo', 'repository'],
    capture:
      // No host, and not where the actions themselves are kept.
      /\brepo(?:sitory)?(?: is| url)?[:=]?[ \t]{1,3}[`'"]?(?:(?:https:\/\/)?github\.com\/)?(?!(?:aws-)?actions\/)(?<repository>[a-z\d][a-z\d-]{0,38}\/(?!\d+\.)[\w.-]{1,80}\b)/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Repo: `example/shop`',
  },
] as const satisfies readonly ClueShape[]
