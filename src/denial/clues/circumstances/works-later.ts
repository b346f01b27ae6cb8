import type { ClueShape } from '../clue-shape.ts'

/*
 * What was refused goes through a little later: IAM's changes take some seconds. That time alone made the difference
 * has to be said; that somebody waited, and it still fails, tells the opposite.
 */

const helped = String.raw`(?<!\b(?:not|never|no|cannot)\b(?: (?:even|always|yet))? |n['\u2019]t )\b(?:works?|worked|working|succeeds?|succeeded|passes|passed|completes?|completed|fixes|fixed|solves|solved|helps|helped|(?:goes|went) (?:through|away|well|fine|smoothly)|(?:is|was|runs) (?:fine|ok|okay|successful))\b(?! (?:only )?(?:locally|before)\b)`
const span = String.raw`(?:(?:a|an|one|two|three|some|few|several|about|around|roughly|another|~ ?)? ?(?:a )?(?:few |couple of |\d{1,3} ?)?(?:seconds?|secs?|minutes?|mins?|moments?|while|bit)|\d{1,3} ?s)\b`
const pause = String.raw`[\x60'"(]{0,2}(?:time[._])?(?:sleep|delay|pause|wait(?:ing|ed)?)\b`
const within = String.raw`[^.\n]{0,50}?`

const english = [
  String.raw`\b(?:with|after|add(?:ing|ed)?|insert(?:ing|ed)?|put(?:ting)?|once|when|if)\b[^.\n]{0,30}?${pause}(?:[^.\n]|\.\d){0,50}?${helped}`,
  String.raw`${helped}[^.\n]{0,30}?\b(?:after|with|once|when|if|by)\b(?: (?:I|we|you|adding|a|an|inserting|putting|just|about|the)){0,3} ${pause}`,
  String.raw`\bafter ${span}${within}${helped}|${helped}[^.\n]{0,15}? after ${span}`,
  String.raw`\b${span} later${within}${helped}|${helped} (?:a )?${span} later\b`,
  String.raw`${helped}(?: (?:fine|again|then|just|always))? (?:on )?(?:the |a )?(?:second|2nd|next|third|3rd) (?:time|try|attempt|run|apply|deploy\w{0,6}|invocation|execution)`,
].join('|')

const once = String.raw`(?:run|running|try|trying|plan(?:ned|ning)?|appl(?:y|ied|ying)|deploy(?:ed|ing)?|invok(?:e|ed|ing)|execut(?:e|ed|ing)|launch(?:ed|ing)?|trigger(?:ed|ing)?|submit(?:ted|ting)?)`
const again = String.raw`\b(?:(?:re-?${once}|retr(?:y|ied|ying)|reran|re-ran)\b|(?:${once}|ran)\b(?! (?:as|with|under|from)\b)[^.;,\n]{0,40}? again\b)`
/** Another identity, place or option makes the difference then. */
const unchanged = String.raw`(?:(?!\b(?:as|with|without|under|using|from|in|not|never|still|fail\w{0,3}|until)\b)[^.;\n]){0,40}?`
/** What was changed in between made the difference. */
const afterChange = String.raw`(?<!\b(?:add|grant|chang|attach|fix|updat|allow|remov|replac|correct|edit)\w{0,5}\b[^.\n]{0,70}?)`

const repeated = [
  String.raw`${afterChange}${again}(?! (?:as|with|without|under|using|from)\b)${unchanged}${helped}`,
  String.raw`${helped}(?: (?:fine|then|just|always)){0,2} (?:when|if|once|after|upon|on|by) (?:(?:I|we|you|it|is|just|simply|a|the) ){0,3}${again}(?! (?:\w{1,12} )?(?:as|with|without|under|using|from)\b)`,
].join('|')

interface Language {
  readonly name: string
  readonly phrases: readonly string[]
  readonly words: string
  readonly example: string
}

