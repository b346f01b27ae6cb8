import type { ClueShape } from './clue-shape.ts'

/** Tokens that stand in for a password, and when they are over. */
export const loginTokens = [
  {
    kind: 'login-token-outlived',
    phrases: ['15 min', '15-min', '15min', 'fifteen min', '15m ', '900 s', '900s', 'quarter of an hour'],
    // How long a token lasts tells of nobody whose token was over.
    capture:
      /(?:\b(?:works?|worked|working|fine|succeeds?|succeeded|connects?|connected|ok|healthy)\b[^.\n]{0,60}|\b(?:fail(?:s|ed|ing)?|stop(?:s|ped)?|errors?|refused|denied|break|breaks|broken|loses?|lost|drop(?:s|ped)?)\b(?:[^.\n](?!\b(?:within|less|under|younger|lasts?|valid|inside)\b)){0,40}(?:after|every|past|beyond|older than)[^.\n]{0,24})(?:1?5[ -]?m(?:in(?:ute)?s?)?|fifteen min(?:ute)?s?|900 ?s(?:econds)?|quarter of an hour)\b|(?:after|every|past|beyond|once) (?:the |about |around |some |roughly |exactly |~|first ){0,3}(?:15[ -]?m(?:in(?:ute)?s?)?|fifteen min(?:ute)?s?|900 ?s(?:econds)?|a quarter of an hour)\b(?:[^.\n](?!\b(?:still|even)\b)){0,80}\b(?:fail|stop|error|refus|denied|no longer|cannot|can['\u2019]t|break|lose|lost|drop)/iu,
    before: 110,
    standsAlone: false,
    seen: 'programs that keep the token of the first login, which lasts 15 minutes',
    example: 'it works for the first 15 minutes, then every new connection fails',
  },
  {
    kind: 'login-token-outlived',
    phrases: ['new connection', 'reconnect', 'restart'],
    capture:
      /(?:\b(?:every|all|only|each|any|but|then|later|and) (?:the )?new connections? (?:fails?|is refused|are refused|gets? refused|errors?)|\breconnect(?:s|ing|ion)?\b[^.\n]{0,30}\bfails?\b|\b(?:works?|worked|connects?|fine) (?:again )?(?:right |directly |only |just )?(?:after|upon|following) (?:a|each|every|the) (?:fresh )?restart\b[^\n]{0,60}\b(?:then|until|but|later|for)\b)/iu,
    before: 60,
    standsAlone: false,
    seen: 'pools that open connections with the token of the first one',
    example: 'works after a restart, and later every new connection fails',
  },
] as const satisfies readonly ClueShape[]
