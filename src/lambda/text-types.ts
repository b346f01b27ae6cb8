const textTypes = /^(?:text\/|image\/svg|application\/(?:.*\+)?(?:json|xml|yaml|javascript|x-ndjson))/

/** Whether a body goes as it is; Lambda takes all others in base64. */
export const isText = (type: number | string | readonly string[] | undefined): boolean =>
  type === undefined || (typeof type === 'string' && textTypes.test(type))