// In escapes, since V8 holds a file with such letters in two bytes each.
const languages: readonly Language[] = [
  {
    name: 'Korean',
    phrases: [
      '\uCD08 \uD6C4',
      '\uCD08 \uB4A4',
      '\uCD08 \uC9C0',
      '\uCD08 \uAE30',
      '\uCD08\uB97C ',
      '\uCD08\uCBE4 ',
      '\uCD08 \uC815\uB3C4',
      '\uBD84 \uD6C4',
      '\uBD84 \uB4A4',
      '\uBD84 \uC9C0',
      '\uBD84 \uAE30',
      '\uBD84 \uC815\uB3C4',
      '\uC7A0\uC2DC ',
      '\uC870\uAE08 ',
      '\uC5BC\uB9C8 ',
      '\uB450 \uBC88\uC9F8',
      '\uB450\uBC88\uC9F8',
      '\uB2E4\uC2DC ',
      '\uC7AC\uC2DC\uB3C4',
      'sleep',
    ],
    words: String.raw`(?:(?:\d{1,3} ?(?:\uCD08|\uBD84)|\uBA87 ?(?:\uCD08|\uBD84)|\uC7A0\uC2DC|\uC870\uAE08|\uC5BC\uB9C8)[^\n.]{0,6}(?:\uD6C4|\uB4A4|\uC9C0\uB098|\uAE30\uB2E4|\uC788\uB2E4)|\uB450 ?\uBC88\uC9F8|\uB2E4\uC2DC (?:\uC2E4\uD589|\uC2DC\uB3C4|\uD558|\uB3CC\uB9AC)|\uC7AC\uC2DC\uB3C4|sleep)[^\n.]{0,25}?(?<!(?:\uC548|\uBABB) ?)(?:\uC131\uACF5|\uC791\uB3D9|\uB3D9\uC791|\uC815\uC0C1|\uD574\uACB0|\uB429\uB2C8\uB2E4|\uB418\uB354|\uB418\uB124|\uB41C\uB2E4|\uB3FC\uC694|\uB418\uACE0|\uB410)(?![^\n.]{0,10}(?:\uC54A|\uC548 |\uBABB|\uC2E4\uD328))`,
    example: '\uC7A0\uC2DC \uD6C4 \uB2E4\uC2DC \uC2E4\uD589\uD558\uBA74 \uB429\uB2C8\uB2E4',
  },
  {
    name: 'Japanese',
    phrases: [
      '\u79D2\u5F85\u3063',
      '\u79D2\u5F85\u3064',
      '\u79D2\u5F8C\u306B',
      '\u79D2\u5F8C\u3001',
      '\u79D2\u307B\u3069',
      '\u79D2\u7F6E\u3044',
      '\u6570\u79D2\u5F8C',
      '\u5206\u5F85\u3063',
      '\u5206\u5F8C\u306B',
      '\u5206\u307B\u3069',
      '\u3057\u3070\u3089\u304F',
      '\u5C11\u3057\u5F85',
      '\u5C11\u3057\u7D4C',
      '\u5C11\u3057\u7F6E',
      '\u56DE\u76EE\u306F',
      '\u56DE\u76EE\u3067',
      '\u56DE\u76EE\u306B',
      '\u5EA6\u76EE\u306F',
      '\u5EA6\u76EE\u3067',
      '\u518D\u5B9F\u884C',
      '\u518D\u8A66\u884C',
      'sleep',
    ],
    words: String.raw`(?:(?:\d{1,3} ?|\u6570|\u5C11\u3057|\u3057\u3070\u3089\u304F)(?:\u79D2|\u5206)?(?:\u307B\u3069)?(?:\u5F8C|\u5F85|\u7D4C|\u3057\u3066|\u3059\u308B\u3068|\u7F6E)|[2\uFF12\u4E8C](?:\u56DE|\u5EA6)\u76EE|\u518D(?:\u5B9F\u884C|\u8A66\u884C)|sleep)[^\n\u3002]{0,25}?(?:\u6210\u529F|\u52D5(?:\u304F|\u3044|\u304D)|\u901A(?:\u308B|\u3063|\u308A)|\u3067\u304D(?:\u308B|\u305F|\u307E\u3057\u305F|\u307E\u3059)|\u89E3\u6C7A|\u3046\u307E\u304F)(?![^\n\u3002]{0,8}(?:\u306A\u3044|\u307E\u305B\u3093|\u5931\u6557))`,
    example: '\u6570\u79D2\u5F85\u3063\u3066\u304B\u3089\u5B9F\u884C\u3059\u308B\u3068\u6210\u529F\u3057\u307E\u3059',
  },
  {
    name: 'Chinese',
    phrases: [
      '\u7B49\u51E0\u79D2',
      '\u7B49\u5E7E\u79D2',
      '\u8FC7\u51E0\u79D2',
      '\u79D2\u540E\u518D',
      '\u79D2\u540E\u5C31',
      '\u79D2\u540E\u53EF',
      '\u79D2\u4E4B\u540E',
      '\u79D2\u5F8C\u518D',
      '\u79D2\u5F8C\u5C31',
      '\u79D2\u540E\u6210',
      '\u79D2\u540E\u91CD',
      '\u5206\u949F\u540E',
      '\u5206\u9418\u5F8C',
      '\u5206\u949F\u518D',
      '\u4E00\u4F1A\u513F',
      '\u4E00\u6703\u5152',
      '\u7B2C\u4E8C\u6B21',
      '\u518D\u6B21\u6267',
      '\u518D\u6B21\u8FD0',
      '\u518D\u6B21\u5C1D',
      '\u518D\u6B21\u57F7',
      '\u91CD\u8BD5\u540E',
      '\u91CD\u8BD5\u5C31',
      '\u91CD\u8A66\u5F8C',
      'sleep',
    ],
    words: String.raw`(?:(?:\u7B49(?:\u5F85|\u4E86|\u4E00)?|\u8FC7\u4E86?|\u904E\u4E86?)[^\n\u3002\uFF0C]{0,6}(?:\u79D2|\u5206\u949F|\u5206\u9418|\u4F1A\u513F?|\u6703\u5152?)|(?:\u51E0|\u5E7E|\d{1,3}) ?(?:\u79D2|\u5206\u949F|\u5206\u9418)(?:\u4E4B?\u540E|\u4E4B?\u5F8C)|\u7B2C\u4E8C\u6B21|\u518D\u6B21(?:\u6267\u884C|\u8FD0\u884C|\u5C1D\u8BD5|\u57F7\u884C|\u904B\u884C|\u5617\u8A66)|\u91CD\u8BD5|\u91CD\u8A66|sleep)[^\n\u3002]{0,20}?(?<![\u4E0D\u6CA1\u6C92])(?:\u6210\u529F|\u53EF\u4EE5|\u6B63\u5E38|\u597D\u4E86|\u5C31\u884C|\u901A\u8FC7|\u901A\u904E)(?![^\n\u3002]{0,6}(?:\u5931\u8D25|\u5931\u6557))`,
    example: '\u7B49\u51E0\u79D2\u540E\u5C31\u6210\u529F\u4E86',
  },
  {
    name: 'German',
    phrases: [
      'sekunde',
      'minute',
      ' weile',
      'kurzer zeit',
      'zweiten mal',
      'zweiten versuch',
      'nächsten mal',
      'nochmal',
      'erneuten',
    ],
    words: String.raw`(?:nach (?:[\w\xE4\xF6\xFC\xDF]{1,10} ){0,2}(?:\d{1,3} )?(?:Sekunden?|Minuten?|Weile|Zeit)|beim (?:zweiten|n\xE4chsten) (?:Mal|Versuch|Lauf)|beim erneuten \w{1,20})[^.\n]{0,30}?\b(?:funktioniert|klappt|geht|l\xE4uft|erfolgreich)\b(?! (?:es |das )?(?:aber |immer noch |trotzdem |auch )?(?:nicht|nie)\b)|(?:funktioniert|klappt|geht|l\xE4uft) (?:es |das )?(?:dann |aber |erst )?(?:nach (?:[\w\xE4\xF6\xFC\xDF]{1,10} ){0,2}(?:\d{1,3} )?(?:Sekunden?|Minuten?|Weile)|beim (?:zweiten|n\xE4chsten) (?:Mal|Versuch|Lauf))`,
    example: 'nach ein paar Sekunden funktioniert es',
  },
  {
    name: 'Spanish',
    phrases: ['segundo', 'minuto', 'un rato', 'segunda vez'],
    words: String.raw`(?:(?:despu\xE9s de|despues de|tras|al cabo de|pasados?) (?:[\w\xE1\xE9\xED\xF3\xFA\xF1]{1,10} ){0,2}(?:\d{1,3} )?(?:segundos?|minutos?|rato)|(?:a )?la segunda vez|al segundo intento)[^.\n]{0,20}?(?<!\bno )\b(?:funciona|funcion\xF3|funciono|va bien|pasa)\b|(?<!\bno )\bfunciona (?:despu\xE9s de|despues de|tras|al cabo de) (?:[\w\xE1\xE9\xED\xF3\xFA\xF1]{1,10} ){0,2}(?:\d{1,3} )?(?:segundos?|minutos?|rato)|(?<!\bno )\bfunciona (?:a )?la segunda vez`,
    example: 'después de unos segundos funciona',
  },
  {
    name: 'French',
    phrases: ['seconde', 'minute', 'un instant', 'deuxième', 'un moment'],
    words: String.raw`(?:(?:apr\xE8s|au bout de|au bout d['\u2019]) ?(?:[\w\xE0\xE2\xE9\xE8\xEA\xEE\xF4\xFB]{1,10} ){0,2}(?:\d{1,3} )?(?:secondes?|minutes?|instants?|moment)|(?:\xE0 )?la (?:deuxi\xE8me|seconde) fois|au (?:deuxi\xE8me|second) essai)[^.\n]{0,20}?\b(?:fonctionne|marche|passe|r\xE9ussit)\b(?! (?:toujours )?pas)|\b(?:fonctionne|marche|passe) (?:apr\xE8s (?:[\w\xE0\xE2\xE9\xE8\xEA\xEE\xF4\xFB]{1,10} ){0,2}(?:\d{1,3} )?(?:secondes?|minutes?)|(?:\xE0 )?la (?:deuxi\xE8me|seconde) fois)`,
    example: 'après quelques secondes ça fonctionne',
  },
  {
    name: 'Portuguese',
    phrases: ['segundo', 'minuto', 'segunda vez', 'segunda tentativa'],
    words: String.raw`(?:(?:depois de|ap\xF3s|passados?) (?:[\w\xE1\xE2\xE3\xE9\xEA\xED\xF3\xF4\xF5\xFA\xE7]{1,10} ){0,2}(?:\d{1,3} )?(?:segundos?|minutos?)|na segunda (?:vez|tentativa))[^.\n]{0,20}?(?<!\bn\xE3o )\b(?:funciona|funcionou|deu certo|d\xE1 certo|passa)(?![\w\xE0-\xFF])|(?<!\bn\xE3o )\b(?:funciona|funcionou) (?:(?:depois de|ap\xF3s) (?:[\w\xE1\xE2\xE3\xE9\xEA\xED\xF3\xF4\xF5\xFA\xE7]{1,10} ){0,2}(?:\d{1,3} )?(?:segundos?|minutos?)|na segunda (?:vez|tentativa))`,
    example: 'depois de alguns segundos funciona',
  },
]

