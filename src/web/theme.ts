import { applyTheme, readTheme } from './preferences.ts'

/** Runs before the first paint, so that a chosen theme never flashes. */
applyTheme(readTheme())
