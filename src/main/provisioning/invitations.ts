import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { relayAnswer } from '../../shared/i18n/relay-answer.ts';
import { fill, t } from '../../shared/i18n/i18n.ts';
import type { OpenedInvitation } from '../../shared/ipc/set-up.ts';
import {
  checkInvitation,
  isInvitationLink,
  parseInvitation,
  redeemAddress,
  type Invitation,
} from '../../shared/links/invitation.ts';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { redeemed, type RedeemRequest } from '../../shared/protocol/invitation.ts';
import { textOf } from '../network/download.ts';
import { lossOf } from '../network/failure.ts';
import type { WayFetch } from '../network/transport.ts';
import { Refusal } from '../refusal.ts';
import { parseProfile, type Profile } from './profile-schema.ts';

/** How long a relay may take to answer, in ms. */
const PATIENCE_MS = 15_000;
/** Whoever made the link may have made it to a server of theirs. */
const MOST_BYTES = 1_000_000;

const refusedAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

interface InvitationPorts {
  fetch: WayFetch;
  changed: () => void;
}

/** Invitations: opened by a link, or typed, and redeemed at their relay for a complete profile. */
export class Invitations {
  readonly #ports: InvitationPorts;
  #opened: OpenedInvitation | undefined;
  #lastId = 0;
  /** The token chosen for an invitation: asked again, its relay answers again. */
  readonly #tokens = new Map<string, string>();

  constructor(ports: InvitationPorts) {
    this.#ports = ports;
  }

  /** Opened by its link, and not yet used or dismissed. */
  get opened(): OpenedInvitation | undefined {
    return this.#opened;
  }

  /** The system opens an invitation's link here. Nothing is redeemed before the agent says so. */
  open(link: string): void {
    const read = parseInvitation(link);
    const { relay, code } = read.ok ? read.value : { relay: '', code: link.slice(0, 200) };
    this.#opened = { id: ++this.#lastId, relay, code };
    this.#ports.changed();
  }

  dismiss(): void {
    this.#opened = undefined;
    this.#ports.changed();
  }

  /**
   * Redeems an invitation.
   *
   * @param text its link, or its code
   * @param relay the relay's address, beside a code
   * @throws Refusal in words
   */
  async redeem(text: string, relay: string): Promise<Profile> {
    const read = isInvitationLink(text)
      ? parseInvitation(text)
      : checkInvitation({ relay, code: text });
    if (!read.ok) throw refused(t(`invitation.problems.${read.error}`));
    const invitation = read.value;
    const token = this.#tokenFor(invitation);
    const answer = await this.#ask(invitation, token);
    const { agent, accounts } = answer;
    const profile = { version: 1, agent, relay: { url: invitation.relay, token }, accounts };
    const parsed = parseProfile(JSON.stringify(profile));
    if (parsed.ok) return parsed.value;
    throw new Refusal({
      code: 'invitation',
      message: t('invitation.unfit'),
      details: parsed.error,
    });
  }

  #tokenFor({ relay, code }: Invitation): string {
    const key = `${relay} ${code}`;
    const token = this.#tokens.get(key) ?? randomBytes(32).toString('base64url');
    this.#tokens.set(key, token);
    return token;
  }

  async #ask({ relay, code }: Invitation, token: string): Promise<z.infer<typeof redeemed>> {
    const host = new URL(relay).host;
    let status: number;
    let text: string;
    try {
      const response = await this.#ports.fetch(redeemAddress(relay), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, token } satisfies RedeemRequest),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      ({ status } = response);
      text = await textOf(response, MOST_BYTES);
    } catch (error) {
      const { code: loss, about = '' } = lossOf(error);
      const why = fill(`connection.losses.${loss}`, { about });
      throw refused(t('invitation.unreachable', { host, why }));
    }
    const json = parseJson(text);
    const value = json.ok ? json.value : undefined;
    const good = redeemed.safeParse(value);
    if (status === 200 && good.success) return good.data;
    const bad = refusedAnswer.safeParse(value);
    if (!bad.success) throw refused(t('invitation.noRelay', { host, status }));
    throw refused(
      bad.data.error.code === 'not-found' ? t('invitation.oldRelay') : relayAnswer(bad.data.error),
    );
  }
}

const refused = (message: string) => new Refusal({ code: 'invitation', message });
