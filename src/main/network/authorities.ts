import { existsSync, readFileSync } from 'node:fs';
import tls from 'node:tls';

/** Where Linux distributions store the certificates that the administrator trusts, as one file. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Only newer Node versions can ask the system: 22.15, and with it Electron 36. */
type SystemStore = (type: 'system') => readonly string[];

/**
 * The trusted certificate authorities, PEM: the app's and the system's, including a company's own.
 *
 * @param env in development also `NODE_EXTRA_CA_CERTS` and `SSL_CERT_FILE`; the packaged app passes
 * none, because anybody can set a variable
 */
export function trustedAuthorities(env: NodeJS.ProcessEnv | undefined): readonly string[] {
  const named = [env?.['NODE_EXTRA_CA_CERTS'], env?.['SSL_CERT_FILE']].flatMap((file) =>
    file === undefined || file === '' ? [] : certificatesIn(file),
  );
  return [...new Set([...tls.rootCertificates, ...ofSystem(), ...named])];
}

function ofSystem(): readonly string[] {
  const ask = 'getCACertificates' in tls ? (tls.getCACertificates as SystemStore) : undefined;
  try {
    const found = ask?.('system') ?? [];
    if (found.length > 0) return found;
  } catch {
    // An unreadable file counts as none.
  }
  const bundle = BUNDLES.find((file) => existsSync(file));
  return bundle === undefined ? [] : certificatesIn(bundle);
}

function certificatesIn(file: string): readonly string[] {
  try {
    const text = readFileSync(file, 'utf8');
    return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  } catch {
    return [];
  }
}
