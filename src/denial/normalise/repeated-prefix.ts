/*
 * What a log collector puts before each line of a message that it takes for many: the host and the process of
 * syslog, the pod of `kubectl logs --prefix` and stern, the stream of CloudWatch Logs, the logger and the level of
 * Airflow and Logback, pytest's mark, an editor's line number. Such words may begin any line. Only where the line above
 * begins with the same ones are they the collector's.
 */

const time = String.raw`(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\[\d{4}-\d\d-\d\d, \d\d:\d\d:\d\d UTC\]|\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?)`
const process = String.raw`[\w.-]{1,80} [\w.@/-]{1,60}(?:\[\d{1,10}\])?: `
const stream = String.raw`[^\s/]{1,100}\/\S{1,200} `
const level = String.raw`(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)`
const logger = String.raw`(?:${level}:? {1,6}|\{[\w.:-]{1,60}\} |\[[\w .:/-]{1,60}\] |[\w.$/-]{1,80} - |- ){1,5}`
const pod = String.raw`(?=[a-z-]{1,60}\d)[a-z][a-z0-9-]{1,80}-[a-z0-9]{1,10} [a-z][a-z0-9-]{0,40} `
const tag = String.raw`\[[A-Za-z][\w./:@-]{1,120}\] `
const source = new RegExp(
  `[ \\t]{0,8}(?:${time} (${process}|${stream}|${logger})|(${tag}|${pod}|E(?= {3}|[\\r\\n]|$)))`,
  'y',
)
/** A list of lines that was printed as one text: `,` in front of what was padded to stand in a column. */
const separator = /(,)[ \t]{8,200}(?=\S)/y
const number = /[ \t]{0,8}(\d{1,6})(?:[ \t]{0,2}[|:\u2502](?=[ \t\r\n]|$)|[ \t]|(?=[\r\n]|$))/y

/** Where the line's own text begins, if the line above begins alike; `start` itself otherwise. */
export const repeatedPrefixEnd = (text: string, start: number): number =>
  start === 0 || text.charCodeAt(start - 1) !== 0x0a
    ? start
    : (endIfAlike(text, start, source, sameSource) ??
      endIfAlike(text, start, number, countsOn) ??
      endIfAlike(text, start, separator, sameSource) ??
      start)

type Alike = (above: RegExpExecArray, own: RegExpExecArray) => boolean

const sameSource: Alike = (above, own) => above[1] === own[1] && above[2] === own[2]
const countsOn: Alike = (above, own) => Number(above[1]) + 1 === Number(own[1])

function endIfAlike(text: string, start: number, pattern: RegExp, alike: Alike): number | null {
  const own = matchAt(pattern, text, start)
  if (own === null) return null
  const above = matchAt(pattern, text, text.lastIndexOf('\n', start - 2) + 1)
  return above !== null && alike(above, own) ? start + own[0].length : null
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}
