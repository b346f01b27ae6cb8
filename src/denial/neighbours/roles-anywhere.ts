import type { NeighbourRow } from './neighbour-row.ts'

/** Certificates are refused by many; here the helper, the API or one of its ARNs stands around the sentence. */
const ofRolesAnywhere = (before: string, after: string): boolean =>
  /aws_signing_helper|roles[ _-]?anywhere|trust[ _-]?anchor/iu.test(before.slice(-2000) + after.slice(0, 1000))

/** IAM Roles Anywhere, where a certificate stands in place of an access key. */
export const rolesAnywhereRows: readonly NeighbourRow[] = [
  {
    name: 'roles-anywhere-certificate',
    kind: 'sentence',
    class: 'credential',
    words: ['untrusted signing certificate'],
    sets: { service: 'rolesanywhere' },
    example: 'AccessDeniedException: Untrusted Signing Certificate',
    seen: 'IAM Roles Anywhere, which finds no way from the certificate to the trust anchor',
  },
  {
    name: 'roles-anywhere-certificate',
    kind: 'sentence',
    class: 'credential',
    words: [
      'accessdeniedexception: untrusted certificate',
      'accessdeniedexception: untrusted trust anchor',
      'accessdeniedexception: certificate is expired',
      'accessdeniedexception: certificate has expired',
      'accessdeniedexception: certificate expired',
      'accessdeniedexception: certificate is revoked',
      'accessdeniedexception: certificate has been revoked',
      'accessdeniedexception: certificate revoked',
      'accessdeniedexception: certificate is not yet valid',
      'accessdeniedexception: invalid certificate',
      'accessdeniedexception: trust anchor is disabled',
      'accessdeniedexception: trust anchor disabled',
      'accessdeniedexception: profile is disabled',
      'accessdeniedexception: profile disabled',
    ],
    when: ofRolesAnywhere,
    sets: { service: 'rolesanywhere' },
    example: 'aws_signing_helper: AccessDeniedException: Certificate has expired',
    seen: 'IAM Roles Anywhere',
  },
  {
    name: 'roles-anywhere-session-name',
    kind: 'sentence',
    class: 'other-aws',
    words: ['not authorized to set rolesessionname'],
    sets: { service: 'rolesanywhere' },
    example: 'AccessDeniedException: Not authorized to set roleSessionName.',
    seen: 'IAM Roles Anywhere, where the profile lets nobody choose the name of the session',
  },
]