export const worksLater = [
  {
    kind: 'later-works',
    phrases: [
      'after ',
      'sleep',
      'delay',
      'pause',
      'wait',
      'second',
      'minute',
      'moment',
      ' while',
      ' bit',
      '2nd ',
      'next ',
      'third ',
      'secs',
    ],
    capture: new RegExp(english, 'iu'),
    needs: /work|succe|pass|complete|fix|solve|help|goes|went|fine|ok|runs/iu,
    before: 90,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'with a sleep of 30 seconds in between it works',
  },
  {
    kind: 'later-works',
    phrases: [
      ...[
        ' again',
        'rerun',
        're-run',
        'reran',
        're-ran',
        'retry',
        'retried',
        're-try',
        'reapply',
        're-apply',
        're-plan',
        'replan',
      ],
      ...['redeploy', 're-deploy', 'reinvok', 're-invok', 're-execut', 'relaunch', 'retrigger', 'resubmit'],
    ],
    capture: new RegExp(repeated, 'iu'),
    needs: /work|succe|pass|complete|fix|solve|help|goes|went|fine|ok|runs/iu,
    before: 110,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'running the pipeline again succeeds',
  },
  ...languages.map(({ name, phrases, words, example }) => ({
    kind: 'later-works' as const,
    phrases,
    capture: new RegExp(words, 'iu'),
    before: 60,
    standsAlone: false as const,
    seen: `how people tell of it, in ${name}`,
    example,
  })),
  {
    // What has not ended since is no delay.
    kind: 'lasting-told',
    phrases: [
      ...['still fail', 'still denied', 'still get', 'keeps failing', 'keep failing', 'ever since', 'since then'],
      ...['started at', 'started with', 'started on', 'started after', 'began with', 'began after', 'since the first'],
      ...['every time', 'each time', 'on every', 'days later', 'week later', 'hours later', 'next day'],
    ],
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'it started at the first deploy after the change',
  },
] as const satisfies readonly ClueShape[]
