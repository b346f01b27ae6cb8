const reserved: readonly (readonly [name: string, path: string])[] = [
  ['AWSReservedSSO_', 'aws-reserved/sso.amazonaws.com/'],
  ['AWSServiceRoleFor', 'aws-service-role/'],
]

/**
 * The path that a role of this name always begins with; empty where it may have none.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export const reservedPath = (name: string): string => reserved.find(([start]) => name.startsWith(start))?.[1] ?? ''

/** A role that AWS made under a path of its own, named without that path: no role has such an ARN. */
export const lacksReservedPath = (roleArn: string): boolean => {
  const [, path = '', name = ''] =
    /^arn:[^:]*:iam::[^:]*:role\/((?:[^/]{0,512}\/){0,8})([^/]{1,128})$/u.exec(roleArn) ?? []
  return !/[*?]/u.test(path) && !path.startsWith(reservedPath(name))
}

/** The ARN as a pattern, with the path as far as the name tells it. */
export const withReservedPath = (roleArn: string): string =>
  lacksReservedPath(roleArn)
    ? roleArn.replace(
        /:role\/(?:[^/]{0,512}\/){0,8}([^/]{1,128})$/u,
        (_, name: string) => `:role/${reservedPath(name)}*${name}`,
      )
    : roleArn
