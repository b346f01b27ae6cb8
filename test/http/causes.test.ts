import t from 'tap'
import { causeEntrySchema } from '../../src/reply/causes.ts'
import { buildTestApp } from '../helper/app.ts'

t.test('the catalogue answers in the language asked for, or in that of the browser', async (t) => {
  const { server } = await buildTestApp(t)
  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    server.inject({ url, headers: { host: 'localhost', ...headers } })
  const rows: readonly (readonly [accept: string, language: string | null, query: string, locale: 'en' | 'ko'])[] = [
    ['text/html', null, '', 'en'],
    ['text/html', 'ko-KR,ko;q=0.9,en;q=0.8', '', 'ko'],
    ['text/html', 'en-GB,ko;q=0.5', '', 'en'],
    ['text/html', 'de-DE', '', 'en'],
    ['text/html', 'ko-KR', '?locale=en', 'en'],
    ['text/html', 'en-US', '?locale=ko', 'ko'],
    ['application/json', 'ko-KR', '', 'en'],
    ['application/json', null, '?locale=ko', 'ko'],
  ]
  for (const [accept, language, query, locale] of rows)
    for (const path of ['/v1/causes', '/v1/causes/throttled']) {
      const name = `${path}${query} ${accept} ${language ?? ''}`
      const { body, headers } = await get(`${path}${query}`, {
        accept,
        ...(language === null ? {} : { 'accept-language': language }),
      })
      t.equal(/[가-힣]{2}/u.test(body.replaceAll('한국어', '')), locale === 'ko', name)
      if (accept === 'text/html') t.match(body, `<html lang="${locale}">`, name)
      t.equal(headers['vary'], accept === 'text/html' ? 'accept, accept-language' : 'accept', name)
    }
})

t.test('caches learn of the origin as well, where that counts', async (t) => {
  const { server } = await buildTestApp(t, { CORS_ORIGINS: 'https://one.example,https://two.example' })
  const headers = { host: 'localhost', origin: 'https://two.example', accept: 'text/html' }
  const { headers: answered } = await server.inject({ url: '/v1/causes', headers })
  t.match(answered['vary'], /origin, accept, accept-language/i)
})

t.test('the commonest cause is told as it is in general', async (t) => {
  const { server } = await buildTestApp(t)
  const { body } = await server.inject({ url: '/v1/causes/missing-allow', headers: { host: 'localhost' } })
  t.match(causeEntrySchema.parse(JSON.parse(body)).explanation, /^No policy that applies to the caller allows this/u)
})
