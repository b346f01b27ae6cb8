import type { ClueShape } from '../clue-shape.ts'

/*
 * Which of the two roles of an ECS task was given the permission, as people tell it. The other one may be who asked.
 */

const undone = String.raw`(?<!\b(?:not|never|should|must|needs? to|have to|if|instead of|rather than|don['\u2019]t|didn['\u2019]t|haven['\u2019]t|isn['\u2019]t)\b[^.\n]{0,40})`
const given = String.raw`\b(?:added|attached|gave|given|granted|put|assigned|placed|moved|allowed)\b`
/** The permission is there already: `the policy with it hangs on shop-web-task`. */
const hangsOn = String.raw`\b(?:polic(?:y|ies)|permissions?|statement|grant)\b[^.\n]{0,60}?\b(?:is|are|hangs?|sits?|lives?) (?:only |already |just )?on`
const taskRole = String.raw`(?<![a-z])(?:ecs[ _-]?)?task[ _-]?(?:iam[ _-]?)?(?:role|policies|policy)(?:[ _-]?arn)?s?(?![a-z])`
const executionRole = String.raw`(?<![a-z])(?:ecs[ _-]?)?(?:task[ _-]?)?exec(?:ution)?[ _-]?role(?:[ _-]?arn)?s?(?![a-z])`

/** What is granted may stand in brackets, ARN and all. */
const between = String.raw`(?:[^.\n(]|\([^()\n]{0,200}\)|\((?![^()\n]{0,200}\))){0,60}?`

const toldOf = (role: string, translated: string): RegExp =>
  new RegExp(
    `${undone}${given}${between}${role}|${undone}${role}(?:['\u2019]s policy)? (?:already |now )?(?:has|had|allows|includes|contains)\\b[^.\\n]{0,60}?\\b(?:permissions?|polic(?:y|ies)|access|allow\\w{0,3}|statement|\\w{1,30}:\\w|Amazon\\w{1,60}(?:Access|ReadOnly))|${translated}`,
    'iu',
  )

// Added, granted, attached, in Korean, Japanese and Chinese, and in German.
const added = String.raw`(?:\uCD94\uAC00|\uBD80\uC5EC|\uC5F0\uACB0|\uB123|\uC92C|\u8FFD\u52A0|\u4ED8\u4E0E|\u30A2\u30BF\u30C3\u30C1|\u6DFB\u52A0|\u9644\u52A0|\u6388\u4E88|\u52A0\u4E86)`
const asian = (names: string): string =>
  String.raw`(?:${names})[^\n]{0,25}${added}|(?:\u6DFB\u52A0|\u9644\u52A0|\u6388\u4E88|\u52A0)[^\n]{0,25}(?:${names})`

/** A role whose name ends so, to which something was attached. */
const named = (ending: string): RegExp =>
  new RegExp(
    `${undone}(?:${given}${between}\\bto|${hangsOn}) (?:the |my |our )?(?:IAM )?(?:role )?["'\\x60]?[A-Za-z][\\w+=,.@-]{0,50}${ending}["'\\x60]?(?![\\w+=@/-])`,
    'iu',
  )

export const ecsRolesTold = [
  {
    kind: 'granted-to-ecs-role',
    phrases: [
      'task role',
      'taskrole',
      'task-role',
      'task_role',
      'taskpolic',
      'task polic',
      'task iam role',
      '\uD0DC\uC2A4\uD06C \uC5ED\uD560',
      '\u30BF\u30B9\u30AF\u30ED\u30FC\u30EB',
      '\u4EFB\u52A1\u89D2\u8272',
      '\u4EFB\u52D9\u89D2\u8272',
      'task-rolle',
    ],
    capture: toldOf(
      taskRole,
      String.raw`${asian('\uD0DC\uC2A4\uD06C \uC5ED\uD560|\u30BF\u30B9\u30AF\u30ED\u30FC\u30EB|\u4EFB\u52A1\u89D2\u8272|\u4EFB\u52D9\u89D2\u8272')}|Task-Rolle[^.\n]{0,40}(?:hinzugef\xFCgt|angeh\xE4ngt|gegeben)`,
    ),
    before: 260,
    values: { role: 'task' },
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the permission was added to the task role',
  },
  {
    kind: 'granted-to-ecs-role',
    phrases: [
      'execution role',
      'executionrole',
      'execution-role',
      'execution_role',
      'exec role',
      '\uC2E4\uD589 \uC5ED\uD560',
      '\u5B9F\u884C\u30ED\u30FC\u30EB',
      '\u6267\u884C\u89D2\u8272',
      '\u57F7\u884C\u89D2\u8272',
      'ausführungsrolle',
    ],
    capture: toldOf(
      executionRole,
      String.raw`${asian('\uC2E4\uD589 \uC5ED\uD560|\u5B9F\u884C\u30ED\u30FC\u30EB|\u6267\u884C\u89D2\u8272|\u57F7\u884C\u89D2\u8272')}|Ausf\xFChrungsrolle[^.\n]{0,40}(?:hinzugef\xFCgt|angeh\xE4ngt|gegeben)`,
    ),
    before: 260,
    values: { role: 'execution' },
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the permission was added to the execution role',
  },
  {
    kind: 'granted-to-ecs-role',
    phrases: ['-task', '_task', 'taskrole'],
    capture: named(String.raw`(?:[-_]task(?:[-_]?role)?|task[-_]?role)`),
    before: 200,
    values: { role: 'task' },
    standsAlone: false,
    seen: 'how people tell of it, by the name of the role',
    example: 'I attached the policy to shop-web-task',
  },
  {
    kind: 'granted-to-ecs-role',
    phrases: ['-exec', '_exec', 'execrole', 'executionrole'],
    capture: named(String.raw`(?:[-_]exec(?:ution)?(?:[-_]?role)?|exec(?:ution)?[-_]?role)`),
    before: 200,
    values: { role: 'execution' },
    standsAlone: false,
    seen: 'how people tell of it, by the name of the role',
    example: 'I attached the policy to shop-web-exec',
  },
  {
    kind: 'execution-role-defined',
    phrases: ['executionrolearn"', 'execution_role_arn ', 'executionrolearn:'],
    standsAlone: false,
    seen: 'task definitions',
    example: '"executionRoleArn": "arn:aws:iam::111122223333:role/ecsTaskExecutionRole"',
  },
  {
    kind: 'task-role-defined',
    phrases: ['taskrolearn"', 'task_role_arn ', 'taskrolearn:'],
    standsAlone: false,
    seen: 'task definitions',
    example: '"taskRoleArn": "arn:aws:iam::111122223333:role/orders-task"',
  },
  {
    kind: 'task-role-defined',
    phrases: ['taskrolearn', 'task_role_arn'],
    capture:
      /^(?:taskRoleArn|task_role_arn)["']?\s{0,8}[:=]\s{0,8}["']?(?<role>arn:aws[a-z-]{0,12}:iam::\d{12}:role\/[\w+=,.@/-]{1,200})/iu,
    standsAlone: false,
    seen: 'task definitions',
    example: '"taskRoleArn": "arn:aws:iam::111122223333:role/orders-task"',
  },
  {
    kind: 'ecs-told',
    phrases: ['fargate', 'ecs task', 'ecs service', 'ecs container', 'amazon ecs', 'task definition', 'taskdefinition'],
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'a container on Fargate',
  },
] as const satisfies readonly ClueShape[]
