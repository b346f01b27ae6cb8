import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * The panel of the console, in the languages of the console, however it was copied or retold.
 */

const user = 'arn:aws:sts::111122223333:assumed-role/ops/kim'
const resource = 'arn:aws:sqs:eu-west-1:111122223333:orders'
const explicit = 'a service control policy explicitly denies the action'
const implicit = 'no permissions boundary allows the sqs:SendMessage action'

const languages: Readonly<Record<string, readonly [string, string, string, string, string]>> = {
  English: ['User', 'Service', 'Action', 'On resource(s)', 'Context'],
  'English, retold': ['User', 'Service', 'Action', 'Resource', 'Context'],
  German: ['Benutzer', 'Service', 'Aktion', 'Ressource(n)', 'Kontext'],
  Spanish: ['Usuario', 'Servicio', 'Acci\u00f3n', 'Recurso(s)', 'Contexto'],
  French: ['Utilisateur', 'Service', 'Action', 'Ressource(s)', 'Contexte'],
  Italian: ['Utente', 'Servizio', 'Azione', 'Risorse', 'Contesto'],
  Japanese: ['ユーザー', 'サービス', 'アクション', 'リソース', 'コンテキスト'],
  Korean: ['사용자', '서비스', '작업', '리소스', '컨텍스트'],
  Portuguese: ['Usu\u00e1rio', 'Servi\u00e7o', 'A\u00e7\u00e3o', 'Recurso(s)', 'Contexto'],
  'simplified Chinese': ['用户', '服务', '操作', '资源', '上下文'],
  'traditional Chinese': ['使用者', '服務', '動作', '資源', '內容'],
  Indonesian: ['Pengguna', 'Layanan', 'Tindakan', 'Sumber daya', 'Konteks'],
  'German, with a word in front': ['Benutzer', 'Service', 'Aktion', 'Auf Ressource(n)', 'Kontext'],
  'French, with words in front': ['Utilisateur', 'Service', 'Action', 'Sur la ou les ressources', 'Contexte'],
  'Italian, with a word in front': ['Utente', 'Servizio', 'Azione', 'Sulle risorse', 'Contesto'],
  'Spanish, without accents': ['Usuario', 'Servicio', 'Accion', 'En recurso(s)', 'Contexto'],
  'Portuguese, without accents': ['Usuario', 'Servico', 'Acao', 'No(s) recurso(s)', 'Contexto'],
  Dutch: ['Gebruiker', 'Service', 'Actie', 'Bron', 'Context'],
  Polish: ['U\u017cytkownik', 'Us\u0142uga', 'Akcja', 'Zas\u00f3b', 'Kontekst'],
  Turkish: ['Kullan\u0131c\u0131', 'Hizmet', 'Eylem', 'Kaynak', 'Ba\u011flam'],
}

const told = (text: string): unknown =>
  parsePaste(text).denials.map(({ class: kind, principal, action, resource, policyType, effect }) => [
    kind,
    principal,
    action,
    resource,
    policyType,
    effect,
  ])
const denied = 'authorization'
const bySession = ['permissions-boundary', 'implicit']
const byScp = ['service-control', 'explicit']

for (const [language, [u, s, a, r, c]] of Object.entries(languages))
  t.test(language, (t) => {
    const whole = `${u}: ${user}\n${s}: sqs\n${a}: SendMessage\n${r}: ${resource}\n${c}: ${explicit}`
    t.strictSame(told(whole), [[denied, user, 'sqs:SendMessage', resource, ...byScp]])
    t.strictSame(
      told(`${u}: ${user}${s}: sqs${a}: SendMessage${r}: ${resource}${c}: ${implicit}`),
      [[denied, user, 'sqs:SendMessage', resource, ...bySession]],
      'glued together',
    )
    t.strictSame(
      told(`${c} : ${implicit}\n${r} : ${resource}\n${a} : sqs:SendMessage\n${u} : ${user}`),
      [[denied, user, 'sqs:SendMessage', resource, ...bySession]],
      'in another order',
    )
    t.strictSame(
      told(`${u}\uff1a${user}\n${a}\uff1asqs:SendMessage\n${c}\uff1a${explicit}`),
      [[denied, user, 'sqs:SendMessage', null, ...byScp]],
      'without a resource',
    )
    t.strictSame(
      told(`sqs:SendMessage\n${user}\n${a}: sqs:SendMessage\n${resource}\n${c}: ${explicit}`),
      [[denied, user, 'sqs:SendMessage', resource, ...byScp]],
      'caller and resource without a label',
    )
    t.strictSame(
      told(`- **${a}:** sqs:SendMessage\n- **${r}:** ${resource}\n- **${c}:** ${explicit}`),
      [[denied, null, 'sqs:SendMessage', resource, ...byScp]],
      'without a user, as a list',
    )
    t.strictSame(
      told(`${whole}\n\n${whole.replace('SendMessage', 'GetQueueUrl')}`),
      [
        [denied, user, 'sqs:SendMessage', resource, ...byScp],
        [denied, user, 'sqs:GetQueueUrl', resource, ...byScp],
      ],
      'two panels',
    )
    t.end()
  })

