import t from 'tap'
import { findClues } from '../../src/denial/clues/find-clues.ts'

const has = (kind: string, text: string): boolean =>
  findClues({ text, spanOf: (start, end) => [start, end] }).some((clue) => clue.kind === kind)

t.test('a call that is let through a little later', (test) => {
  const later = [
    'with `sleep 20` in between it works',
    'adding a time.sleep(8) before the call fixes it',
    'if I wait a few seconds, it goes through',
    'it works after a couple of minutes',
    'works after 30 seconds',
    'after 30s it works',
    'ten minutes passed; 2 minutes later it worked',
    'works the second time',
    'succeeds on the 2nd attempt',
    'running `cdk deploy` again succeeds',
    'Re-running the pipeline works',
    'a rerun of the job passes',
    'when we apply the same plan again, everything goes through',
    'it works if I run it again',
    'works fine after re-applying',
    'I reran it and it succeeded',
    'Retrying the job a moment later works',
    '잠시 후 다시 시도하면 성공합니다',
    '10초 뒤에 실행하면 됩니다',
    '두 번째 실행에서는 성공',
    '少し待ってから実行すると成功します',
    '2回目は通りました',
    '30秒後に再実行するとうまくいく',
    '等几秒再执行就成功了',
    '第二次执行就可以了',
    'Nach einer Minute funktioniert es',
    'beim zweiten Versuch klappt es',
    'después de un minuto funciona',
    'la segunda vez funciona',
    'après une minute ça marche',
    'au bout de 20 secondes ça passe',
    'depois de 10 segundos funciona',
    'na segunda vez deu certo',
  ]
  for (const text of later) test.ok(has('later-works', text), text)
  const not = [
    'after a minute it still fails',
    'still the same after waiting 10 minutes',
    'even after a minute it is denied',
    'I added a sleep 30 and it does not work',
    'the session expires after a few seconds',
    'nothing works after that',
    'running it again as an administrator works',
    'rerunning with the other profile works',
    'it works when I run it again with --profile admin',
    'running the pipeline again still fails; the old one works',
    'after granting kms:Decrypt and applying the plan again it works',
    'running it again does not help',
    'I tried again and again and nothing works',
    'retrying never succeeds',
    'the script has a `sleep 5` and fails',
    'the second role works with another bucket',
    '잠시 후 다시 시도해도 안 됩니다',
    '少し待っても成功しません',
    '等几秒还是失败',
    'nach einer Minute funktioniert es nicht',
    'después de un minuto no funciona',
    'après une minute ça ne marche pas',
    'depois de 10 segundos não funciona',
  ]
  for (const text of not) test.notOk(has('later-works', text), text)
  test.end()
})

t.test('MFA by other names', (test) => {
  const told = [
    'the console with 2FA works',
    'only with two-factor authentication',
    '2단계 인증을 켜면 됩니다',
    '二要素認証ならコンソールでは動く',
    '控制台用双因素认证可以',
    'nur mit Zwei-Faktor-Anmeldung',
    'solo con doble factor',
    'seulement avec la double authentification',
  ]
  for (const text of told) test.ok(has('mfa-told', text), text)
  for (const text of told.slice(0, 2)) test.ok(has('mfa-blamed', text), text)
  for (const text of ['only works with GitHub 2FA', 'key ab2fac1', 'role/x2fa/y', 'bucket my-2fa-codes'])
    test.notOk(has('mfa-told', text), text)
  test.end()
})

t.test('which role of a task was given the permission', (test) => {
  const roleOf = (text: string) =>
    findClues({ text, spanOf: (start, end) => [start, end] }).find(({ kind }) => kind === 'granted-to-ecs-role')
      ?.values['role']
  const rows = [
    ['I attached the policy to the task role', 'task'],
    ['was added to the TaskRole', 'task'],
    ['the ecsTaskRole already has ssm:GetParameters', 'task'],
    ['granted it to ecsTaskExecutionRole', 'execution'],
    ['the policy is attached to the execution role', 'execution'],
    ['태스크 역할에 권한을 추가했습니다', 'task'],
    ['実行ロールに権限を付与しました', 'execution'],
    ['已经给任务角色添加了权限', 'task'],
    ['it should be added to the task role', undefined],
    ['not added to the task role', undefined],
    ['the task role cannot read it', undefined],
    ['which task role is used?', undefined],
  ] as const
  for (const [text, role] of rows) test.equal(roleOf(text), role, text)
  test.end()
})
