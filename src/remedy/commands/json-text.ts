const needsNoEscape = /^[ !#-[\]-~]*$/u

/** A text as JSON quotes it. Nearly all names and ARNs are plain ASCII, for which looking is cheaper than JSON.stringify. */
export const jsonText = (text: string): string => (needsNoEscape.test(text) ? `"${text}"` : JSON.stringify(text))
