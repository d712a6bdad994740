import { existsSync, readFileSync } from 'node:fs';
import tls from 'node:tls';

/** Where Linux distributions keep what the machine's administrator trusts, as one file. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Only newer Nodes can ask the system itself: 22.15, and with it Electron 36. */
type SystemStore = (type: 'system') => readonly string[];

/**
 * The certificate authorities that are trusted, PEM: those that come with the app and those of the
 * system, a company's own among them.
 *
 * @param env in development also `NODE_EXTRA_CA_CERTS` and `SSL_CERT_FILE`; the packaged app is not
 * told whom to trust by
 *   whoever can set a variable, and is given none
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
    // As good as none.
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
