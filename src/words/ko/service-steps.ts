import { known, quote } from '../values.ts'
import type { Words } from '../words.ts'

/** 서비스가 자체 규칙으로 거부할 때 할 일. */
export const serviceSteps = {
  'acknowledge-capabilities': (v) =>
    `템플릿이 IAM 리소스를 만들거나 매크로를 확장하기 때문에 CloudFormation이 확인을 요구합니다. 무엇을 만드는지 살펴본 뒤 ${quote(`--capabilities ${(known(v, 'capability') ?? '').replaceAll(',', '')}`)} 옵션을 붙여 다시 호출하세요.`,
  'restore-object': () =>
    '보관된 객체입니다. 이 명령으로 복원하고, `head-object`에 `ongoing-request="false"`가 나온 뒤에 읽으세요. s3:RestoreObject 권한이 없으면 복원도 거부됩니다.',
  'drop-transitive-tag': () =>
    '호출한 세션에 같은 전이적(transitive) 태그가 이미 있어 저절로 전달됩니다. 이 호출의 태그와 전이적 태그 키에서 그 키를 빼거나, 그 태그가 없는 세션에서 호출하세요.',
  'accept-as-accepter': () =>
    '수락자 VPC가 있는 계정의 자격 증명으로 그 VPC의 리전에서 피어링 연결을 수락하세요. 다른 누구도 수락할 수 없으며, 수락 대기 중(pending-acceptance)일 때만 됩니다.',
  'change-stack-policy': () =>
    '이 명령으로 스택 정책을 확인하세요. 의도한 업데이트라면 `--stack-policy-during-update-body`로 이번 한 번만 허용하거나 스택 정책을 바꾸세요. IAM 정책은 여기에 효력이 없습니다.',
  'migrate-catalog': () =>
    '이 리전에 있는 계정의 카탈로그를 Athena에서 Glue로 한 번 옮기세요. glue:ImportCatalogToGlue를 호출할 수 있는 관리자가 이 명령을 실행하면 됩니다. 호출자에게 줄 권한은 없습니다.',
  'call-inference-profile': (v) =>
    `추론 프로파일로 모델을 호출하세요. 프로파일 ID는 모델 ID 앞에 \`us.\`, \`eu.\`, \`apac.\`, \`global.\` 같은 접두사를 붙인 것이며(${quote(`us.${known(v, 'model') ?? '<ModelId>'}`)}), 리전에 있는 프로파일은 아래 명령으로 볼 수 있습니다. 호출자의 정책은 프로파일의 ARN과, 프로파일이 쓰는 모든 리전의 모델 ARN을 함께 허용해야 합니다.`,
  'authorize-vpc-association': () =>
    '먼저 호스팅 영역이 있는 계정의 자격 증명으로 연결을 승인하세요. Route 53은 다른 계정의 VPC마다 이 승인을 요구하며, 정책으로는 대신할 수 없습니다.',
  'associate-from-vpc-account': () => '그런 다음 VPC가 있는 계정의 자격 증명으로 VPC를 호스팅 영역에 연결하세요.',
} satisfies Partial<Words['steps']>
