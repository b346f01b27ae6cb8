// Loaded before the service: on SIGCONT its clock jumps a day ahead, on the next one two days back.
const real = Date.now
let shift = 0
let ahead = false
Date.now = () => real() + shift
process.on('SIGCONT', () => {
  ahead = !ahead
  shift = ahead ? 24 * 3_600_000 : -24 * 3_600_000
})
