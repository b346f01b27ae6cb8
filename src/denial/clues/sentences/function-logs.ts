import type { ClueShape } from '../clue-shape.ts'

/** Of functions that leave no logs: Lambda drops them without a word where the role may not write them. */
export const functionLogSentences = [
  {
    kind: 'function-logs-absent',
    phrases: ['log group'],
    capture:
      /^log group:? ["'`]?(?<group>\/aws\/lambda\/[\w/.-]{0,127}[\w-])["'`]? (?:has not been|hasn['\u2019]t been|was not|wasn['\u2019]t|was never|is not|isn['\u2019]t|never gets?) (?:created|there)\b/iu,
    standsAlone: true,
    seen: 'tools that deploy functions, and people',
    example: 'log group /aws/lambda/orders has not been created yet',
  },
  {
    kind: 'function-logs-absent',
    phrases: ['cloudwatch'],
    capture:
      /\b(?:lambda|function)s?\b[^.;\n]{0,60}?(?:\bdoes not|\bdoesn['\u2019]t|\bnot|\bnever|\bno longer) (?:write|writes|writing|log|logs|logging|send|sends|sending|produce|produces)\b[^.;\n]{0,30} (?:to|in|into|on) (?:the |its |my )?(?:Amazon |AWS )?CloudWatch\b|\bno (?:logs?|log groups?|log streams?)\b[^.;\n]{0,40} CloudWatch\b[^.;\n]{0,60}\b(?:lambda|function)\b|\b(?:lambda|function)\b[^.;\n]{0,60}\bno (?:logs?|log groups?|log streams?) (?:appears? |shows? up |are (?:there |written |created )?)?(?:in|on|to) (?:Amazon |AWS )?CloudWatch\b/iu,
    before: 130,
    inProse: true,
    standsAlone: true,
    seen: 'how people tell of it',
    example: 'my Lambda function does not write any logs to CloudWatch',
  },
] as const satisfies readonly ClueShape[]
