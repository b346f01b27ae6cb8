import t from 'tap'
import { settingsTable } from '../../src/config.ts'
import { at, readDeployed, readManifests, readYaml } from '../helper/deploy.ts'

const ours = new Set([...settingsTable().matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name))

interface Named {
  readonly name: string
}

const names = (variables: unknown): readonly string[] => (variables as readonly Named[]).map(({ name }) => name)

t.test('what the deployments set are settings of ours', (t) => {
  const deployment = readManifests('kubernetes/').find(
    (manifest) =>
      at(manifest, 'kind') === 'Deployment' && at(manifest, 'metadata', 'name') === 'access-denied-explainer',
  )
  const task = JSON.parse(readDeployed('ecs/task-definition.json')) as unknown
  const lambda = at(readYaml('lambda/service.yaml'), 'Resources', 'Function', 'Properties', 'Environment', 'Variables')
  const set: Readonly<Record<string, readonly string[]>> = {
    // The address of the pod is only named for ALLOWED_HOSTS.
    Kubernetes: names(at(deployment, 'spec', 'template', 'spec', 'containers', 0, 'env')).filter(
      (name) => name !== 'POD_IP',
    ),
    ECS: names(at(task, 'containerDefinitions', 0, 'environment')),
    Lambda: Object.keys(lambda as object),
  }
  for (const [where, list] of Object.entries(set)) {
    t.ok(list.includes('API_KEYS_FILE') && list.includes('ALLOWED_HOSTS'), where)
    for (const name of list) t.ok(ours.has(name), `${where}: ${name}`)
  }
  t.end()
})
