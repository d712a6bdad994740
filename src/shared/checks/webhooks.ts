import { assertNever } from '../lib/assert-never.ts';
import { ownValue } from '../lib/own-value.ts';
import { fault, line, notApplicable, ok, unknown, warning, type CheckState } from './check.ts';
import type { NumberChecksFacts, WebhookFacts } from './facts.ts';
import type { CheckId } from './ids.ts';
import { fromRelay, type Facts, type Rule } from './rule.ts';

/** A number whose webhooks have been silent for longer may be misconfigured at its provider. */
const SILENT_MS = 7 * 86_400_000;
/** The relay's code for a webhook that came to another number's address. */
const WRONG_ADDRESS = 'wrong-address';

const ofNumber = (facts: Facts, numbers: readonly WebhookFacts[]): WebhookFacts | undefined =>
  numbers.find(({ accountId }) => accountId === facts.number.id);

function fromWebhooks(facts: Facts, say: (webhooks: WebhookFacts) => CheckState): CheckState {
  return fromRelay(facts, ({ numbers }) => {
    const own = ofNumber(facts, numbers);
    return own ? say(own) : unknown('relay-without-number');
  });
}

/** The last webhook, if it was refused. */
const lastRefused = ({ takenAt, refused }: WebhookFacts) =>
  refused && refused.at >= (takenAt ?? 0) ? refused : undefined;

/** What the last webhook shows of their address. */
function addressSeen(facts: Facts): CheckState | undefined {
  const { relay, relayUrl } = facts.console;
  const own = typeof relay === 'object' ? ofNumber(facts, relay.numbers) : undefined;
  const { provider, id } = facts.number;
  const refused = own && lastRefused(own);
  if (refused?.code === WRONG_ADDRESS) {
    const { at: refusedAt, cameTo: account } = refused;
    return fault(
      account === undefined
        ? { key: 'address-of-another', values: { refusedAt } }
        : { key: 'address-of', values: { refusedAt, account } },
      line(provider === 'meta' ? 'address' : 'address-at-provider', {
        address: webhookUrl(relayUrl, provider, id),
      }),
    );
  }
  return own?.takenAt === undefined ? undefined : ok('webhook-ok', { lastAt: own.takenAt });
}

/** Whether the number's webhooks arrive, at the right address, and are taken. */
export const webhookRules = {
  'webhook-address': (facts) => {
    const seen = addressSeen(facts);
    if (seen?.state === 'fault') return seen;
    const { provider, readings, id } = facts.number;
    if (provider !== 'meta') return seen ?? notApplicable('address-untold');
    const { webhook } = readings;
    if (!webhook) return unknown('not-asked');
    if ('error' in webhook) return unknown('no-answer', { message: webhook.error.message });
    const { address, reaches } = webhook.value;
    const values = { address: webhookUrl(facts.console.relayUrl, provider, id) };
    if (address === undefined) return fault({ key: 'address-none' }, line('address', values));
    if (reaches === 'relay') return ok('address-ok', { address });
    if (reaches === undefined) return unknown('address-untried', { address });
    return fault({ key: 'address-wrong', values: { address } }, line('address', values));
  },
  'webhook-signature': (facts) =>
    fromWebhooks(facts, (webhooks) => {
      const refused = lastRefused(webhooks);
      // That one has a check of its own.
      if (!refused || refused.code === WRONG_ADDRESS) {
        return webhooks.takenAt === undefined ? unknown('no-webhook-yet') : ok('signature-ok');
      }
      const values = { refusedAt: refused.at };
      // It may be another number of the provider's app, and nothing wrong with this one.
      if (refused.code === 'number-unknown') {
        return warning({ key: 'number-unknown', values }, line('compare-number-id'));
      }
      return fault(
        { key: ownValue(refusals, refused.code) ?? 'signature-wrong', values },
        line(compared(facts.number.provider, refused.code)),
      );
    }),
  'webhook-seen': (facts) =>
    fromWebhooks(facts, ({ takenAt }) => {
      if (takenAt === undefined) return unknown('no-webhook-yet');
      return facts.now - takenAt > SILENT_MS
        ? warning(
            { key: 'webhook-old', values: { sinceAt: takenAt } },
            line('call-number', { number: facts.number.number }),
          )
        : ok('webhook-ok', { lastAt: takenAt });
    }),
} satisfies Partial<Record<CheckId, Rule>>;

/** Why the relay refused a webhook, by its codes. */
const refusals: Readonly<
  Record<string, 'signature-wrong' | 'signature-missing' | 'secret-wrong' | 'webhook-unreadable'>
> = {
  'signature-missing': 'signature-missing',
  'signature-not-a-signature': 'signature-missing',
  'signature-wrong': 'signature-wrong',
  'secret-missing': 'secret-wrong',
  'secret-wrong': 'secret-wrong',
  unreadable: 'webhook-unreadable',
};

/** What to compare with the provider's side. */
function compared(provider: NumberChecksFacts['provider'], code: string) {
  if (code === 'unreadable') return 'show-log';
  if (code.startsWith('secret')) return 'compare-secret';
  switch (provider) {
    case 'meta':
      return 'compare-app-secret';
    case 'd360':
      return 'compare-platform-secret';
    case 'zernio':
      return 'compare-signing-secret';
    case 'pilot-meta':
    case 'pilot-web':
      return 'compare-secret';
    default:
      return assertNever(provider, 'provider');
  }
}

/** Where the relay takes a number's webhooks, as seen from the console. */
function webhookUrl(relayUrl: string, provider: string, accountId: string): string {
  // The scheme of a WebSocket is that of HTTP with another name.
  const origin = /^[a-z]+:\/\/[^/]+/i.exec(relayUrl)?.[0] ?? '';
  return `${origin.replace(/^ws/i, 'http')}/webhooks/${provider}/${accountId}`;
}
