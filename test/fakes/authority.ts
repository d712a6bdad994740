import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

/** A company's own certificate authority. */
export interface Authority {
  /** PEM, for clients that must trust it. */
  pem: string;
  /** Issues a server certificate and key, PEM. Times are days from now. */
  issue(
    hosts: readonly string[],
    valid?: { from?: number; until?: number },
  ): Promise<{ cert: string; key: string }>;
}

export async function createAuthority(name = 'Example Company Root'): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 30 * DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  let serial = 1;
  return {
    pem: root.toString('pem'),
    async issue(hosts, { from = -1, until = 10 } = {}) {
      const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: (++serial).toString(16).padStart(2, '0'),
        subject: `CN=${hosts[0] ?? 'nobody'}`,
        issuer: root.subject,
        notBefore: new Date(Date.now() + from * DAY_MS),
        notAfter: new Date(Date.now() + until * DAY_MS),
        signingAlgorithm: ALGORITHM,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            hosts.map((value) => ({
              type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const),
              value,
            })),
          ),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        ],
      });
      const pkcs8 = await crypto.subtle.exportKey('pkcs8', own.privateKey);
      return {
        cert: certificate.toString('pem'),
        key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
      };
    },
  };
}
