import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { deriveRequests, prefixesOf } from '../../src/requests/derive.ts'

const asked = async (action: string, command = ''): Promise<string> => {
  const operation = action.split(':')[1] ?? ''
  const text = `${command}\nAn error occurred (AccessDenied) when calling the ${operation} operation: User: arn:aws:iam::111122223333:user/dana is not authorized to perform: ${action}`
  const [denial] = parsePaste(text).denials
  if (denial === undefined) return 'no denial'
  const [first] = deriveRequests(denial, await loadActionCatalogue(prefixesOf(denial)), { region: 'eu-west-1' })
  return first?.resource ?? first?.resourcePatterns.join('|') ?? ''
}
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:111122223333:${resource}`

t.test('a call that names none of the things it describes asks for all of them', async (t) => {
  const rows = [
    ['elasticache:DescribeReplicationGroups', 'replicationgroup:*'],
    ['elasticache:DescribeCacheClusters', 'cluster:*'],
    ['memorydb:DescribeClusters', 'cluster/*'],
    ['cloudwatch:DescribeAlarms', 'alarm:*'],
    ['ecr:DescribeRepositories', 'repository/*'],
  ] as const
  for (const [action, want] of rows) t.equal(await asked(action), arn(action.split(':')[0] ?? '', want), action)
  t.equal(
    await asked('ecr:DescribeRepositories', '$ aws ecr describe-repositories --max-items 5'),
    arn('ecr', 'repository/*'),
  )
})

t.test('a call that names one, or has to, does not', async (t) => {
  t.notMatch(await asked('ecr:DescribeRepositories', '$ aws ecr describe-repositories --repository-names app'), '*')
  t.equal(await asked('ecr:DescribeImages'), arn('ecr', 'repository/<RepositoryName>'), 'images of one repository')
  t.equal(await asked('ecs:DescribeServices'), arn('ecs', 'service/<ClusterName>/<ServiceName>'))
  t.equal(await asked('es:DescribeDomains'), arn('es', 'domain/<DomainName>'))
  t.equal(await asked('rds:DescribeDBInstances'), '*', 'AWS takes the whole account for these')
})
