/**
 * Milliseconds since 1970 of a date in the W3C profile of ISO 8601 (year to fraction of a second, no zone is UTC) or
 * in epoch seconds; `null` for anything else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const parseInstant = (text: string): number | null => {
  const value = text.trim()
  if (!/^\d{4}$/u.test(value) && /^[+-]?\d{1,15}(?:\.\d{1,9})?$/u.test(value)) return Number(value) * 1000
  const parts =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|z|[+-]\d\d:?\d\d)?)?)?)?$/u.exec(value)
  if (parts === null) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts
  const inRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // Date.UTC carries a 31st of February over into March; such a date does not exist.
  const exists = new Date(midnight).getUTCMonth() === Number(month) - 1 && Number(day) > 0
  const shift = zoneMinutes(zone)
  if (!inRange || !exists || shift === null) return null
  const minutes = Number(hour) * 60 + Number(minute) - shift
  return midnight + (minutes * 60 + Number(second)) * 1000 + Number(`0${fraction}`) * 1000
}

const zoneMinutes = (zone: string): number | null => {
  if (zone === 'Z' || zone === 'z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  if (hours > 23 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
