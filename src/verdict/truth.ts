/**
 * Kleene's three values as numbers, so that AND is the smaller and OR the greater of two.
 * `maybe`: it hangs on a fact that we do not have.
 */
export type Truth = 0 | 1 | 2

export const no = 0
export const maybe = 1
export const yes = 2

export const and = (a: Truth, b: Truth): Truth => (a < b ? a : b)
export const or = (a: Truth, b: Truth): Truth => (a > b ? a : b)
export const not = (a: Truth): Truth => (a === yes ? no : a === no ? yes : maybe)
export const truthOf = (value: boolean): Truth => (value ? yes : no)
