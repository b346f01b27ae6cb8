import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/**
 * Writes docs/page.png, the README's picture: the first sample diagnosed by a running service.
 * `npm start` in one terminal, `node scripts/screenshot.ts [http://127.0.0.1:8080]` in another (Node 24).
 */
const base = process.argv[2] ?? 'http://127.0.0.1:8080'
const picture = new URL('../docs/page.png', import.meta.url)

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const page = await browser.newPage({ viewport: { width: 1280, height: 1180 }, colorScheme: 'light', locale: 'en-US' })
await page.goto(base)
await page.click('[data-sample="list-buckets"]')
await page.waitForSelector('#answer-title')
mkdirSync(new URL('.', picture), { recursive: true })
await page.screenshot({ path: fileURLToPath(picture) })
await browser.close()
