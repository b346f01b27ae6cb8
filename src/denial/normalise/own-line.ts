/**
 * What begins a line of its own, wherever a terminal breaks lines: frames of a stack, levels and tags of a log, prompts.
 * Source of a regular expression.
 */
export const ownLine = String.raw`at |caused by|status code|\[[A-Z]+\]|(?:INFO|WARN|ERROR|DEBUG)\b|Traceback|File "|aws |An error `
