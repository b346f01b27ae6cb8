/** The identity of an identity pool that calls: https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html */
export const identityVariable = '${cognito-identity.amazonaws.com:sub}'
