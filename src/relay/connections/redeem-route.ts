import type { BlockList } from 'node:net';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { redeemRequest, type InvitationRefusal } from '../../shared/protocol/invitation.ts';
import { clientAddress } from '../http/client-address.ts';
import type { GuessBrake } from '../http/guess-brake.ts';
import { readBody, sendError, sendJson } from '../http/responses.ts';
import type { Routes } from '../http/server.ts';
import type { Log } from '../log.ts';
import type { Invitations } from '../agents/invitations.ts';

/** Codes are hashed slowly: more at once would keep the machine from its calls. */
const MOST_AT_ONCE = 8;

/** A code and a token. In bytes. */
const BODY_LIMIT = 2_048;

const statuses: Readonly<Record<InvitationRefusal, number>> = {
  'invitation-unknown': 404,
  'invitation-used': 410,
  'invitation-expired': 410,
  'invitation-revoked': 410,
  'invitation-unready': 409,
};
const texts = {
  'invitation-unknown': 'relay.invitationUnknown',
  'invitation-used': 'relay.invitationUsed',
  'invitation-expired': 'relay.invitationExpired',
  'invitation-revoked': 'relay.invitationRevoked',
  'invitation-unready': 'relay.invitationUnready',
} as const satisfies Record<InvitationRefusal, string>;

interface RedeemPorts {
  invitations: Invitations;
  /** Slows down who guesses codes. */
  guesses: GuessBrake;
  proxies: BlockList;
  strangers: Pick<Log, 'warn'>;
}

/** Serves `POST /v1/invitations/redeem`. */
export function createRedeemHandler(ports: RedeemPorts): Routes['redeem'] {
  const { invitations, guesses, proxies, strangers } = ports;
  let redeeming = 0;
  return async (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return sendError(response, 405, 'method', t('relay.invitationBody'));
    }
    const address = clientAddress(request, proxies);
    const tooMany = (waitMs: number) => {
      strangers.warn('invitation.too-many', { address });
      response.setHeader('retry-after', String(Math.ceil(waitMs / 1000)));
      sendError(response, 429, 'too-many', t('relay.tooMany'));
    };
    const waitMs = guesses.waitMs(address);
    if (waitMs > 0) return tooMany(waitMs);
    const body = await readBody(request, BODY_LIMIT);
    const json = body === 'too-large' ? undefined : parseJson(body.toString('utf8'));
    const asked = redeemRequest.safeParse(json?.ok ? json.value : undefined);
    if (!asked.success) return sendError(response, 400, 'bad-request', t('relay.invitationBody'));
    if (redeeming >= MOST_AT_ONCE) return tooMany(1_000);
    redeeming += 1;
    const { code, token } = asked.data;
    const redeemed = await invitations.redeem(code, token).finally(() => (redeeming -= 1));
    if (redeemed.kind === 'granted') {
      guesses.handleRight(address);
      const { agent, accounts } = redeemed;
      return sendJson(response, 200, { agent, accounts });
    }
    if (redeemed.kind === 'invitation-unknown') {
      strangers.warn('invitation.wrong', { address });
      const wait = guesses.handleWrong(address, 'invitation');
      if (wait > 0) return tooMany(wait);
    }
    return sendError(response, statuses[redeemed.kind], redeemed.kind, t(texts[redeemed.kind]));
  };
}
