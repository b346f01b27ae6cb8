// Loaded before the service: the name aws.test does not resolve until SIGCONT.
import dns from 'node:dns'

const real = dns.lookup
let known = false
dns.lookup = (name, options, callback) => {
  if (name !== 'aws.test') return real(name, options, callback)
  const answer = typeof options === 'function' ? options : callback
  if (!known) {
    process.nextTick(answer, Object.assign(new Error('getaddrinfo ENOTFOUND aws.test'), { code: 'ENOTFOUND' }))
    return
  }
  if (options?.all) process.nextTick(answer, null, [{ address: '127.0.0.1', family: 4 }])
  else process.nextTick(answer, null, '127.0.0.1', 4)
}
process.on('SIGCONT', () => {
  known = true
})
