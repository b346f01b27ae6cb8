import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
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

t.test('the StackSet gets instances: by itself it deploys nothing', (t) => {
  const readme = readFileSync(new URL('../../deploy/iam/README.md', import.meta.url), 'utf8')
  const commands = readme.replaceAll('\\\n', ' ').match(/^aws cloudformation .*$/gmu) ?? []
  const nameOf = (command: string | undefined): string => /--stack-set-name (\S+)/u.exec(command ?? '')?.[1] ?? ''
  const set = commands.find((command) => command.includes(' create-stack-set '))
  const instances = commands.find((command) => command.includes(' create-stack-instances '))
  t.ok(nameOf(set))
  t.equal(nameOf(instances), nameOf(set))
  t.match(
    instances,
    /--deployment-targets OrganizationalUnitIds=\S+/u,
    'a service-managed set has no targets otherwise',
  )
  t.match(instances, /--regions \S+/u)
  t.end()
})
