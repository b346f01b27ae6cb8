import type { RemedyTarget } from '../../remedy/remedy.ts'
import { quote } from '../values.ts'
import { named } from './phrases.ts'

/** 아는 만큼 구체적으로: "`R` 역할의 `Name` 정책". */
export const home = (target: RemedyTarget | null): string => {
  if (target === null) return '정책'
  const name = target.policyName ?? target.policyArn
  const policy = name === null ? '' : `${quote(name)} `
  switch (target.policyType) {
    case 'identity-based':
      if (name === null) return `${named(target.attachTo)}의 정책`
      return `${named(target.attachTo)}의 ${target.create ? '새 ' : ''}${policy}정책`
    case 'permissions-boundary':
      return target.attachTo.startsWith('policy/')
        ? `${quote(name ?? target.attachTo.slice('policy/'.length))} 권한 경계`
        : `${named(target.attachTo)}의 ${policy}권한 경계`
    case 'session':
      return `${named(target.attachTo)}의 세션 정책`
    case 'role-trust':
      return `${named(target.attachTo)}의 신뢰 정책`
    case 'vpc-endpoint':
      return `${named(target.attachTo)}의 엔드포인트 정책`
    case 'service-control':
      return `${policy}서비스 제어 정책(SCP)`
    case 'resource-control':
      return `${policy}리소스 제어 정책(RCP)`
    case 'resource-based':
      return target.attachTo.startsWith('key/')
        ? `${named(target.attachTo)}의 키 정책`
        : `${named(target.attachTo)}의 정책`
  }
}
