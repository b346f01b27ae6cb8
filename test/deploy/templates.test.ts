import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import t from 'tap'
import { deployPath, findTool, readDeployed } from '../helper/deploy.ts'

const templates = readdirSync(deployPath('.'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && readDeployed(path).includes('AWSTemplateFormatVersion'))
  .map(deployPath)

t.test('cfn-lint has nothing to say to any CloudFormation template', (t) => {
  t.ok(templates.length >= 5, `${templates.length} templates`)
  const lint = findTool(t, 'cfn-lint', ['.venv/bin/cfn-lint', 'cfn-lint'])
  // W3037, unknown actions: the list that it brings lacks those of AWS's previews. Our own test knows all of ours.
  if (lint !== null)
    t.doesNotThrow(() => execFileSync(lint, ['--ignore-checks', 'W3037', '--', ...templates], { stdio: 'pipe' }))
  t.end()
})
