import type { Row } from '../signal.ts'
import type { NeighbourName } from './neighbour-names.ts'

/** A row of a neighbour carries one of the published names. */
export interface NeighbourRow extends Row {
  readonly name: NeighbourName
}
