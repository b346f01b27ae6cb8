/** One request a route and content type, for the description: each is answered as it stands. */

const denial =
  'An error occurred (AccessDenied) when calling the CreateQueue operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/nightly is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:eu-west-1:111122223333:reports because no identity-based policy allows the sqs:CreateQueue action'

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::example-reports/*' }

export const examples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '/v1/diagnoses': { 'application/json': { text: denial, locale: 'en' }, 'text/plain': denial },
  '/v1/diagnoses/stream': { 'application/x-ndjson': `${JSON.stringify({ id: '1', text: denial })}\n` },
  '/v1/evaluations': {
    'application/json': {
      principal: { type: 'user', arn: 'arn:aws:iam::111122223333:user/ana' },
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::example-reports/2026/q3.csv',
      resourceAccount: '111122223333',
      context: { 'aws:SecureTransport': 'true' },
      policies: {
        'identity-based': [{ name: 'read-reports', document: { Version: '2012-10-17', Statement: [statement] } }],
      },
    },
  },
  '/mcp': {
    'application/json': {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'diagnose_access_denied', arguments: { text: denial } },
    },
  },
  '/integrations/slack/commands': {
    'application/x-www-form-urlencoded': { command: '/denied', text: denial, user_id: 'U0123456789' },
  },
  '/integrations/slack/interactions': {
    'application/x-www-form-urlencoded': {
      payload: JSON.stringify({ type: 'message_action', message: { text: denial } }),
    },
  },
}
