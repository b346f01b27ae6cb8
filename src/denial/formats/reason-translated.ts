import type { PolicyType } from '../../iam/policy-type.ts'
import { sliceOf, squeezeWords, type SqueezedText } from '../squeezed-text.ts'
import { readReason, type Reason } from './reason.ts'

/*
 * `コンテキスト: ID ベースのポリシーではアクションが許可されていません`: behind its label the panel's reason may be
 * translated. The words of a layer and those of a verdict settle it, in whatever order a language has them.
 */

// Japanese, Korean, Chinese (simplified, traditional), German, Spanish, French, Italian, Portuguese, Indonesian.
const layerWords: Readonly<Record<PolicyType, string>> = {
  'identity-based':
    'idベース identityベース アイデンティティベース 자격증명기반 id기반 기반으로하는자격증명 基于身份 基於身分 基於身份 身分型政策 身份型 identitätsbasiert basadaenlaidentidad basadasenlaidentidad basadaenidentidad basadasenidentidad baséesurlidentité baséessurlidentité basatasullidentità basatesullidentità basataidentità baseadaemidentidade baseadasemidentidade berbasisidentitas',
  'resource-based':
    'リソースベース 리소스기반 基于资源 基於資源 資源型政策 ressourcenbasiert basadaenrecursos basadasenrecursos basadaenelrecurso baséesurlesressources baséessurlesressources baséesurlaressource basatasullerisorse basatesullerisorse basatasullarisorsa baseadaemrecurso baseadasemrecurso berbasissumberdaya',
  'permissions-boundary':
    '許可境界 許可の境界 권한경계 权限边界 許可界限 權限邊界 berechtigungsgrenze límitedepermisos limitedepermisos limitedautorisations limitedesautorisations limitedeipermessi limitedelleautorizzazioni limitedepermissões batasizin',
  session:
    'セッションポリシー 세션정책 会话策略 會話政策 工作階段政策 sitzungsrichtlinie políticadesesión políticasdesesión politiquedesession politiquesdesession policydisessione políticadesessão políticasdesessão kebijakansesi',
  'service-control':
    'サービスコントロールポリシー 서비스제어정책 서비스컨트롤정책 服务控制策略 服務控制政策 service-kontrollrichtlinie servicekontrollrichtlinie service-steuerungsrichtlinie políticadecontroldeservicio políticasdecontroldeservicio politiquedecontrôledesservices politiquesdecontrôledesservices politiquedecontrôledeservice policydicontrollodeiservizi policydicontrollodelservizio políticadecontroledeserviço políticasdecontroledeserviço kebijakankontrollayanan',
  'resource-control':
    'リソースコントロールポリシー 리소스제어정책 리소스컨트롤정책 资源控制策略 資源控制政策 ressourcenkontrollrichtlinie ressourcensteuerungsrichtlinie políticadecontrolderecursos políticasdecontrolderecursos politiquedecontrôledesressources politiquesdecontrôledesressources policydicontrollodellerisorse políticadecontrolederecursos políticasdecontrolederecursos',
  'vpc-endpoint':
    'vpcエンドポイント vpc엔드포인트 vpc终端节点 vpc端点 vpc端點 vpc-endpunkt vpc-endpoint puntodeenlacedelavpc puntodeconexióndelavpc puntodeconexióndevpc pointdeterminaisondevpc pointdeterminaisonvpc endpointvpc endpointdelvpc endpointdavpc endpointdevpc titikakhirvpc',
  'role-trust':
    '信頼ポリシー 신뢰정책 信任策略 信任政策 vertrauensrichtlinie políticadeconfianza politiquedapprobation politiquedeconfiance policydiattendibilità policyditrust políticadeconfiança kebijakankepercayaan',
}
const explicitly = '明示的 명시 显式 明确 明確 顯式 expliz ausdrücklich explícit explicit esplicit eksplisit'.split(' ')
const denies =
  '拒否 거부 차단 拒绝 拒絕 verweiger ablehn lehnt verbiet untersag denieg deneg denega refus interdi nega rifiut tolak menolak'.split(
    ' ',
  )
const not =
  'ません ない 않 없 不 没有 沒有 未 kein nicht ningun ningún nohay nopermit nolo aucun nepermet nautorise nessun non nenhum não tidak'.split(
    ' ',
  )
const allows = '許可 허용 允许 允許 erlaub gestatt zuläss zulass permi permet autori consent izin mengizin'.split(' ')

const layers = Object.entries(layerWords)
  .flatMap(([type, words]) => words.split(' ').map((word) => ({ type: type as PolicyType, word })))
  .sort((a, b) => b.word.length - a.word.length)

const longest = 200

/** The clause behind the label of a panel, in AWS's English or translated. */
export const readContext = (squeezed: SqueezedText, start: number): Reason | null =>
  readReason(squeezed, start) ?? readTranslated(squeezed, start)

function readTranslated(squeezed: SqueezedText, start: number): Reason | null {
  const [line = ''] = sliceOf(squeezed, start, Math.min(squeezed.text.length, start + longest)).split(/[\n\u3002]/u, 1)
  const text = squeezeWords(line)
  const layer = layers.find(({ word }) => text.includes(word))
  if (layer === undefined) return null
  const rest = text.replace(layer.word, ' ')
  const has = (words: readonly string[]): boolean => words.some((word) => rest.includes(word))
  const effect = has(explicitly) && has(denies) ? 'explicit' : has(not) && has(allows) ? 'implicit' : null
  return effect === null
    ? null
    : { start, end: start + text.length, fields: { effect, policyType: layer.type }, action: null }
}
