/*
 * What the lines of the console's panel are called, in the languages of the console, without blanks.
 */

const panelParts = ['user', 'service', 'action', 'resource', 'context'] as const
export type PanelPart = (typeof panelParts)[number]

// English, German, Spanish, French, Italian, Japanese, Korean, Portuguese, Chinese (simplified, traditional), Indonesian;
// the last of each row are translations of others' own: Dutch, Polish, Turkish.
const words: Readonly<Record<PanelPart, string>> = {
  user: 'user benutzer usuario utilisateur utente ユーザー ユーザ 사용자 usuário 用户 使用者 pengguna gebruiker użytkownik kullanıcı',
  service: 'service dienst servicio servizio サービス 서비스 serviço 服务 服務 layanan usługa hizmet',
  action: 'action aktion acción azione アクション 작업 ação 操作 動作 tindakan actie akcja eylem',
  resource:
    'onresource(s) onresource resource(s) resources resource ressource(n) ressourcen ressource(s) ressources ressource recurso(s) recursos recurso risorsa risorse リソース 리소스 资源 資源 sumberdaya bron zasób kaynak',
  context: 'context kontext contexto contexte contesto コンテキスト 컨텍스트 上下文 內容 konteks kontekst bağlam',
}

/** Who types a word again leaves out its accents: `Accion`. */
const spellingsOf = (word: string): readonly string[] =>
  /^[a-z]/.test(word) ? [...new Set([word, word.normalize('NFD').replace(/[\u0300-\u036f]/g, '')])] : [word]

const labels = panelParts
  .flatMap((part) =>
    words[part]
      .split(' ')
      .flatMap(spellingsOf)
      .map((word) => ({ part, words: `${word}:` })),
  )
  .sort((a, b) => b.words.length - a.words.length)

export const labelsOf = (wanted: PanelPart): readonly string[] =>
  labels.filter(({ part }) => part === wanted).map(({ words }) => words)

const byLastLetter = new Map<string, typeof labels>()
for (const label of labels) {
  const letter = label.words.charAt(label.words.length - 2)
  byLastLetter.set(letter, [...(byLastLetter.get(letter) ?? []), label])
}

/** The longest label that ends with this colon. */
export const labelBefore = (text: string, colon: number): { readonly part: PanelPart; readonly words: string } | null =>
  byLastLetter.get(text.charAt(colon - 1))?.find(({ words }) => text.endsWith(words, colon + 1)) ?? null
