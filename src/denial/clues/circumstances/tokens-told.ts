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
    // A line of its own, as of a decoded token: in a sentence it may be that of the policy.
    kind: 'oidc-claim',
    phrases: ['sub:', 'sub =', 'sub='],
    capture:
      /(?:^|\n)[ \t]{0,2}sub ?[:=] ?(?<subject>(?:repo|system|project_path|organization):[\w./:@-]{1,250})[ \t]{0,9}(?:$|\n)/u,
    before: 3,
    standsAlone: false,
    seen: 'decoded tokens',
    example: 'the token:\nsub: repo:example/app:pull_request',
  },
  {
    kind: 'oidc-claim',
    phrases: ['"aud":', '"aud" :'],
    capture: /(?<!:)"aud" ?: ?"(?<audience>[^"\s<>{}$]{1,200})"/u,
    before: 1,
    standsAlone: false,
    seen: 'tokens',
    example: '{"iss":"https://token.actions.githubusercontent.com","aud":"sts.amazonaws.com"}',
  },
  {
    // Of a token, of the cluster that signs it, or of the server that runs the job.
    kind: 'oidc-claim',
    phrases: ['"iss"', 'iss:', 'iss=', 'iss is', 'iss claim', 'issuer', 'ci_server_url'],
    capture:
      /(?<!\w)(?:iss(?:uer)?(?:["'`]? ?[:=] ?| (?:is|claim is) )|CI_SERVER_URL ?[:=] ?)["'`]?https:\/\/(?<issuer>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}(?:\/[\w./-]{0,150}[\w-])?)(?![\w<$*])/iu,
    before: 1,
    standsAlone: false,
    seen: 'tokens, `aws eks describe-cluster`, jobs of GitLab CI/CD',
    example: '{"iss":"https://gitlab.example.com","sub":"project_path:tools/app:ref_type:branch:ref:main"}',
  },
  {
    kind: 'oidc-claim',
    phrases: ['ci_project_path'],
    capture: /^CI_PROJECT_PATH ?[:=] ?["'`]?(?<project>[\w.-]{1,100}(?:\/[\w.-]{1,100}){1,20})(?![\w/<$-])/iu,
    standsAlone: false,
    seen: 'jobs of GitLab CI/CD',
    example: 'CI_PROJECT_PATH=tools/app',
  },
  {
    kind: 'oidc-claim',
    phrases: ['ci_commit_ref_name', 'ci_commit_branch'],
    capture: /^CI_COMMIT_(?:REF_NAME|BRANCH) ?[:=] ?["'`]?(?<ref>[\w./-]{1,150})(?![\w<$])/iu,
    standsAlone: false,
    seen: 'jobs of GitLab CI/CD',
    example: 'CI_COMMIT_REF_NAME=main',
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
