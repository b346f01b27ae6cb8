import t from 'tap'
import type { Page } from 'playwright-core'
import type { Reply } from '../../src/reply/schema.ts'
import { copied, diagnose, openStudio, skip, textOf } from './browser.ts'
import { allowedVerdict, cannedReply, cannedText, singleReply } from './canned.ts'

/** The page over replies that hold every part it can show, and over a service that fails. */

interface Answer {
  readonly status?: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers in place of the service; what it was asked is kept. */
async function answerWith(page: Page, next: (asked: Record<string, unknown>) => Answer | null): Promise<void> {
  await page.route('**/v1/diagnoses*', async (route) => {
    const answer = next(route.request().postDataJSON() as Record<string, unknown>)
    if (answer === null) return route.abort('connectionrefused')
    const { status = 200, body, headers = {} } = answer
    const contentType = status === 200 ? 'application/json' : 'application/problem+json'
    return route.fulfill({ status, headers: { 'content-type': contentType, ...headers }, body: JSON.stringify(body) })
  })
}

const always =
  (reply: Reply): ((asked: Record<string, unknown>) => Answer) =>
  () => ({ body: reply })

t.test('over canned replies', { skip }, async (t) => {
  const studio = await openStudio(t)

  t.test('hostile markup in a paste and in a reply is text', async (t) => {
    const { page } = await studio.open(t, { prepare: (page) => answerWith(page, always(cannedReply)) })
    await diagnose(page, cannedText)
    t.match(await textOf(page, '#marked-text'), /<img src=x onerror=/)
    t.match(await textOf(page, '.summary'), /<script>window.broken=1<\/script>/)
    t.equal(await page.locator('#result img, #result script').count(), 0)
    t.equal(await page.evaluate('window.broken === undefined'), true)
  })

  t.test('every part of a diagnosis is shown', async (t) => {
    const { page } = await studio.open(t, { prepare: (page) => answerWith(page, always(cannedReply)) })
    await diagnose(page, cannedText)
    for (const [part, words] of [
      ['.several', /2 different denials.*dynamodb:GetItem.*s3:PutObject/],
      ['.facts', /billing-reader.*session casey.*account 111122223333.*seen 3 times/],
      ['.answer', /Managed elsewhere.*CloudFormation stack billing/],
      ['.fix', /All of these changes are needed together.*Change 1 of 2.*Fill in the marked placeholders/],
      ['.fix', /<TableName>: the name of the table/],
      ['.fix', /The change also allows.*dynamodb:GetItem on arn:aws:dynamodb/],
      ['.fix', /Do not attach AmazonDynamoDBFullAccess/],
      ['.evaluation', /Permissions boundary.*allows.*Session policies.*unknown/],
      ['.candidates', /A service control policy may not allow it.*Possible/],
      ['.next', /kms:Decrypt.*encrypted with a customer managed key/],
      ['.unseen', /Service control policies.*access denied.*in account 444455556666.*grants of the key were not read/],
      ['.notes', /The session was an hour old.*Two denials were found/],
      ['.plan', /settles 2 denials/],
      ['.plan', /What this does not settle.*Denial 2: A service control policy denies it/],
    ] as const)
      t.match(await textOf(page, part), words, part)
    t.equal(await page.locator('.tok-placeholder').first().textContent(), '<TableName>')
    t.equal(await page.locator('#marked-text mark').count(), 4)
    t.match(
      await page.locator('#marked-text .beside').last().textContent(),
      /s3:PutObject/,
      'the other denial is dimmed',
    )

    const gate = page.locator('.gate[data-type="identity-based"]')
    await gate.locator('summary').click()
    t.match(await gate.textContent(), /Resource differs.*table\/orders.*table\/invoices/s)
    t.match(await gate.textContent(), /Denied unless MFA was used\./)
    t.match(await gate.textContent(), /old-draft has no Effect/)

    await page.click('.owner-message .copy')
    t.match(await copied(page), /^Please add this statement/)
    await page.click('.candidate summary')
    await page.click('.candidate .copy')
    t.match(await copied(page), /^aws organizations list-policies-for-target/)
    await page.click('.unseen > .plain-disclosure > summary')
    await page.click('.unseen > .plain-disclosure .copy')
    t.match(JSON.parse(await copied(page)), { Statement: [{}, {}] })
    await page.click('.fix [id$="-diff"]')
    t.match(await textOf(page, '.fix .tok-added'), /\+\+\+|\+.*ReadInvoices/)

    await page.click('#next-denial')
    t.match(await textOf(page, '#answer-title'), /A service control policy denies it/)
    t.match(await textOf(page, '.evaluation'), /nothing to evaluate/)
  })

  t.test('the form that was looked at last is opened the next time', async (t) => {
    const { page } = await studio.open(t, { prepare: (page) => answerWith(page, always(singleReply())) })
    await diagnose(page, cannedText)
    await page.locator('.fix [id$="-terraform"]').first().click()
    await page.click('#edit')
    t.equal(await page.inputValue('#text'), cannedText)
    await page.press('#text', 'Control+Enter')
    await page.waitForSelector('#answer-title')
    t.match(await textOf(page, '.fix [role=tabpanel]'), /aws_iam_role_policy/)
  })

  t.test('answers to the questions go out as evidence and hints', async (t) => {
    const asked: Record<string, unknown>[] = []
    const { page } = await studio.open(t, {
      prepare: (page) =>
        answerWith(page, (body) => {
          asked.push(body)
          const isAnswered = JSON.stringify(body).includes('MultiFactorAuthPresent')
          return { body: isAnswered ? singleReply({ verdict: allowedVerdict }) : singleReply() }
        }),
    })
    await diagnose(page, cannedText)
    await page.fill('#question-2-input', 'arn:aws:dynamodb:eu-west-1:111122223333:table/invoices')
    await page.click('#question-2-use')
    await page.waitForSelector('#news')
    t.match(await textOf(page, '#news'), /it stays: Denied/)
    t.match(asked.at(-1), { hints: { resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/invoices' } })
    await page.click('#question-1-value-0, #question-1-absent')
    await page.waitForSelector('[id="remove-context-aws:SourceIp"]', { state: 'attached' })
    await page.click('#question-0-yes')
    await page.waitForSelector('.outcome.allows')
    t.match(asked.at(-1), { evidence: { context: { 'aws:MultiFactorAuthPresent': 'true' } } })
    t.match(await textOf(page, '#news'), /Allowed. Before: Denied/)
  })

  t.test('failures are said, with what to do, and keep the text', async (t) => {
    const problem = (status: number, code: string, title: string) => ({
      status,
      body: { type: 'about:blank', title, status, detail: 'Told in detail.', instance: 'urn:x', code },
    })
    const cases: readonly (readonly [string, Answer | null, RegExp, boolean])[] = [
      ['422', problem(422, 'nothing-recognised', 'Nothing'), /No AWS denial was recognised.*Told in detail/, false],
      [
        '429',
        { ...problem(429, 'too-many-requests', 'Too many requests'), headers: { 'retry-after': '7' } },
        /Too many requests.*7 seconds/,
        true,
      ],
      ['503', problem(503, 'overloaded', 'The service is busy'), /The service is busy/, true],
      ['a proxy’s own page', { status: 502, body: 'x', headers: { 'content-type': 'text/html' } }, /status 502/, true],
      [
        'a page to sign in',
        { body: '<html>', headers: { 'content-type': 'text/html' } },
        /Something else answered/,
        true,
      ],
      [
        'a bad hint',
        {
          status: 422,
          body: {
            ...problem(422, 'invalid-request', 'It does not fit').body,
            errors: [{ pointer: '/hints/region', message: 'must be a Region' }],
          },
        },
        /It does not fit.*Region: write it as in eu-west-1\./,
        false,
      ],
      ['offline', null, /cannot be reached/, true],
    ]
    let answer: Answer | null = null
    const { page } = await studio.open(t, {
      expected: /Failed to load resource/,
      prepare: (page) => answerWith(page, () => answer),
    })
    await page.fill('#text', cannedText)
    for (const [name, given, words, canRetry] of cases) {
      answer = given
      await page.click('#diagnose')
      await page.locator('#failure', { hasText: words }).waitFor()
      t.equal(await page.locator('#retry').count(), canRetry ? 1 : 0, `${name}: to try again`)
      t.equal(await page.inputValue('#text'), cannedText, `${name}: the text is kept`)
    }
    answer = { body: singleReply() }
    await page.click('#retry')
    await page.waitForSelector('#answer-title')
    t.equal(await page.locator('#failure [role=alert]').count(), 0)
  })

  t.test('no text, and too much of it, never reach the service', async (t) => {
    let asked = 0
    const { page } = await studio.open(t, {
      prepare: (page) =>
        answerWith(page, () => {
          asked += 1
          return { body: singleReply() }
        }),
    })
    await page.click('#diagnose')
    t.match(await textOf(page, '#failure'), /There is no text yet/)
    await page.evaluate(`document.getElementById('text').value = 'x'.repeat(2 * 1024 * 1024)`)
    await page.click('#diagnose')
    await page.locator('#failure', { hasText: '2.0 MiB' }).waitFor()
    t.equal(asked, 0)
  })

  t.test('progress is shown while the service works, and it can be cancelled', async (t) => {
    const { page } = await studio.open(t, {
      prepare: (page) => page.route('**/v1/diagnoses*', () => undefined),
      expected: /Failed to load resource/,
    })
    await page.fill('#text', cannedText)
    await page.click('#diagnose')
    await page.waitForSelector('#waiting:not([hidden])')
    await page.locator('#waiting-seconds', { hasText: /^[1-9] s$/ }).waitFor()
    t.match(await textOf(page, '#announcer'), /gathering policies/)
    await page.click('#cancel')
    await page.waitForSelector('#waiting[hidden]', { state: 'attached' })
    t.equal(await page.inputValue('#text'), cannedText)
    t.match(await textOf(page, '#toast'), /Cancelled/)
    t.equal(await page.evaluate('document.activeElement.id'), 'text', 'the focus stays on the page')
  })

  t.test('a text too long for a link is not put into one; the redacted one can be', async (t) => {
    const { page } = await studio.open(t, { prepare: (page) => answerWith(page, always(singleReply())) })
    const noise = await page.evaluate<string>(
      `Array.from(crypto.getRandomValues(new Uint8Array(60000)), (byte) => byte.toString(16)).join('')`,
    )
    await diagnose(page, cannedText + noise)
    await page.click('#share')
    await page.click('#share-whole')
    await page.waitForSelector('#toast:not([hidden])')
    t.match(await textOf(page, '#toast'), /too long for a link/)
    await page.click('#share')
    await page.click('#share-redacted')
    await page.locator('#toast', { hasText: 'Link copied' }).waitFor()
    t.match(await copied(page), /#paste=/)
  })

  t.test('where the clipboard is forbidden, a button for code says so to everybody', async (t) => {
    const { page } = await studio.open(t, {
      prepare: async (page) => {
        await answerWith(page, always(singleReply()))
        await page.addInitScript('navigator.clipboard.writeText = () => Promise.reject(new Error())')
      },
    })
    await diagnose(page, cannedText)
    await page.locator('.fix .copy').first().click()
    await page.locator('#toast:not([hidden])', { hasText: 'Copying is blocked here' }).waitFor()
    t.not(await page.evaluate('String(getSelection())'), '', 'what is to be copied is selected')
  })

  t.test('a fragment of somebody else is let alone, and a damaged link is told without a text', async (t) => {
    const { page, base } = await studio.open(t, { at: '/#foo' })
    await page.waitForSelector('.sample')
    t.equal(await page.locator('#failure [role=alert]').count(), 0)
    await page.goto(`${base}/#paste=`)
    await page.locator('#failure', { hasText: 'The link is damaged' }).waitFor()
    t.notMatch(await textOf(page, '#failure'), /still here/)
  })

  t.test('where the clipboard is forbidden, the text is shown selected', async (t) => {
    const { page } = await studio.open(t, {
      prepare: async (page) => {
        await answerWith(page, always(singleReply()))
        await page.addInitScript('navigator.clipboard.writeText = () => Promise.reject(new Error())')
      },
    })
    await diagnose(page, cannedText)
    await page.click('#copy-redacted')
    await page.waitForSelector('#text-dialog[open]')
    t.notMatch(await page.inputValue('#text-to-copy'), /111122223333/)
    await page.click('#text-close')
    await page.locator('.fix .copy').first().click()
    await page.locator('#announcer', { hasText: 'selected' }).waitFor({ state: 'attached' })
    t.match(await page.evaluate('getSelection().toString()'), /ReadInvoices/)
  })

  t.test('nothing complained, and nothing was asked of other places', (t) => {
    t.strictSame(studio.complaints(), [])
    t.end()
  })
})
