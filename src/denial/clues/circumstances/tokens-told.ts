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
    // What the token is asked for, or has: in policies the claim stands behind its provider.
    kind: 'oidc-audience',
    phrases: ['audience:', 'audience":', 'aud:', 'aud":', 'aud='],
    capture: /(?<![\w:.-])["'`]?aud(?:ience)?["'`]?[:=][ \t]{0,3}["'`]?(?<audience>[\w./:@-]{0,199}[\w/-])(?![\w$<{])/u,
    before: 3,
    standsAlone: false,
    seen: 'workflows of GitHub Actions, jobs of GitLab CI/CD, tokens',
    example: 'audience: https://github.com/example',
  },
  {
    // The claim as a token has it; a key of a policy begins with the provider.
    kind: 'oidc-claim',
    phrases: ['"sub":', '"sub" :'],
    capture: /(?<!:)"sub" ?: ?"(?<subject>(?:repo|system|project_path|organization):[\w./:@*-]{1,250})"/u,
    before: 1,
    standsAlone: false,
    seen: 'tokens',
    example: '{"iss":"https://token.actions.githubusercontent.com","sub":"repo:example/app:pull_request"}',
  },
  {
    kind: 'oidc-branch',
    phrases: ['branch'],
    capture:
      /\bbranch(?::| is| named| called)?[ \t]{1,3}(?:[`'"](?<branch>[\w./-]{0,99}[\w-])[`'"]|(?<plain>main|master|develop|dev|staging|production|(?:release|feature|hotfix)\/[\w.-]{0,60}\w)(?![\w./-]))/u,
    before: 1,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'it runs on branch main',
  },
  {
    kind: 'oidc-repository',
    phrases: ['repo', 'repository'],
    capture:
      // No host, and not where the actions themselves are kept.
      /\brepo(?:sitory)?(?: (?:is|url|name)| on github(?:\.com)?)?[:=]?[ \t]{1,3}[`'"]?(?:(?:https:\/\/)?github\.com\/)?(?!(?:aws-)?actions\/)(?<repository>[a-z\d][a-z\d-]{0,38}\/(?!\d+\.)[\w.-]{1,80}\b)/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'Repo: `example/shop`',
  },
] as const satisfies readonly ClueShape[]
