/** Short fixed texts of the renderings: headings, names of fields, the catalogue's page. */
export interface Labels {
  readonly who: string
  readonly what: string
  readonly resource: string
  readonly account: string
  readonly session: string
  readonly unnamed: string
  readonly notNamed: string
  readonly saidNo: string
  readonly cause: string
  readonly confidence: string
  readonly fix: string
  readonly alternatives: string
  readonly alsoBlocking: string
  readonly change: string
  readonly editedStatement: string
  readonly where: string
  readonly owner: string
  readonly message: string
  readonly wholeDocument: string
  readonly diff: string
  readonly commandLine: string
  readonly undo: string
  readonly placeholders: string
  /** What the evaluation after a change assumes of policies that nobody read, as clauses. */
  readonly takenForGranted: (assumed: readonly string[]) => string
  readonly verification: (decision: string) => string
  /** Beside a decision that is still a refusal. */
  readonly policiesOnly: string
  readonly opensNothingElse: string
  /** Beside a command that makes room for a further version of a managed policy. */
  readonly makesRoom: string
  /** Above a template that is a part of what the reader has: by the name of the property. */
  readonly partOfTemplate: (property: string) => string
  readonly alsoAllowed: string
  readonly doNot: string
  readonly check: string
  readonly next: string
  readonly notSeen: string
  readonly assuming: string
  /** Before the commands that show what was not read. */
  readonly seeFor: string
  /** Behind commands that list the policies of one target of the organization. */
  readonly onlyOfTarget: string
  readonly neededToRead: string
  readonly remarks: string
  readonly references: string
  readonly plan: string
  readonly planIntro: string
  /** Said where one change settles several denials. */
  readonly planShares: string
  readonly planLeavesOut: string
  /** The denials of these numbers. */
  readonly denialsOutside: (numbers: readonly number[]) => string
  readonly notes: string
  readonly occurrences: (count: number) => string
  readonly denialNumber: (number: number, count: number) => string
  readonly evaluation: string
  readonly policyType: string
  readonly result: string
  readonly decidedBy: string
  readonly statementPlace: (policy: string, number: number, sid: string | null) => string
  readonly nearMiss: string
  readonly redacted: string
  readonly sampleBanner: string
  readonly causesTitle: string
  readonly causesIntro: string
  readonly recognised: string
  readonly fixPattern: string
  readonly kindsOfFix: string
  readonly example: string
  readonly allCauses: string
  /** The name of the other language, in it. */
  readonly otherLanguage: string
  readonly family: string
  readonly instead: string
  readonly readiness: string
  readonly implicitDeny: string
  readonly explicitDeny: string
  readonly unreadable: string
  readonly decisions: Readonly<Record<'allowed' | 'implicitDeny' | 'explicitDeny' | 'unknown', string>>
  readonly moreInJson: string
  /** The summary of a diagnosis without any cause. */
  readonly nothingFound: string
  /** Second sentence of a summary whose first cause is a candidate with a command that settles it. */
  readonly settleFirst: string
  /** In its place, where the command shows what the call sent. */
  readonly settleByCall: string
  /** Of a cause that was found in a policy in the text. */
  readonly ifTold: string
}
