// The floor of a cold start: Fastify and the two AWS clients that every live diagnosis needs.
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import Fastify from 'fastify'

const clients = [new IAMClient({ region: 'us-east-1' }), new STSClient({ region: 'us-east-1' })]
const app = Fastify({ logger: false })
app.get('/healthz', () => ({ status: 'alive', clients: clients.length }))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
