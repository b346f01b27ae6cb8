/**
 * What Secrets Manager puts behind a secret's name in its ARN: a hyphen and six random characters. Names end in `-secret`
 * or `-config` themselves; six small letters come by chance once in two hundred times.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export const secretSuffix = /-(?![a-z]{6}$)[A-Za-z0-9]{6}$/u
