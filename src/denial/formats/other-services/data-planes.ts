import type { Row } from '../../signal.ts'

/** MQTT is spoken to other brokers too. */
const ofIot =
  /\baws[\s_-]?iot|\bservices\.iot\.|\biot core\b|\.iot\.[a-z0-9-]{4,25}\.amazonaws\.com|arn:aws[a-z-]{0,12}:iot:|\biot:[A-Z*]/iu

const ofMsk = (before: string, after: string): boolean =>
  /AWS[_-]MSK[_-]IAM|aws-msk-iam|software\.amazon\.msk|\.kafka(?:-serverless)?\.[a-z\d-]{5,25}\.amazonaws\.com/iu.test(
    before + after,
  )

/** Registries, brokers, databases and devices, in the words of their own protocols. */
export const dataPlaneRows: readonly Row[] = [
  {
    name: 'opensearch-client',
    kind: 'sentence',
    class: 'bare',
    words: [
      'opensearchpy.exceptions.authorizationexception',
      "authorizationexception(403, 'forbidden'",
      'authorizationexception(403, "forbidden"',
    ],
    when: (before, after, printed) => /opensearch/iu.test(before.slice(-400) + printed + after.slice(0, 400)),
    sets: { service: 'es' },
    example: "opensearchpy.exceptions.AuthorizationException: AuthorizationException(403, 'Forbidden')",
    seen: 'clients of OpenSearch, where the domain or collection says no more',
  },
  {
    name: 'kinesis-video-producer',
    kind: 'sentence',
    class: 'bare',
    words: 'status_service_call_not_authorized_error',
    sets: { service: 'kinesisvideo' },
    example: 'putStream failed: STATUS_SERVICE_CALL_NOT_AUTHORIZED_ERROR (0x52000010)',
    seen: 'the producer and WebRTC SDKs of Kinesis Video Streams: all that they say of a 403',
  },
  {
    name: 'ecr-pull',
    kind: 'sentence',
    class: 'bare',
    // What the registry itself answered may stand behind it.
    outer: true,
    words: ['pull access denied for {account}.dkr.ecr.'],
    sets: { service: 'ecr' },
    example:
      'pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app, repository does not exist or may require docker login',
    seen: 'docker with ECR',
  },
  {
    name: 'kafka-sasl',
    kind: 'sentence',
    class: 'bare',
    words: [
      'sasl authentication failed:{any}access denied',
      'sasl authentication error:{any}access denied',
      'failed authentication due to:{any}access denied',
    ],
    sets: { service: 'kafka-cluster' },
    example: 'kafka server: SASL Authentication failed: [0d0bb2a1-0000-4000-8000-000000000000] Access denied',
    seen: 'MSK with IAM access control',
  },
  {
    name: 'kafka-sasl',
    kind: 'sentence',
    class: 'bare',
    words: 'saslauthenticationfailederror:{any}access denied',
    sets: { service: 'kafka-cluster', errorCode: 'SaslAuthenticationFailedError' },
    example: 'SaslAuthenticationFailedError: [0d0bb2a1-0000-4000-8000-000000000000]: Access denied',
    seen: 'MSK with IAM access control, Node.js clients',
  },
  {
    name: 'kafka-sasl',
    kind: 'sentence',
    class: 'bare',
    words: 'saslauthenticationexception:{any}access denied',
    sets: { service: 'kafka-cluster', errorCode: 'SaslAuthenticationException' },
    example:
      'org.apache.kafka.common.errors.SaslAuthenticationException: [0d0bb2a1-0000-4000-8000-000000000000]: Access denied',
    seen: 'MSK with IAM access control, Java clients',
  },
  {
    name: 'kafka-authorization',
    kind: 'sentence',
    class: 'bare',
    words: [
      'topicauthorizationexception: not authorized to access',
      'groupauthorizationexception: not authorized to access',
      'clusterauthorizationexception: cluster authorization failed',
      'the client is not authorized to access this topic',
      'the client is not authorized to access this group',
    ],
    sets: { service: 'kafka-cluster' },
    example: 'org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [orders]',
    seen: 'Kafka clients, of MSK with IAM access control among others',
  },
  {
    name: 'kafka-authorization',
    kind: 'sentence',
    class: 'bare',
    words: [
      'topic authorization failed for topics',
      'topicauthorizationexception: topic authorization failed',
      'groupauthorizationexception: group authorization failed',
      'transactionalidauthorizationexception: transactional id authorization failed',
      'topic_authorization_failed',
      'group_authorization_failed',
      'cluster_authorization_failed',
      'broker: topic authorization failed',
      'broker: group authorization failed',
      'broker: cluster authorization failed',
      'topicauthorizationfailederror',
      'groupauthorizationfailederror',
    ],
    // The same words stand for clusters of others, which no policy opens.
    when: ofMsk,
    sets: { service: 'kafka-cluster' },
    example:
      'ERROR [Producer clientId=p1] Topic authorization failed for topics [orders] (org.apache.kafka.clients.Metadata) sasl.mechanism = AWS_MSK_IAM',
    seen: 'the log of Kafka clients',
  },
  {
    name: 'rds-iam-login',
    kind: 'sentence',
    class: 'bare',
    words: ['pam authentication failed for user', 'pam_authenticate failed: permission denied'],
    sets: { service: 'rds-db', operation: 'connect' },
    example: 'FATAL: PAM authentication failed for user "app"',
    seen: 'RDS and Aurora for PostgreSQL with IAM database authentication',
  },
  {
    name: 'opensearch-client',
    kind: 'sentence',
    class: 'bare',
    words: [
      'elasticsearch::transport::transport::errors::forbidden',
      'opensearch::transport::transport::errors::forbidden',
    ],
    sets: { service: 'es' },
    example: 'error_class="Elasticsearch::Transport::Transport::Errors::Forbidden" error="[403] "',
    seen: 'Fluentd and other Ruby programs',
  },
  {
    name: 'encryption-sdk',
    kind: 'sentence',
    class: 'bare',
    words: 'unable to decrypt any data key',
    sets: { service: 'kms', operation: 'Decrypt' },
    example: 'aws_encryption_sdk.exceptions.DecryptKeyError: Unable to decrypt any data key',
    seen: 'AWS Encryption SDK, which does not say why KMS decrypted none of them',
  },
  {
    name: 'iot-connack',
    kind: 'sentence',
    class: 'bare',
    words: 'connack: client is not authenticated/authorized to send the message',
    sets: { service: 'iot', operation: 'Connect' },
    example: 'CONNACK:Client is not authenticated/authorized to send the message:0d0bb2a1',
    seen: 'AWS IoT Core to MQTT 5 clients, Greengrass among them',
  },
  {
    name: 'iot-connack',
    kind: 'sentence',
    class: 'bare',
    words: [
      'connack: not authorized',
      'connection refused: not authorized',
      'connection refused: not authorised',
      'connection refused, not authorized',
      'connection refused, not authorised',
      'connection refused - not authorized',
      'connection refused - not authorised',
    ],
    when: (before, after) => ofIot.test(before + after),
    sets: { service: 'iot', operation: 'Connect' },
    example: 'AWS IoT Core answered CONNACK: Not authorized (5)',
    seen: 'MQTT 3 clients of AWS IoT Core: return code 5',
  },
  {
    name: 'iot-hangup',
    kind: 'sentence',
    class: 'bare',
    words: 'aws_error_mqtt_unexpected_hangup',
    // A connection that stood before may have been closed for many reasons.
    when: (before) =>
      /\b(?:failed to connect|connect(?:ion)? failed|connect_future\.result)\b[^]{0,300}$/iu.test(before),
    sets: { service: 'iot', operation: 'Connect' },
    example: 'CrtError: Failed to connect: libaws-c-mqtt: AWS_ERROR_MQTT_UNEXPECTED_HANGUP',
    seen: 'AWS IoT device SDKs: the broker hangs up on whoever may not connect, without a word',
  },
  {
    name: 'iot-hangup',
    kind: 'sentence',
    class: 'bare',
    words: ['connection lost (32109)', 'mqttexception: connection lost'],
    when: (before, after) =>
      ofIot.test(before.slice(-600) + after.slice(0, 600)) &&
      /\b(?:failed|failure|unable|cannot|could not)[^]{0,80}\bconnect|\bconnect(?:ion)?(?: request)? (?:failed|failure)\b/iu.test(
        before.slice(-300),
      ),
    sets: { service: 'iot', operation: 'Connect' },
    example: 'AwsIotMqttConnectionListener onFailure WARNING: Connect request failure Connection lost (32109)',
    seen: 'the device SDK for Java: the broker hangs up while the client connects',
  },
  {
    name: 'iot-hangup',
    kind: 'sentence',
    class: 'bare',
    words: 'error: the connection was lost',
    when: (before, after) => /\bmosquitto_/u.test(before) && ofIot.test(before + after),
    sets: { service: 'iot', operation: 'Connect' },
    example: 'mosquitto_pub -h a1b2c3.iot.eu-west-1.amazonaws.com -p 8883 … Error: The connection was lost.',
    seen: 'mosquitto with AWS IoT Core',
  },
  {
    name: 'iot-mqtt',
    kind: 'sentence',
    class: 'bare',
    words: ['websocket handshake: unexpected response code: 403', 'websocket: bad handshake: 403'],
    when: (before, after) => ofIot.test(before.slice(-1200) + after.slice(0, 300)),
    sets: { service: 'iot', operation: 'Connect' },
    example:
      "WebSocket connection to 'wss://a1b2c3.iot.eu-west-1.amazonaws.com/mqtt' failed: Error during WebSocket handshake: Unexpected response code: 403",
    seen: 'browsers that speak MQTT over WebSocket',
  },
  {
    name: 'iot-mqtt',
    kind: 'sentence',
    class: 'bare',
    words: ['unexpected server response (403)', 'unexpected server response: 403'],
    example: 'error unexpected server response (403), connecting to AWS IoT Core',
    seen: 'MQTT over WebSocket',
  },
]
