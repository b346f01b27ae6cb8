/** Places for what is worked on at once. Nothing waits for one: what finds none is refused. */
export interface Places {
  /** Takes a place and room for so many bytes, until the function is called. `null`: there is none. */
  readonly enter: (bytes?: number) => Leave | null
  /** A place for work that has been promised already: counted, never refused. */
  readonly hold: () => Leave
  readonly inside: () => number
}

/** Gives the place back, once however often it is called. */
type Leave = () => void

export function limitPlaces(most: number, mostBytes = Infinity): Places {
  let inside = 0
  let bytesInside = 0
  function take(bytes: number): Leave {
    inside += 1
    bytesInside += bytes
    let left = false
    return () => {
      if (left) return
      left = true
      inside -= 1
      bytesInside -= bytes
    }
  }
  return {
    // Something larger than all the room still gets in when it is alone.
    enter: (bytes = 0) =>
      inside >= most || (bytes > 0 && bytesInside > 0 && bytesInside + bytes > mostBytes) ? null : take(bytes),
    hold: () => take(0),
    inside: () => inside,
  }
}
