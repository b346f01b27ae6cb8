import { renderAnswer, renderFix } from './answer-view.ts'
import { renderBeneath, renderCheck, renderPlan } from './beneath-view.ts'
import { h, type Child } from './dom.ts'
import { renderEvaluation } from './evaluation-view.ts'
import { renderPaste } from './paste-view.ts'
import { isOpen, renderQuestions } from './questions-view.ts'
import { renderSeveral, renderWalk } from './several-view.ts'
import type { View } from './view.ts'

/** The whole answer, in the order in which somebody in a hurry reads it. */
export function renderResult(view: View): readonly Child[] {
  return [
    renderPaste(view),
    renderSeveral(view),
    h(
      'div',
      { class: 'columns' },
      h(
        'div',
        { class: 'main-column' },
        renderAnswer(view),
        renderCheck(view),
        renderFix(view),
        isOpen(view) ? null : renderQuestions(view),
      ),
      h('div', { class: 'side-column' }, renderEvaluation(view)),
    ),
    h('div', { class: 'beneath-grid' }, ...renderBeneath(view)),
    renderWalk(view),
    renderPlan(view.reply, view.words),
    h(
      'p',
      { class: 'muted small version' },
      view.words.footer.version(view.reply.meta.version, view.reply.meta.actionCatalogue),
    ),
  ]
}
