import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { profileWithoutCredentials } from '../../src/evidence/aws/access.ts'

/** A profile that somebody names and that gives nothing must not look like none. */
t.test('why a profile gives no credentials', async (t) => {
  const config = join(t.testdir(), 'config')
  writeFileSync(config, '[profile good]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n')
  const before = { ...process.env }
  Object.assign(process.env, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(config, 'none') })
  t.teardown(() => Object.assign(process.env, before))
  t.match(await profileWithoutCredentials('mistyped'), { profile: 'mistyped', reason: /mistyped/ })
  t.equal(await profileWithoutCredentials('good'), null)
  t.equal(await profileWithoutCredentials(''), null)
})
