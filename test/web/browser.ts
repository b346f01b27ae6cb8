import { accessSync, constants, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { buildTestApp } from '../helper/app.ts'

/** A real Chromium over the real app: one browser for a test file, one context for a test. */

interface Test {
  teardown(work: () => unknown): unknown
}

const executables = ['chromium', 'chromium-browser', 'google-chrome']

/** Where Chromium is, or a reason to skip; on CI its absence is a failure. */
function findChromium(): string | null {
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)]
  const named = process.env['CHROMIUM']
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...folders.flatMap((folder) => executables.map((name) => join(folder, name))),
  ]
  return candidates.find(canRun) ?? null
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const path = findChromium()

/** For `t.test(…, { skip })`: false where there is a browser, and on CI, where it must not be skipped. */
export const skip = path === null && process.env['CI'] !== 'true' ? 'no Chromium: set CHROMIUM to its path' : false

export const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true } as const

export interface OpenedPage {
  readonly page: Page
  readonly base: string
}

export interface Studio {
  /** A page in a context of its own. */
  open(t: Test, options?: OpenOptions): Promise<OpenedPage>
  /** Errors in the console and requests to other places so far, but for those expected. */
  readonly complaints: () => readonly string[]
}

interface OpenOptions {
  readonly context?: BrowserContextOptions
  /** Path and fragment to open. */
  readonly at?: string
  /** Messages of the console that the test provokes. */
  readonly expected?: RegExp
  /** Before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>
}

/** Starts the browser and the app for a file of tests. */
export async function openStudio(t: Test, environment: Readonly<Record<string, string>> = {}): Promise<Studio> {
  if (path === null) throw new Error('no Chromium: set CHROMIUM to its path')
  const { server } = await buildTestApp(t, { EVIDENCE: 'sample', LOG_LEVEL: 'silent', ...environment })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`
  const browser: Browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] })
  t.teardown(() => browser.close())
  const complaints: string[] = []
  return {
    complaints: () => complaints,
    async open(test, { context: options = {}, at = '/', expected, prepare } = {}) {
      const context = await browser.newContext({ locale: 'en-US', ...options })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      const complain = (text: string): void => {
        if (expected?.test(text) !== true) complaints.push(text)
      }
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complain(message.text())
      })
      page.on('pageerror', (error) => complain(String(error)))
      page.on('request', (request) => {
        if (!request.url().startsWith(`${base}/`)) complain(`asked for ${request.url()}`)
      })
      test.teardown(() => context.close())
      await prepare?.(page)
      await page.goto(`${base}${at}`)
      return { page, base }
    },
  }
}

export const copied = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()')

export const textOf = async (page: Page, selector: string): Promise<string> =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim()

export async function clickSample(page: Page, id: string): Promise<void> {
  await page.click(`[data-sample="${id}"]`)
  await page.waitForSelector('#answer-title')
}

export async function diagnose(page: Page, text: string): Promise<void> {
  await page.fill('#text', text)
  await page.click('#diagnose')
  await page.waitForSelector('#answer-title')
}

/** Violations of axe's rules on the page as it stands, each with the elements. */
export async function violations(page: Page): Promise<readonly string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  const { violations: found }: { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] } =
    await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`,
  )
}
