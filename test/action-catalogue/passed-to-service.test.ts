import { readFileSync } from 'node:fs'
import t from 'tap'
import { hasOperation } from '../../src/action-catalogue/operations.ts'
import {
  principalIn,
  principalOfService,
  receiversOfCall,
  servicesTakingRole,
  takesRole,
} from '../../src/action-catalogue/passed-to-service.ts'

const table = JSON.parse(
  readFileSync(new URL('../../data/passed-to-service.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string | readonly string[]>>>>

t.test('the table names operations that there are, and service principals', (t) => {
  for (const [prefix, entry] of Object.entries(table)) {
    const rows = typeof entry === 'string' || Array.isArray(entry) ? { '*': entry } : Object.entries(entry)
    for (const [operation, receivers] of Array.isArray(rows) ? rows : Object.entries(rows)) {
      if (operation !== '*' && operation !== 'itself') t.ok(hasOperation(prefix, operation), `${prefix}:${operation}`)
      for (const one of [receivers].flat()) t.match(one, /^[a-z0-9.-]+\.amazonaws\.com$/u)
    }
  }
  t.end()
})

t.test('by operation, else by service', (t) => {
  t.strictSame(receiversOfCall('ec2', 'importimage'), ['vmie.amazonaws.com'], 'in any case')
  t.strictSame(receiversOfCall('ec2', null), ['ec2.amazonaws.com'])
  t.strictSame(receiversOfCall('rds', 'CreateIntegration'), [], 'of the others nothing is known')
  t.strictSame(receiversOfCall('batch', null), [])
  t.strictSame(receiversOfCall('constructor', 'toString'), [])
  t.equal(principalOfService('batch'), 'batch.amazonaws.com')
  t.equal(principalOfService('autoscaling'), 'autoscaling.amazonaws.com', 'who assumes is not who receives')
  t.equal(principalOfService('sqs'), null)
  t.end()
})

t.test('which services take a role', (t) => {
  t.strictSame(servicesTakingRole('CreateUser'), ['transfer'], 'roles of Identity Center are none of IAM')
  t.strictSame(servicesTakingRole('CreateFunction'), ['lambda'])
  t.strictSame(servicesTakingRole('StartJobRun'), ['emr-serverless', 'glue'])
  t.ok(takesRole('autoscaling', 'StartInstanceRefresh'), 'in its template')
  t.notOk(takesRole('ec2', 'CreateTags'))
  t.end()
})

t.test('as it is written in China', (t) => {
  t.equal(principalIn('aws-cn', 'elasticmapreduce.amazonaws.com'), 'elasticmapreduce.amazonaws.com.cn')
  t.equal(principalIn('aws-cn', 'glue.amazonaws.com'), 'glue.amazonaws.com')
  t.equal(principalIn('aws-cn', 'logs.amazonaws.com'), null)
  t.equal(principalIn('aws', 'ec2.amazonaws.com'), 'ec2.amazonaws.com')
  t.end()
})
