// Loaded before the service: writing to standard output finds no space left on the device until SIGCONT.
import fs from 'node:fs'

const real = fs.write
let full = true
fs.write = (descriptor, ...rest) => {
  if (!full || descriptor !== 1) return real(descriptor, ...rest)
  process.nextTick(rest.at(-1), Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
}
process.on('SIGCONT', () => {
  full = false
})
