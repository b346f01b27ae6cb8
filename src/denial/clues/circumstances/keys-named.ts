/**
 * The variables of access keys. `{AWS_ACCESS_KEY_ID}` and `<AWS_ACCESS_KEY_ID>` in place of a value say what was taken
 * out; `${AWS_ACCESS_KEY_ID}` asks for the variable.
 */
export const keysNamed = String.raw`(?<!<)(?<!(?<![$\{])\{)(?:aws_access_key_id|aws_secret_access_key|aws_session_token)`
