import type { Locale } from '../reply/schema.ts'

/** What the browser remembers: how the page looks for good, the API key for the tab, and nothing of any paste. */

export const themes = ['auto', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

export function readTheme(): Theme {
  return themes.find((theme) => theme === read(() => localStorage, 'theme')) ?? 'auto'
}

/** `auto` leaves the choice to the system; the style sheet reads the attribute. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.setAttribute('data-theme', theme)
}

export function chooseTheme(theme: Theme): void {
  write(() => localStorage, 'theme', theme)
  applyTheme(theme)
}

export function readLocale(): Locale {
  const chosen = read(() => localStorage, 'locale')
  if (chosen === 'en' || chosen === 'ko') return chosen
  return navigator.languages.some((language) => language.startsWith('ko')) ? 'ko' : 'en'
}

export const chooseLocale = (locale: Locale): void => write(() => localStorage, 'locale', locale)

export const readForm = (): string | null => read(() => localStorage, 'form')
export const chooseForm = (form: string): void => write(() => localStorage, 'form', form)

export const readKey = (): string | null => read(() => sessionStorage, 'key')
export const keepKey = (key: string): void => write(() => sessionStorage, 'key', key)

/** Storage may be switched off: then the page forgets, and works. */
function read(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(name)
  } catch {
    return null
  }
}

function write(storage: () => Storage, name: string, value: string): void {
  try {
    storage().setItem(name, value)
  } catch {
    // Kept for this page only.
  }
}
