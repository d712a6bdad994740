import { t } from '../../shared/i18n/i18n.ts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { d360Signature } from '../../shared/providers/d360/webhook.ts';
import { metaSignature } from '../../shared/providers/meta/webhook.ts';
import type { WebhookSignature } from '../../shared/providers/signature.ts';
import { zernioSignature } from '../../shared/providers/zernio/webhook.ts';
import type { Account } from '../config/account.ts';
import { sameText } from '../http/constant-time.ts';

/** The header for the secret of a provider that signs nothing, unless the address ends in it. */
const SECRET_HEADER = 'x-ringdesk-secret';

type SignatureHelp = 'compareAppSecret' | 'comparePlatformSecret' | 'compareSigningSecret';

/** How an account's webhooks are authenticated. At least one of the two is set; all must match. */
export interface WebhookCredentials {
  signed?: { by: WebhookSignature; key: string; help: SignatureHelp } | undefined;
  /** A secret that only the provider knows. */
  secret?: string | undefined;
}

/** Why a webhook failed authentication; `code` for programs, `message` for people. */
export interface AuthFailure {
  code: string;
  message: string;
}

export function webhookCredentialsOf(account: Account): WebhookCredentials {
  switch (account.provider) {
    case 'meta': {
      const help = 'compareAppSecret';
      return { signed: { by: metaSignature, key: account.appSecret, help } };
    }
    case 'd360': {
      const { platformSecret: key, webhookSecret: secret } = account;
      const help = 'comparePlatformSecret';
      return { signed: key === undefined ? undefined : { by: d360Signature, key, help }, secret };
    }
    // Its signature is not documented (docs/providers/pilot-status.md#webhooks).
    case 'pilot-meta':
    case 'pilot-web':
      return { secret: account.webhookSecret };
    case 'zernio': {
      const help = 'compareSigningSecret';
      const { signingSecret: key, webhookSecret: secret } = account;
      return { signed: { by: zernioSignature, key, help }, secret };
    }
    default:
      return assertNever(account, 'account');
  }
}

/** The headers that authenticate a webhook of an account. */
export function proofOf(account: Account, body: Uint8Array): Readonly<Record<string, string>> {
  const { signed, secret } = webhookCredentialsOf(account);
  return {
    ...(signed && {
      [signed.by.header]: `sha256=${createHmac('sha256', signed.key).update(body).digest('hex')}`,
    }),
    ...(secret !== undefined && { [SECRET_HEADER]: secret }),
  };
}

/**
 * Verifies the secret, if the account has one; the body is not needed.
 *
 * @param shown the secret at the end of the webhook's address, if there is one
 */
export function verifySecret(
  { secret }: WebhookCredentials,
  shown: string | undefined,
  headers: IncomingHttpHeaders,
): AuthFailure | undefined {
  if (secret === undefined) return undefined;
  const given = shown ?? textOf(headers, SECRET_HEADER);
  if (given === undefined) {
    return {
      code: 'secret-missing',
      message: t('relay.secretMissing'),
    };
  }
  if (sameText(given, secret)) return undefined;
  return { code: 'secret-wrong', message: t('relay.secretWrong') };
}

/**
 * Verifies the signature over the raw body, if the account's provider signs.
 *
 * @param body undefined: only that there is something that may be a signature
 */
export function verifySignature(
  { signed }: WebhookCredentials,
  headers: IncomingHttpHeaders,
  body: Uint8Array | undefined,
): AuthFailure | undefined {
  if (!signed) return undefined;
  const { by, key, help } = signed;
  const names = [by.header, ...by.aliases];
  const header = names.map((name) => textOf(headers, name)).find((value) => value !== undefined);
  const fault = signatureFault(header, body, key);
  switch (fault) {
    case undefined:
      return undefined;
    case 'missing':
      return {
        code: 'signature-missing',
        message: t('relay.signatureMissing', { header: by.header }),
      };
    case 'not-a-signature':
      return {
        code: 'signature-not-a-signature',
        message: t('relay.notASignature', { header: by.header }),
      };
    case 'wrong':
      return {
        code: 'signature-wrong',
        message: t('relay.signatureWrong', { help: t(`relay.${help}`) }),
      };
    default:
      return assertNever(fault, 'fault');
  }
}

/**
 * Checks a signature header: `sha256=` and the HMAC-SHA256 of the raw body in hex. The bytes are
 * hashed as received, because providers sign their own spelling of the JSON.
 *
 * @param body undefined: only its shape is looked at
 * @returns undefined if it is right, else why it is not
 */
export function signatureFault(
  header: string | undefined,
  body: Uint8Array | undefined,
  secret: string,
): 'missing' | 'not-a-signature' | 'wrong' | undefined {
  if (header === undefined || header === '') return 'missing';
  const claimed = claimedDigest(header);
  if (claimed === undefined) return 'not-a-signature';
  if (body === undefined) return undefined;
  const expected = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(Buffer.from(claimed, 'hex'), expected) ? undefined : 'wrong';
}

/** The digest in a signature header, as 64 lower-case hex digits; undefined if there is none. */
export function claimedDigest(header: string): string | undefined {
  return /^(?:sha256=)?([0-9a-f]{64})$/.exec(header.trim().toLowerCase())?.[1];
}

/** Whether two accounts share credentials, so that a webhook of one may report for the other. */
export function sharesCredentials(one: Account, other: Account): boolean {
  const [a, b] = [webhookCredentialsOf(one), webhookCredentialsOf(other)];
  return (
    one.provider === other.provider && a.signed?.key === b.signed?.key && a.secret === b.secret
  );
}

function textOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
