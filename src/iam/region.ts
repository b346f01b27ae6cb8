/** A Region's name as AWS writes them, those of the European Sovereign Cloud (`eusc-de-east-1`) among them. */
export const regionForm = /^(?:[a-z]{2}|eusc)(?:-[a-z]{2,12}){1,3}-\d{1,2}$/
export const accountForm = /^\d{12}$/
/** An action, and no pattern of several. */
export const actionForm = /^[\w-]{1,64}:[^\s:*?]{1,192}$/
