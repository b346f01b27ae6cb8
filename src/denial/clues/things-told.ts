import { verbsOfTools } from '../tool-phrase.ts'
import type { ClueShape } from './clue-shape.ts'

/** A terminal may break the line in front of a name or of the code: `(nightly)`, `"pvc-1"`, `\"app\"` */
const name = String.raw`[ \n]?\\?["'(\[]{1,3}[^\n:"'()[\]]{0,140}["')\]]{1,3}`

/**
 * The refusal follows the heading at once: elsewhere in a log it would be another's. What stands behind a name is part
 * of the thing: `IAM Role (app) Policy`.
 */
const phrase = new RegExp(
  String.raw`^(?<verb>${verbsOfTools.join('|')}) (?<thing>[A-Za-z][\w./-]{1,30}(?: [A-Za-z0-9][\w./-]{0,30}){0,5}?)` +
    String.raw`(?: (?:in|for|of|on|from) (?:the )?(?<place>[A-Za-z0-9]{2,30}(?: [A-Za-z]{2,20})?))?` +
    String.raw`(?:(?: for)?${name}(?<part>(?: [A-Za-z][\w-]{1,30}){0,4}?)(?:${name})?)?(?: failed| error|, error)?:[ \n]{0,2}` +
    String.raw`(?:[^\n]{0,80}api error )?(?:ValidationError: )?["']?(?:AccessDenied|Access Denied|Unauthorized(?:Operation|Exception)|Forbidden|You are not authorized)`,
  'iu',
)

/** What infrastructure tools say they were doing, where they print no operation: verb and noun of the call. */
export const thingsTold = [
  {
    kind: 'thing-told',
    phrases: verbsOfTools.map((verb) => `${verb} `),
    capture: phrase,
    needs:
      /:[ \n]{0,2}(?:[^\n]{0,80}api error )?(?:ValidationError: )?["']?(?:Access ?Denied|Unauthorized|Forbidden|You are not authorized)/iu,
    standsAlone: false,
    seen: 'Terraform, Pulumi, Kubernetes controllers',
    example: 'error creating Backup Vault (nightly): AccessDeniedException:',
  },
  {
    kind: 'thing-told',
    phrases: ['create_failed', 'delete_failed'],
    capture:
      /^(?<verb>CREATE|DELETE)_FAILED[ |]{1,40}AWS::(?<owner>[A-Za-z0-9]{2,40})::(?<thing>[A-Za-z0-9]{2,40})\b/iu,
    standsAlone: false,
    seen: 'CloudFormation and the CDK',
    example: 'CREATE_FAILED | AWS::SecretsManager::Secret | Secret (SecretA7)',
  },
] as const satisfies readonly ClueShape[]
