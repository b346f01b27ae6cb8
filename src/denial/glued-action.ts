import { hasOperation, isOperation } from '../action-catalogue/operations.ts'

/*
 * Copying out of the console glues what stood in two boxes: `kms:ListAliasesYou don't have permission`,
 * `Action: kms:ListAliasesAuf Ressource(n): *`. A lost line break does the same: `iam:CreateRolepermission`.
 */

/**
 * What stands first in the box behind, in the languages of the console. Any other end is the name's own: AWS has new
 * actions every week, and the catalogue does not know them all.
 */
const words = [
  'You Your To User Service Action On Resources? Context Principal',
  'permissions? actions? operations? on with because for',
  'Auf Benutzer Dienst Aktion Ressourcen? Kontext',
  'Sur Aux? Utilisateur Ressources Contexte',
  'En Usuario Servicio Recursos? Contexto',
  'Su Sul Sulla Sulle Sui Utente Servizio Risors[ae] Contesto',
  'Em Na No Nos Op Bron Gebruiker Pada Sumber Kaynak',
]
const glued = new RegExp(
  String.raw`(?<=[a-z0-9])(?:${words.join(' ').replaceAll(' ', '|')})$|(?<=[a-z0-9])\p{Lo}{1,40}$`,
  'u',
)

/** The action without the word that was glued to it; the same text where its name is one of AWS's, or none begins it. */
export function withoutGluedWord(action: string): string {
  const colon = action.indexOf(':')
  const name = action.slice(colon + 1)
  const end = name.search(glued)
  if (colon < 1 || end < 1 || isOperation(name)) return action
  return hasOperation(action.slice(0, colon).toLowerCase(), name.slice(0, end))
    ? action.slice(0, colon + 1 + end)
    : action
}
