/** The command's synopsis, in English like every option in it. */
export const usage = `Usage:
  access-denied-explainer [options] [FILE]          explain the error in FILE, or on standard input
  access-denied-explainer [options] "ERROR"         explain this error
  access-denied-explainer [options] -- COMMAND ...  run COMMAND; explain a denial under its output

Options:
  --server URL              ask a running service instead of this machine's AWS credentials
  --api-key KEY             its API key; better given as ACCESS_DENIED_EXPLAINER_API_KEY
  --snapshot FILE           read policies from the output of "aws iam get-account-authorization-details"
  --no-evidence             answer from the text alone, ask nobody
  --fresh                   read policies again, whatever is cached: "I applied it, check again"
  --principal ARN           what the text does not say; with --action it needs no text
  --action SERVICE:ACTION
  --resource ARN
  --resource-account ID
  --region REGION
  --json | --markdown       instead of plain text
  --locale en|ko
  -h, --help
  -v, --version

Environment:
  ACCESS_DENIED_EXPLAINER_SERVER, ACCESS_DENIED_EXPLAINER_API_KEY, NO_COLOR, AWS_*,
  and the service's own settings about evidence, such as EVIDENCE and SNAPSHOT_FILE

Exit status:
  0  explained            2  wrong usage
  1  nothing recognised   3  unreadable input, or no answer from the service
  A wrapped command's own status is passed on: 127 not found, 126 not executable, 128+N ended by signal N.
`
