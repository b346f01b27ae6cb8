import t from 'tap'
import type { Page } from 'playwright-core'
import { clickSample, diagnose, openStudio, phone, skip, textOf, violations } from './browser.ts'
import { cannedReply, cannedText } from './canned.ts'

/** axe over the page in both themes, on a phone and in Korean; and a walk through it without a mouse. */

const looks = {
  light: { context: { colorScheme: 'light' } },
  dark: { context: { colorScheme: 'dark' } },
  phone: { context: phone },
  'phone, dark, Korean': { context: { ...phone, colorScheme: 'dark', locale: 'ko-KR' } },
} as const

const overflows = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

async function showCanned(page: Page): Promise<void> {
  await page.route('**/v1/diagnoses*', (route) => route.fulfill({ json: cannedReply }))
  await diagnose(page, cannedText)
  await page.evaluate('document.querySelectorAll("details").forEach((details) => { details.open = true })')
}

t.test('for everybody', { skip }, async (t) => {
  const studio = await openStudio(t)

  for (const [name, options] of Object.entries(looks))
    t.test(`axe finds nothing: ${name}`, async (t) => {
      const { page } = await studio.open(t, options)
      await page.waitForSelector('.sample')
      t.strictSame(await violations(page), [], 'before the first question')
      await clickSample(page, 'list-buckets')
      t.strictSame(await violations(page), [], 'the answer to a sample')
      t.equal(await page.evaluate(overflows), false, 'nothing is wider than the screen')
      await page.click('#start-over')
      await showCanned(page)
      t.strictSame(await violations(page), [], 'everything shown and opened')
      t.equal(await page.evaluate(overflows), false, 'nothing is wider than the screen')
      await page.click('#share')
      t.strictSame(await violations(page), [], 'a dialog')
      await page.click('#share-cancel')
      await page.click('#start-over')
      await page.click('#diagnose')
      await page.waitForSelector('#failure [role=alert]')
      t.strictSame(await violations(page), [], 'a failure')
    })

  for (const [name, context] of Object.entries({ phone, desk: { viewport: { width: 1280, height: 900 } } } as const))
    t.test(`the catalogue fits: ${name}`, async (t) => {
      const { page, base } = await studio.open(t, { context, at: '/v1/causes' })
      const codes = await page.locator('main li a').allTextContents()
      t.ok(codes.length > 60, `${codes.length} causes`)
      t.equal(await page.evaluate(overflows), false, 'the list is no wider than the screen')
      t.strictSame(await violations(page), [], 'axe finds nothing in the list')
      for (const code of codes)
        for (const locale of code.length % 4 === 0 ? ['en', 'ko'] : ['en']) {
          await page.goto(`${base}/v1/causes/${code}?locale=${locale}`)
          t.equal(await page.evaluate(overflows), false, `${code} ${locale}: no wider than the screen`)
        }
      t.strictSame(await violations(page), [], 'axe finds nothing in a page')
    })

  t.test('the catalogue is reached, and left, in the language of the page', async (t) => {
    const { page } = await studio.open(t, { context: { locale: 'ko-KR' } })
    await clickSample(page, 'list-buckets')
    await page.click('.plain-disclosure > summary')
    await page.click('.answer a[href^="/v1/causes/"]')
    t.equal(await page.evaluate('document.documentElement.lang'), 'ko', 'a cause')
    await page.click('.top-links a')
    t.equal(await page.evaluate('document.documentElement.lang'), 'ko', 'all of them')
    await page.click('.top-links a[hreflang="en"]')
    t.equal(await page.evaluate('document.documentElement.lang'), 'en', 'the other language')
    await page.click('.brand')
    await page.waitForSelector('.sample')
    await page.click('#catalogue')
    t.equal(await page.evaluate('document.documentElement.lang'), 'ko', 'from the frame')
  })

  t.test('the keyboard alone is enough', async (t) => {
    const { page } = await studio.open(t)
    await page.waitForSelector('.sample')
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.id || document.activeElement.className || document.activeElement.tagName')
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let step = 0; step < 60 && !wanted.test(await focused()); step += 1) await page.keyboard.press('Tab')
      t.match(await focused(), wanted)
    }
    await page.keyboard.press('Tab')
    t.equal(await focused(), 'skip', 'the first stop skips the frame')
    await tabTo(/^text$/)
    await page.keyboard.insertText(
      'User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-0123456789abcdef0 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action',
    )
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('#answer-title')
    await page.locator('#answer-title:focus').waitFor()
    t.equal(await page.evaluate('getComputedStyle(document.querySelector(":focus")).outlineStyle'), 'none')

    await tabTo(/-statement$/)
    t.not(
      await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'),
      'none',
      'where the focus is can be seen',
    )
    await page.keyboard.press('ArrowRight')
    t.match(await focused(), /-policyDocument$/)
    t.match(await textOf(page, '.fix [role=tabpanel]'), /Version/)
    await page.keyboard.press('End')
    t.match(await focused(), /-undo$/)
    await page.keyboard.press('ArrowRight')
    t.match(await focused(), /-statement$/, 'round and round')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Home')
    t.match(await focused(), /-statement$/)
    await page.keyboard.press('Tab')
    t.equal(await focused(), 'PRE', 'one stop for all tabs, then the code')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.copied:focus').waitFor()
    await page.locator('#announcer', { hasText: 'Copied' }).waitFor({ state: 'attached' })

    await tabTo(/identity-based-summary$/)
    await page.keyboard.press('Enter')
    t.equal(await page.evaluate('document.activeElement.parentElement.open'), true)
    await tabTo(/^given-summary$/)
    await page.keyboard.press('Enter')
    await tabTo(/^policy-type$/)
  })

  t.test('the links of the frame are there on a phone too', async (t) => {
    for (const locale of ['en-US', 'ko-KR']) {
      const { page } = await studio.open(t, { context: { ...phone, locale } })
      for (const place of ['#catalogue', 'a[href="/docs"]', '#language']) {
        const box = await page.locator(place).boundingBox()
        t.ok(box !== null && box.height < 48, `${locale} ${place}: in one line`)
      }
      t.equal(await page.evaluate(overflows), false)
    }
  })

  t.test('landmarks, and one heading of the first rank', async (t) => {
    const { page } = await studio.open(t)
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const)
      t.equal(await page.getByRole(role).count(), 1, role)
    t.equal(await page.locator('h1').count(), 1)
    t.equal(await page.getByRole('status').count(), 1, 'a place for what is said aloud')
  })

  t.test('nothing complained, and nothing was asked of other places', (t) => {
    t.strictSame(studio.complaints(), [])
    t.end()
  })
})
