import type { ClueShape } from '../clue-shape.ts'

const tag = String.raw`["'\x60]?(?<tag>[A-Za-z][\w:/.+@-]{0,127})["'\x60]?`

/** Tags that whoever made the call gave along, as far as he saw: a tool may set them in a call of their own. */
export const tagsTold = [
  {
    kind: 'tags-sent-told',
    phrases: ['tags = {', 'tags={', 'tags: {', 'tags:{', 'tags {', 'tags":{', 'tags": {'],
    capture: new RegExp(String.raw`\btags["'\x60]? ?[=:]? ?\{\s{0,20}${tag} ?[=:]`, 'iu'),
    before: 2,
    standsAlone: false,
    seen: 'Terraform, templates and requests',
    example: 'tags = { Owner = "payments" }',
  },
  {
    kind: 'tags-sent-told',
    phrases: ['key='],
    capture: new RegExp(String.raw`\bKey=${tag},Value=`, 'iu'),
    before: 2,
    standsAlone: false,
    seen: 'the AWS CLI',
    example: '--tags Key=Owner,Value=payments',
  },
  {
    kind: 'tags-sent-told',
    phrases: ['tag ', 'tag: ', 'tags ', 'tags: '],
    capture: new RegExp(
      String.raw`(?<!\b(?:no|not|without|missing|lacks?) (?:the )?)\btags?:? (?:named |called )?${tag}(?: tag)? (?:(?:is|are|was|were) (?:set|sent|passed|given|there|present|in the|on the|part of)\b|(?:is|are) (?:already )?(?:in|on) )`,
      'iu',
    ),
    before: 16,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the tag Owner is set in the template',
  },
] as const satisfies readonly ClueShape[]
