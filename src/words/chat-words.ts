import type { Locale } from './locale.ts'

/** What is said in Slack and on the command line beside the reply itself. */
export interface ChatWords {
  /** Answered at once while AWS is still being asked. */
  readonly looking: string
  /** What to type after the command. */
  readonly help: (command: string) => string
  readonly nothingRecognised: string
  /** Nothing was given at all. */
  readonly noText: string
  readonly failed: string
  readonly emptyMessage: string
  /** At the end of what a model is given, where that is not all. */
  readonly cutForModel: (shown: number, found: number) => string
  /** In place of a statement that does not fit into a message. */
  readonly tooLong: (page: string | null) => string
  /** At the end of a message that was shortened. */
  readonly shortened: (page: string | null) => string
  readonly moreDenials: (count: number) => string
  readonly aboutCause: string
  readonly openPage: string
  /** Beside the spinner on a terminal. */
  readonly asking: string
  /** The same where no policies are read. */
  readonly explaining: string
}

const en: ChatWords = {
  looking: 'Looking at the policies. The answer follows here in a moment.',
  help: (command) =>
    `Paste the error after the command: \`${command} An error occurred (AccessDenied) when calling …\`. Only you see the answer; \`${command} --public …\` shows it to the channel. Or choose “Explain this denial” in the menu of a message.`,
  nothingRecognised:
    'No AWS denial was recognised in this text. Paste the line with the error and a few lines around it.',
  noText: 'There is no text. Give the error as it was printed, or --action with what else is known.',
  failed: 'That could not be answered just now. Please try again in a minute.',
  cutForModel: (shown, found) =>
    `Cut to fit: ${shown} of ${found} denials are shown, without the plan that merges their changes. Pass fewer denials at a time, or ask POST /v1/diagnoses for all.`,
  emptyMessage: 'This message has no text that could be read.',
  tooLong: (page) =>
    page === null
      ? 'The statement is too long for a Slack message and is not shown in part. Ask the service for it with `Accept: text/markdown`, or save it to a file with the command line: `access-denied-explainer --markdown error.txt > answer.md`.'
      : `The statement is too long for a Slack message and is not shown in part. Paste the error at ${page} to get it whole.`,
  shortened: (page) =>
    page === null
      ? 'Shortened to fit into a Slack message. `Accept: text/markdown` gives all of it.'
      : `Shortened to fit into a Slack message. Paste the error at ${page} to see all of it.`,
  moreDenials: (count) => (count === 1 ? 'One more denial' : `${count} more denials`),
  aboutCause: 'About this cause',
  openPage: 'Open the explainer',
  asking: 'Reading policies …',
  explaining: 'Looking at the error …',
}

const ko: ChatWords = {
  looking: '정책을 살펴보고 있습니다. 잠시 후 여기에 답변이 표시됩니다.',
  help: (command) =>
    `명령 뒤에 오류를 붙여 넣으세요: \`${command} An error occurred (AccessDenied) when calling …\`. 답변은 본인에게만 보이며, \`${command} --public …\`을 쓰면 채널에 표시됩니다. 메시지 메뉴에서 “Explain this denial”을 선택해도 됩니다.`,
  nothingRecognised: '이 텍스트에서 AWS 거부 오류를 찾지 못했습니다. 오류가 있는 줄과 그 앞뒤 몇 줄을 붙여 넣으세요.',
  noText: '텍스트가 없습니다. 출력된 오류를 그대로 넣거나, --action과 함께 아는 내용을 지정하세요.',
  failed: '지금은 답변할 수 없습니다. 잠시 후 다시 시도하세요.',
  cutForModel: (shown, found) =>
    `길이에 맞게 줄였습니다. 거부 ${found}건 중 ${shown}건만 표시하며, 변경을 합친 계획은 빠져 있습니다. 거부를 나누어 보내거나 POST /v1/diagnoses로 전체를 받으세요.`,
  emptyMessage: '이 메시지에는 읽을 수 있는 텍스트가 없습니다.',
  tooLong: (page) =>
    page === null
      ? '문(statement)이 Slack 메시지에 담기에는 너무 길어 일부만 표시하지 않습니다. `Accept: text/markdown`으로 서비스에 요청하거나 명령줄에서 파일로 저장하세요: `access-denied-explainer --markdown error.txt > answer.md`.'
      : `문(statement)이 Slack 메시지에 담기에는 너무 길어 일부만 표시하지 않습니다. ${page} 에 오류를 붙여 넣으면 전체를 볼 수 있습니다.`,
  shortened: (page) =>
    page === null
      ? 'Slack 메시지에 맞게 줄였습니다. `Accept: text/markdown`으로 전체를 받을 수 있습니다.'
      : `Slack 메시지에 맞게 줄였습니다. ${page} 에 오류를 붙여 넣으면 전체를 볼 수 있습니다.`,
  moreDenials: (count) => `거부 오류 ${count}건 더 있음`,
  aboutCause: '이 원인에 대하여',
  openPage: '설명 페이지 열기',
  asking: '정책을 읽는 중 …',
  explaining: '오류를 살펴보는 중 …',
}

const tables: Readonly<Record<Locale, ChatWords>> = { en, ko }

export const chatWordsOf = (locale: Locale): ChatWords => tables[locale]
