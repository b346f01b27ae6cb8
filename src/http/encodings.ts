import type { FastifyInstance } from 'fastify'
import { Problem } from './problem.ts'

/** Bodies are read as they are, as UTF-8; said where somebody sends another form, which would be read as rubbish. */
export function refuseEncodings(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = request.headers
    const charset = /;\s{0,8}charset\s{0,8}=\s{0,8}"?([\w.:-]{1,40})/i.exec(type)?.[1] ?? 'utf-8'
    if (!/^identity$/i.test(encoding.trim()))
      done(new Problem('unsupported-media-type', 'Send the body as it is, without Content-Encoding.'))
    else if (!/^(?:utf-?8|us-ascii)$/i.test(charset))
      done(new Problem('unsupported-media-type', 'Send the body as UTF-8; no other charset is read.'))
    else done(null, payload)
  })
}
