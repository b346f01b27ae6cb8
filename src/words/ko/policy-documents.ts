import { known, type Values } from '../values.ts'

const faults: Readonly<Record<string, string>> = {
  syntax: '보낸 JSON을 바로잡으세요. 비어 있거나 잘렸거나 두 번 인코딩되었거나, 정책 문법에 맞지 않는 값이 있습니다.',
  'no-principal':
    '모든 문에 Principal을 넣으세요. 키 정책, 신뢰 정책 등 리소스에 붙는 정책은 문마다 대상이 누구인지 밝혀야 합니다.',
  'principal-in-identity-policy':
    'Principal을 빼세요. 사용자, 그룹, 역할의 정책은 연결된 대상에 적용됩니다. 다른 보안 주체를 허용하려던 것이라면 역할의 신뢰 정책이나 리소스 정책에 넣어야 합니다.',
  'resource-in-trust-policy': 'Resource를 빼세요. 신뢰 정책은 그 정책이 속한 역할에만 적용됩니다.',
  'no-resource': '모든 문에 Resource를 넣으세요. 비어 있으면 없는 것으로 봅니다.',
  'no-action': '모든 문에 Action을 넣으세요. 비어 있으면 없는 것으로 봅니다.',
  'resource-of-other-bucket':
    'Resource를 바로잡으세요. 바로 이 버킷이어야 하며, s3:ListBucket 같은 버킷 작업에는 `arn:aws:s3:::<BucketName>`, s3:GetObject 같은 객체 작업에는 `arn:aws:s3:::<BucketName>/*`를 씁니다.',
  'resource-not-arn': 'Resource에 전체 ARN이나 `*`를 쓰세요. 이름만 쓰거나 URL, 빈 변수를 쓰면 안 됩니다.',
  'action-name': '작업과 조건 키를 `<service>:<Name>` 형식으로 쓰세요. 서비스 접두사와 콜론 하나가 필요합니다.',
  'trust-action':
    '신뢰 정책에는 sts:AssumeRole 같은 STS 작업만 남기세요. 역할이 할 수 있는 작업은 권한 정책에 넣습니다.',
  sid: '문마다 서로 다른 Sid를 영문자와 숫자로만 지정하거나 아예 빼세요.',
  condition: '조건을 빼거나 그 조건이 적용되지 않는 작업을 빼세요. 조건 키는 정해진 작업과 리소스에만 적용됩니다.',
}

/** AWS가 받지 않은 정책 문서에서 고칠 것. */
export const correctDocument = (v: Values): string =>
  faults[known(v, 'fault') ?? ''] ??
  '정책 문서를 바로잡으세요. 무엇이 잘못되었는지는 오류의 문장에 나옵니다. `aws accessanalyzer validate-policy`로 위치를 찾을 수 있습니다.'
