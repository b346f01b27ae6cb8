import type { ClueShape } from './clue-shape.ts'

/** Devices and apps that connect to AWS IoT Core, whose broker says little about why it hangs up. */
export const iotAtWork = [
  {
    kind: 'mqtt-client-id',
    phrases: ['clientid', 'client id', 'client_id', 'client-id'],
    // A sum, or what people call it, is no name.
    capture:
      /^[^]{0,2}?(?:client[ _-]?id["']?\s{0,3}[=:]\s{0,3}|--client[_-]id\s{1,3})["'`]?(?<client>[\w:.@-]{1,128})(?![\w ]{0,30}\+)(?=["'`,;)\]}\s]|$)/iu,
    before: 2,
    standsAlone: false,
    seen: 'MQTT clients, and the log of AWS IoT',
    example: 'clientId = lamp-7',
  },
  {
    kind: 'client-id-suffixed',
    phrases: ['clientid', 'client id', 'client_id', 'client-id'],
    capture:
      /^client[ _-]?id["']?(?:\s{0,3}[=:]|\s{1,2}is)\s{0,3}[^\n,;)]{0,60}(?:\bid(?:entity(?: ?id)?)?|\bsub|identityid|\})["'`)]{0,3}\s{0,2}\+/iu,
    standsAlone: false,
    seen: 'apps that put something behind the id of an identity, so that a user may connect twice',
    example: 'clientId = identityId + random',
  },
  {
    kind: 'iot-endpoint',
    phrases: ['.iot.'],
    capture: /^\.iot\.(?<region>[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d)\.amazonaws\./u,
    standsAlone: false,
    seen: 'the address of AWS IoT Core',
    example: 'a1b2c3d4e5f6g7-ats.iot.eu-west-1.amazonaws.com',
  },
] as const satisfies readonly ClueShape[]
