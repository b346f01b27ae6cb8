// Loaded before the service: on SIGCONT something fails that nobody catches. `CRASH=rejection`: a promise.
process.on('SIGCONT', () => {
  const error = new Error(
    'broken by User: arn:aws:iam::111122223333:user/ana is not authorized, AKIAIOSFODNN7EXAMPLE, a-pasted-secret',
  )
  if (process.env.CRASH === 'rejection') void Promise.reject(error)
  else throw error
})
