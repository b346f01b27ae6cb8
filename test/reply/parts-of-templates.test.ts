import t from 'tap'
import type { RemedyTarget } from '../../src/remedy/remedy.ts'
import { withPartsSaid } from '../../src/reply/parts-of-templates.ts'
import { wordsOf } from '../../src/words/words-of.ts'

const commands = {
  awsCli: 'aws',
  awsCliFile: null,
  undo: null,
  terraform: 'resource "x" "y" {\n}\n',
  cloudformation: 'Resources:\n',
  cdk: "import * as iam from 'aws-cdk-lib/aws-iam'\n",
}
const target = (policyType: RemedyTarget['policyType'], attachTo: string): RemedyTarget => ({
  policyType,
  attachTo,
  policyName: null,
  policyArn: null,
  create: false,
})

t.test('a template that is a part of another resource says so', (t) => {
  const trust = withPartsSaid(commands, target('role-trust', 'role/app'), wordsOf('en'))
  t.match(trust?.cloudformation, /^# Only a part: put AssumeRolePolicyDocument into .*\nResources:\n$/u)
  t.match(trust?.cdk, /^\/\/ Only a part: .*\nimport /u)
  t.match(trust?.terraform, /^# Only a part: put assume_role_policy into .*\nresource "x"/u)
  const key = withPartsSaid(commands, target('resource-based', 'key/k-1'), wordsOf('ko'))
  t.match(key?.cloudformation, /^# 일부분입니다.*KeyPolicy.*\nResources:\n$/u)
  t.equal(key?.terraform, commands.terraform, 'Terraform has a resource for the policy of a key')
  t.end()
})

t.test('what stands by itself stays as it is', (t) => {
  const bucket = target('resource-based', 'bucket/data')
  t.equal(withPartsSaid(commands, bucket, wordsOf('en')), commands)
  t.equal(withPartsSaid(commands, target('identity-based', 'role/app'), wordsOf('en')), commands)
  t.equal(withPartsSaid(null, target('role-trust', 'role/app'), wordsOf('en')), null)
  t.end()
})
