import { textLimit, type Failure } from './api.ts'
import { h, type Child } from './dom.ts'
import { icon } from './icons.ts'
import { proseList } from './parts.ts'
import type { Words } from './words.ts'

/** Says what went wrong and what can be done; the text itself is still in its field. */
export function renderFailure(
  failure: Failure,
  words: Words,
  { retry, hasText }: { readonly retry: () => void; readonly hasText: boolean },
): HTMLElement {
  return h(
    'div',
    { class: 'notice bad', role: 'alert' },
    icon('warning'),
    h(
      'div',
      {},
      h('p', {}, h('strong', {}, titleOf(failure, words))),
      ...detailOf(failure, words),
      hasText ? h('p', { class: 'small' }, words.failure.kept) : null,
      canRetry(failure)
        ? h('button', { type: 'button', class: 'secondary', id: 'retry', click: retry }, words.failure.retry)
        : null,
    ),
  )
}

function titleOf(failure: Failure, { failure: words }: Words): string {
  if (failure.kind !== 'problem') return words.heading
  const own = words.problems[failure.code] ?? failure.title
  return own === '' ? words.unexpected(failure.status) : own
}

function detailOf(failure: Failure, { failure: words }: Words): readonly Child[] {
  switch (failure.kind) {
    case 'problem':
      return [
        failure.detail === '' ? null : h('p', {}, failure.detail),
        failure.errors.length === 0
          ? null
          : proseList(
              failure.errors.map(({ pointer, message }) => words.fields[pointer] ?? `${pointer} ${message}`.trim()),
              'small',
            ),
        failure.retryAfterSeconds === null ? null : h('p', {}, words.retryAfter(failure.retryAfterSeconds)),
      ]
    case 'too-large':
      return [h('p', {}, words.tooLarge((failure.bytes / textLimit).toFixed(1)))]
    case 'key-needed':
      return [h('p', {}, failure.reason === 'missing' ? words.keyNeeded : words.key[failure.reason])]
    case 'offline':
      return [h('p', {}, words.offline)]
    case 'not-the-service':
      return [h('p', {}, words.notTheService)]
    case 'empty':
      return [h('p', {}, words.empty)]
    case 'unreadable-file':
      return [h('p', {}, words.unreadableFile)]
    case 'unreadable-link':
      return [h('p', {}, words.unreadableLink)]
  }
}

/** Asking again is of no use where the text itself is the trouble. */
function canRetry(failure: Failure): boolean {
  if (failure.kind === 'offline' || failure.kind === 'not-the-service' || failure.kind === 'key-needed') return true
  return failure.kind === 'problem' && (failure.status >= 500 || failure.status === 429)
}
