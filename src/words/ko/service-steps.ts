import { known, quote } from '../values.ts'
import type { Words } from '../words.ts'

/** 서비스가 자체 규칙으로 거부할 때 할 일. */
export const serviceSteps = {
  'migrate-catalog': () =>
    '이 리전에 있는 계정의 카탈로그를 Athena에서 Glue로 한 번 옮기세요. glue:ImportCatalogToGlue를 호출할 수 있는 관리자가 이 명령을 실행하면 됩니다. 호출자에게 줄 권한은 없습니다.',
  'call-inference-profile': (v) =>
    `추론 프로파일로 모델을 호출하세요. 프로파일 ID는 모델 ID 앞에 \`us.\`, \`eu.\`, \`apac.\`, \`global.\` 같은 접두사를 붙인 것이며(${quote(`us.${known(v, 'model') ?? '<ModelId>'}`)}), 리전에 있는 프로파일은 아래 명령으로 볼 수 있습니다. 호출자의 정책은 프로파일의 ARN과, 프로파일이 쓰는 모든 리전의 모델 ARN을 함께 허용해야 합니다.`,
  'authorize-vpc-association': () =>
    '먼저 호스팅 영역이 있는 계정의 자격 증명으로 연결을 승인하세요. Route 53은 다른 계정의 VPC마다 이 승인을 요구하며, 정책으로는 대신할 수 없습니다.',
  'associate-from-vpc-account': () => '그런 다음 VPC가 있는 계정의 자격 증명으로 VPC를 호스팅 영역에 연결하세요.',
} satisfies Partial<Words['steps']>
