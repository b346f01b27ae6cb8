import { passedToService } from '../../action-catalogue/passed-to-service.ts'
import { ownValue } from '../../iam/own-value.ts'
import type { Situation } from '../situation.ts'

/** Service principals that receive roles, where no operation passes one, or another service than the one called. */
const others: Readonly<Record<string, string>> = {
  appsync: 'appsync.amazonaws.com',
  batch: 'batch.amazonaws.com',
  comprehend: 'comprehend.amazonaws.com',
  'cognito-idp': 'cognito-idp.amazonaws.com',
  datapipeline: 'datapipeline.amazonaws.com',
  elasticbeanstalk: 'elasticbeanstalk.amazonaws.com',
  emr: 'elasticmapreduce.amazonaws.com',
  forecast: 'forecast.amazonaws.com',
  greengrass: 'greengrass.amazonaws.com',
  personalize: 'personalize.amazonaws.com',
  rds: 'rds.amazonaws.com',
  rekognition: 'rekognition.amazonaws.com',
  sns: 'sns.amazonaws.com',
  swf: 'swf.amazonaws.com',
  transcribe: 'transcribe.amazonaws.com',
}

const principalOf = (prefix: string | null): string | null =>
  prefix === null || prefix === 'iam' || prefix === 'sts'
    ? null
    : (ownValue(others, prefix) ?? ownValue(passedToService, prefix) ?? null)

/** The service principal that receives the role of the call that was denied. */
export const receiverOf = (s: Situation): string | null => {
  const service = s.denial.service ?? s.denial.calls[0]?.service ?? null
  return principalOf(service === null ? null : (s.catalogue.prefixFor(service) ?? service))
}

/** `Error SageMaker`, `Amazon Data Firehose`: the longest end of the words that is a service's name. */
function principalNamed(s: Situation, name: string): string | null {
  const words = name.split(' ')
  const ends = words.map((_, index) => words.slice(index).join(' '))
  return ends.map((end) => principalOf(s.catalogue.prefixFor(end))).find((found) => found !== null) ?? null
}

/** Who could not assume the role, where the text says so; a principal that it spells out goes before a name. */
export const assumingService = (s: Situation): string | null =>
  s.told('assuming-service', 'principal')[0] ??
  s
    .told('assuming-service', 'name')
    .map((name) => principalNamed(s, name))
    .find((found) => found !== null) ??
  null
