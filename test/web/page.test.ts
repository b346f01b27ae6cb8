import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { clickSample, copied, diagnose, openStudio, skip, textOf, type Studio } from './browser.ts'

/** The page over the real app and the sample account: what a reader does, from paste to answer. */

const denied = (action: string, resource: string, user = 'arn:aws:iam::111122223333:user/robin'): string =>
  `An error occurred (AccessDenied) when calling the GetObject operation: User: ${user} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`

const needsMfa = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'WithMfa',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
}

t.test('with the sample account', { skip }, async (t) => {
  const studio = await openStudio(t)

  t.test('a sample: marked text, answer, statement to copy, tabs, evaluation', async (t) => {
    const { page } = await studio.open(t)
    await clickSample(page, 'list-buckets')
    t.equal(await textOf(page, 'mark.mark-action'), 's3:ListAllMyBuckets')
    t.match(await textOf(page, 'mark.mark-principal'), /assumed-role\/example-for-ec2/)
    t.match(await textOf(page, 'mark.mark-reason'), /^because no identity-based policy/)
    t.match(await textOf(page, '.summary'), /example-for-ec2.*s3:ListAllMyBuckets/)
    t.match(await textOf(page, '.badges'), /Sample evidence/)
    t.match(await textOf(page, '.fix .badge'), /Ready to paste/)
    t.equal(await page.evaluate('document.activeElement.id'), 'answer-title', 'the focus is at the answer')

    await page.click('.fix .copy')
    const statement = JSON.parse(await copied(page)) as unknown
    t.match(statement, { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' })

    for (const [name, content] of [
      ['policyDocument', /"Version": "2012-10-17"/],
      ['awsCli', /^aws iam put-role-policy/],
      ['awsCliFile', /file:\/\//],
      ['terraform', /aws_iam_role_policy/],
      ['cloudformation', /AWS::IAM/],
      ['cdk', /iam/i],
      ['undo', /^aws iam delete-role-policy/],
    ] as const) {
      await page.click(`.fix [role=tab][id$="-${name}"]`)
      t.match(await textOf(page, '.fix [role=tabpanel] code'), content, name)
    }

    const gate = page.locator('.gate[data-type="identity-based"]')
    t.equal(await gate.getAttribute('data-result'), 'implicitDeny')
    t.equal(await gate.getAttribute('data-blocking'), 'true')
    t.equal(await page.locator('.gate').count(), 8, 'every policy type is in the picture')
    await gate.locator('summary').click()
    t.match(await gate.textContent(), /Policies read/)
  })

  t.test('a statement that decides is one click away, word for word', async (t) => {
    const { page } = await studio.open(t)
    await clickSample(page, 'explicit-deny')
    const gate = page.locator('.gate.blocks').first()
    await gate.locator('summary').click()
    const quoted = await gate.locator('.code code').first().textContent()
    t.match(JSON.parse(quoted ?? ''), { Effect: 'Deny' })
  })

  t.test('evidence by hand, a direct question, and the verdict changes', async (t) => {
    const { page } = await studio.open(t)
    await page.click('#given-summary')
    await page.fill('#policy-json', 'not json')
    await page.click('#policy-add')
    t.match(await textOf(page, '#policy-error'), /not valid JSON/)
    await page.fill('#policy-json', '{"Version": "2012-10-17"}')
    await page.click('#policy-add')
    t.match(await textOf(page, '#policy-error'), /No policy document/)
    await page.fill('#policy-json', JSON.stringify({ PolicyName: 'read-with-mfa', PolicyDocument: needsMfa }))
    await page.click('#policy-add')
    t.match(await textOf(page, '#given-list'), /Identity-based policies.*read-with-mfa/)
    t.equal(await textOf(page, '#given-count'), '1 entry')

    await diagnose(page, denied('s3:GetObject', 'arn:aws:s3:::example-reports/q1.csv'))
    t.match(await textOf(page, '.questions'), /Was MFA used to sign in\?/)
    const before = await textOf(page, '.outcome')
    await page.click('.questions [id$="-no"]')
    await page.waitForSelector('#news')
    t.match(await textOf(page, '#news'), /With what you added/)
    t.not(await textOf(page, '.outcome'), before, 'the verdict has changed')
    t.match(await textOf(page, '#given-list'), /aws:MultiFactorAuthPresent false/)

    await page.click('[id="remove-context-aws:MultiFactorAuthPresent"]')
    await page.waitForSelector('.questions [id$="-no"]')
    t.equal(await textOf(page, '.outcome'), before, 'and back again')
  })

  t.test('a policy type can be given from its place in the picture', async (t) => {
    const { page } = await studio.open(t)
    await clickSample(page, 'list-buckets')
    const gate = page.locator('.gate[data-type="service-control"]')
    await gate.locator('summary').click()
    await gate.locator('#give-service-control').click()
    t.equal(await page.inputValue('#policy-type'), 'service-control')
    await page.click('#policy-none')
    await page.waitForSelector('.gate[data-type="service-control"]:not([data-result="notCollected"])')
    t.match(await textOf(page, '#given-list'), /Service control policies there is none/)
    await page.fill('#context-key', 'aws:SourceIp')
    await page.fill('#context-value', '203.0.113.9')
    await page.click('#context-add')
    await page.waitForSelector('[id="remove-context-aws:SourceIp"]')
    await page.fill('#hint-region', 'eu-west-1')
    await page.press('#hint-region', 'Tab')
    await page.waitForSelector('#remove-hint-region')
    t.equal(await textOf(page, '#given-count'), '3 entries')
  })

  t.test('denials of one action are told apart by what differs', async (t) => {
    const { page } = await studio.open(t)
    const denied = (role: string, bucket: string): string =>
      `User: arn:aws:sts::444455556666:assumed-role/${role}/run is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::${bucket}/a because no identity-based policy allows the s3:GetObject action`
    await diagnose(page, [denied('Web', 'photos'), denied('Batch', 'photos')].join('\n'))
    const rows = page.locator('.several li')
    t.match(await rows.nth(0).textContent(), /Web/)
    t.match(await rows.nth(1).textContent(), /Batch/)
    t.notMatch(await rows.nth(0).textContent(), /photos/, 'what is the same is not repeated')
    await page.click('#start-over')
    await diagnose(page, [denied('Web', 'photos'), denied('Web', 'logs')].join('\n'))
    t.match(await rows.nth(1).textContent(), /arn:aws:s3:::logs/)
    t.notMatch(await rows.nth(1).textContent(), /Web/)

    await page.click('#start-over')
    const many = Array.from({ length: 205 }, (_, index) => denied('Web', `bucket-${String(index)}`))
    await diagnose(page, many.join('\n'))
    t.match(await textOf(page, '.several'), /^The first 200 of 205 different denials/)
    t.match(
      await page.evaluate('getComputedStyle(document.querySelector(".several ol")).backgroundImage'),
      /gradient/,
      'the list shows that it goes on',
    )
  })

  t.test('several denials: a list, marks that follow, and on to the next', async (t) => {
    const { page } = await studio.open(t)
    const second = denied('s3:PutObject', 'arn:aws:s3:::example-other/a.txt', 'arn:aws:iam::111122223333:user/kim')
    await diagnose(page, `${denied('s3:GetObject', 'arn:aws:s3:::example-reports/q1.csv')}\n${second}`)
    t.match(await textOf(page, '.several'), /2 different denials/)
    t.equal(await textOf(page, 'mark.mark-action'), 's3:GetObject')
    await page.click('#next-denial')
    t.equal(await textOf(page, 'mark.mark-action'), 's3:PutObject')
    t.equal(await page.getAttribute('#denial-1', 'aria-current'), 'true')
    await page.click('#denial-0')
    t.equal(await textOf(page, 'mark.mark-action'), 's3:GetObject')
    t.match(await textOf(page, '.plan'), /One plan for all of them/)
  })

  t.test('“I applied it” reads the policies again', async (t) => {
    const { page } = await studio.open(t)
    const first = page.waitForRequest('**/v1/diagnoses*')
    await clickSample(page, 'list-buckets')
    t.equal((await first).headers()['cache-control'], undefined, 'the first time it may come from the cache')
    const asked = page.waitForRequest('**/v1/diagnoses*')
    await page.click('#recheck')
    t.equal((await asked).headers()['cache-control'], 'no-cache')
    await page.waitForSelector('#news')
    t.match(await textOf(page, '#news'), /nothing has changed yet/)
  })

  t.test('a link holds the text behind its # only, after a warning', async (t) => {
    const { page, base } = await studio.open(t)
    await clickSample(page, 'list-buckets')
    await page.click('#share')
    t.match(await textOf(page, '#share-dialog'), /everybody who gets the link can read the text/)
    await page.click('#share-whole')
    await page.waitForSelector('#toast:not([hidden])')
    const url = new URL(await copied(page))
    t.equal(url.origin + url.pathname, `${base}/`)
    t.equal(url.search, '')
    t.match(url.hash, /^#paste=[\w-]+$/)

    const asked: string[] = []
    const opened = await studio.open(t, {
      at: `/${url.hash}`,
      prepare: (page) => Promise.resolve(page.on('request', (request) => asked.push(request.url()))),
    })
    await opened.page.waitForSelector('#answer-title')
    t.equal(await textOf(opened.page, 'mark.mark-action'), 's3:ListAllMyBuckets')
    t.equal(await opened.page.evaluate('location.href'), `${base}/`, 'the text does not stay in the address')
    t.notOk(asked.some((address) => address.includes('paste=')))
    t.match(await textOf(opened.page, '#result'), /came with the link/)

    const broken = await studio.open(t, { at: '/#paste=AAAA' })
    await broken.page.waitForSelector('#failure [role=alert]')
    t.match(await textOf(broken.page, '#failure'), /link is damaged/)
  })

  t.test('a copy that is safe for a public forum', async (t) => {
    const { page } = await studio.open(t)
    await diagnose(page, denied('s3:GetObject', 'arn:aws:s3:::reports/q1.csv', 'arn:aws:iam::999988887777:user/robin'))
    await page.click('#copy-redacted')
    await page.waitForSelector('#toast:not([hidden])')
    const text = await copied(page)
    t.match(text, /s3:GetObject/)
    t.notMatch(text, /999988887777/)
  })

  t.test('a file is opened or dropped; what is no text is refused', async (t) => {
    const folder = t.testdir({
      'error.txt': denied('s3:GetObject', 'arn:aws:s3:::example-reports/q1.csv'),
      'picture.bin': Buffer.from([0, 1, 2, 0]),
    })
    const { page } = await studio.open(t)
    await page.setInputFiles('#file', join(folder, 'picture.bin'))
    await page.waitForSelector('#failure [role=alert]')
    t.match(await textOf(page, '#failure'), /could not be read as text/)
    await page.setInputFiles('#file', join(folder, 'error.txt'))
    await page.waitForSelector('#answer-title')
    t.equal(await textOf(page, 'mark.mark-action'), 's3:GetObject')

    await page.click('#start-over')
    t.equal(await page.inputValue('#text'), '')
    await page.evaluate(`{
      const data = new DataTransfer()
      data.items.add(new File([${JSON.stringify(denied('s3:PutObject', 'arn:aws:s3:::example-reports/q1.csv'))}], 'error.log'))
      document.getElementById('drop').dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }))
      document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    }`)
    await page.waitForSelector('#answer-title')
    t.equal(await textOf(page, 'mark.mark-action'), 's3:PutObject')
  })

  t.test('Korean: the page and what the service says', async (t) => {
    const { page } = await studio.open(t, { context: { locale: 'ko-KR' } })
    t.equal(await page.getAttribute('html', 'lang'), 'ko')
    await clickSample(page, 'list-buckets')
    t.match(await textOf(page, '.summary'), /[가-힣]/)
    t.match(await textOf(page, '.evaluation'), /자격 증명 기반 정책/)
    await page.click('#language')
    await page.locator('.summary', { hasNotText: /[가-힣]/ }).waitFor()
    t.match(await textOf(page, '.evaluation'), /Identity-based policies/)
    await page.reload()
    t.equal(await page.getAttribute('html', 'lang'), 'en', 'the choice is kept')
  })

  t.test('the theme follows the system until it is chosen, and the choice is kept', async (t) => {
    const { page } = await studio.open(t, { context: { colorScheme: 'dark' } })
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor')
    const dark = await ground()
    await page.click('#theme')
    const light = await ground()
    t.not(light, dark)
    await page.reload()
    t.equal(await ground(), light)
    t.match(await page.getAttribute('#theme', 'aria-label'), /light/)
  })

  t.test('nothing complained, and nothing was asked of other places', (t) => {
    t.strictSame(studio.complaints(), [])
    t.end()
  })
})

t.test('an API key is asked for once and kept for the tab', { skip }, async (t) => {
  const key = 'page-test-key-0123456789'
  const folder = t.testdir({})
  const file = join(folder, 'keys.json')
  const sha256 = createHash('sha256').update(key).digest('hex')
  const metricsKey = 'page-test-metrics-0123456789'
  const ofMetrics = createHash('sha256').update(metricsKey).digest('hex')
  const keys = [
    { name: 'page', sha256, scopes: ['text', 'policies'] },
    { name: 'metrics', sha256: ofMetrics, scopes: ['metrics'] },
  ]
  writeFileSync(file, JSON.stringify({ keys }))
  const studio: Studio = await openStudio(t, { API_KEYS_FILE: file })
  const { page } = await studio.open(t, { expected: /status of 40[13]/ })
  await page.fill('#text', denied('s3:GetObject', 'arn:aws:s3:::example-reports/q1.csv'))
  await page.click('#diagnose')
  await page.fill('#key', 'wrong')
  await page.press('#key', 'Enter')
  await page.locator('#key-refused', { hasText: 'not a valid API key' }).waitFor()
  await page.fill('#key', `${key}”`)
  await page.press('#key', 'Enter')
  await page.locator('#key-refused', { hasText: 'typographic quote' }).waitFor()
  await page.fill('#key', 'unknown-key-0123456789')
  await page.press('#key', 'Enter')
  await page.locator('#key-refused', { hasText: 'not accepted' }).waitFor()
  await page.fill('#key', metricsKey)
  await page.press('#key', 'Enter')
  await page.locator('#key-refused', { hasText: 'lacks the scope' }).waitFor()
  await page.click('#key-cancel')
  t.match(await textOf(page, '#failure'), /lacks the scope/)
  await page.click('#retry')
  await page.fill('#key', key)
  await page.press('#key', 'Enter')
  await page.waitForSelector('#answer-title')
  await page.click('#recheck')
  await page.waitForSelector('#news')
  t.equal(await page.evaluate('sessionStorage.getItem("key")'), key)
  t.equal(await page.evaluate('localStorage.getItem("key")'), null)

  const other = await studio.open(t, { expected: /status of 401/ })
  await other.page.fill('#text', denied('s3:GetObject', 'arn:aws:s3:::example-reports/q1.csv'))
  await other.page.click('#diagnose')
  await other.page.click('#key-cancel')
  await other.page.waitForSelector('#failure [role=alert]')
  t.match(await textOf(other.page, '#failure'), /API key/)
  t.match(await other.page.inputValue('#text'), /s3:GetObject/, 'nothing of the paste is lost')
  t.strictSame(studio.complaints(), [])
})