t.test('what is left of a panel', (t) => {
  t.strictSame(told(`On resource(s): ${resource}\nContext: ${explicit}`), [[denied, null, null, resource, ...byScp]])
  t.strictSame(told(`\`On resource(s): ${resource}\` / \`${explicit}\``), [[denied, null, null, resource, ...byScp]])
  t.strictSame(told(`Access denied to sqs:SendMessage\nUser: ${user}\nAction: sqs:SendMessage\nContext: ${explicit}`), [
    [denied, user, 'sqs:SendMessage', null, ...byScp],
  ])
  t.strictSame(told(`Amazon SQS says: ${explicit}`), [['bare', null, null, null, ...byScp]])
  t.end()
})

t.test('labels of other things', (t) => {
  t.strictSame(told(`Effect: Allow\nAction: sqs:SendMessage\nResource: ${resource}\nContext: production`), [])
  t.strictSame(told(`User: kim\nAction: sqs:SendMessage\nResource: ${resource}`), [])
  t.strictSame(told('Context: a reviewer explicitly denies the action'), [])
  t.end()
})

t.test('a word that copying glued to an action is none of its name', (t) => {
  const actions = (text: string): unknown => parsePaste(text).denials.map(({ action }) => action)
  const box = (action: string): string => `Access denied to ${action}You don't have permission to ${action}.`
  t.strictSame(actions(box('kms:ListAliases')), ['kms:ListAliases'])
  t.strictSame(
    actions(
      `${box('sqs:ListQueues')} To request access, copy the following text.User: ${user}Action: sqs:ListQueuesOn resource(s): *`,
    ),
    ['sqs:ListQueues'],
    'the banner and the panel are one',
  )
  for (const unlisted of ['kms:ListAliasesV9', 'kms:ListAliasesPreview', 's3:GetObjectSummary'])
    t.strictSame(actions(`Access denied to ${unlisted}`), [unlisted], 'an action newer than the catalogue')
  t.strictSame(actions('Access denied to shop:ListThingsYouSell'), ['shop:ListThingsYouSell'], 'an unknown service')
  const { denials } = parsePaste(`User: ${user}\nAction: kms:ListAliasesSur les ressources: *\nContext: ${implicit}`)
  t.strictSame(
    denials[0]?.marks.action?.map((at) => at - 10 - user.length),
    [5, 20],
    'nor of the place that is shown',
  )
  t.end()
})

t.test('a reason that is translated as well', (t) => {
  const panel = ([u, s, a, r, c]: readonly string[], reason: string): string =>
    `${u ?? ''}: ${user}\n${s ?? ''}: sqs\n${a ?? ''}: SendMessage\n${r ?? ''}: ${resource}\n${c ?? ''}: ${reason}`
  const reasons: readonly (readonly [language: string, reason: string, type: string, effect: string])[] = [
    ['Japanese', 'アイデンティティベースのポリシーでアクションが許可されていません', 'identity-based', 'implicit'],
    ['Japanese', 'アクションを許可するアクセス許可の境界がありません', 'permissions-boundary', 'implicit'],
    ['Japanese', 'サービスコントロールポリシーがアクションを明示的に拒否しています', 'service-control', 'explicit'],
    ['Korean', '자격 증명 기반 정책이 작업을 허용하지 않습니다', 'identity-based', 'implicit'],
    ['Korean', '서비스 제어 정책이 작업을 명시적으로 거부합니다', 'service-control', 'explicit'],
    ['simplified Chinese', '没有基于身份的策略允许该操作', 'identity-based', 'implicit'],
    ['simplified Chinese', '服务控制策略显式拒绝该操作', 'service-control', 'explicit'],
    ['German', 'keine ressourcenbasierte Richtlinie erlaubt die Aktion', 'resource-based', 'implicit'],
    [
      'German',
      'eine Service-Kontrollrichtlinie verweigert die Aktion ausdr\u00fccklich',
      'service-control',
      'explicit',
    ],
    ['Spanish', 'ninguna pol\u00edtica basada en la identidad permite la acci\u00f3n', 'identity-based', 'implicit'],
    ['French', "aucune politique bas\u00e9e sur l'identit\u00e9 n'autorise l'action", 'identity-based', 'implicit'],
    ['Portuguese', 'uma pol\u00edtica de sess\u00e3o nega explicitamente a a\u00e7\u00e3o', 'session', 'explicit'],
  ]
  for (const [language, reason, type, effect] of reasons)
    t.strictSame(
      told(panel(languages[language] ?? [], reason)),
      [[denied, user, 'sqs:SendMessage', resource, type, effect]],
      `${language}: ${reason}`,
    )
  const japanese = languages['Japanese'] ?? []
  t.strictSame(told(panel(japanese, 'ID ベースのポリシーの担当は総務です')), [], 'a layer, and no verdict')
  t.strictSame(told(panel(japanese, 'アクションが許可されていません')), [], 'a verdict, and no layer')
  t.end()
})
