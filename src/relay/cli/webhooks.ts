import { systemClock } from '../../shared/lib/clock.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { Dispatch } from '../store/dispatch-store.ts';
import { withStore } from './store.ts';

/** How many dispatches are listed. */
const LISTED = 200;

export type WebhookAction =
  | { name: 'list' | 'failed' }
  | { name: 'resend'; id: string }
  /** After an endpoint was switched off because it was gone. */
  | { name: 'on'; id: string };

/**
 * Lists what other systems were told, newest first, without its content; sends one again, or turns
 * an endpoint on again. A relay that runs notices within seconds.
 *
 * @throws Error that tells a person what to do
 */
export async function webhookCommand(config: RelayConfig, action: WebhookAction): Promise<void> {
  await withStore(config, async ({ dispatches }) => {
    switch (action.name) {
      case 'list':
      case 'failed': {
        for (const { id, offSince } of await dispatches.endpoints()) {
          if (offSince !== undefined)
            console.log(`${id} is off since ${timeOf(offSince)}: it answered 410`);
        }
        const listed = await dispatches.list({ failed: action.name === 'failed', limit: LISTED });
        for (const one of listed) console.log(lineOf(one));
        return;
      }
      case 'resend':
        if (await dispatches.again(action.id, systemClock.now()))
          return console.log('It is sent again.');
        throw new Error(
          'There is no such webhook that was delivered or given up. See webhooks list.',
        );
      case 'on': {
        const known = await dispatches.endpoints();
        if (!known.some(({ id }) => id === action.id)) {
          throw new Error(
            `There is no webhook "${action.id}". Known: ${known.map(({ id }) => id).join(', ')}`,
          );
        }
        await dispatches.setOff(action.id, undefined);
        console.log('It is on. What it has missed is sent now.');
      }
    }
  });
}

const timeOf = (at: number): string => new Date(at).toISOString();

function lineOf({ id, endpoint, type, at, state, attempts, due, answer }: Dispatch): string {
  const next = state === 'open' && attempts > 0 ? `again ${timeOf(due)}` : '';
  return [timeOf(at), id, endpoint, type, state, `${attempts} attempt(s)`, answer, next]
    .filter((part) => part !== undefined && part !== '')
    .join('  ');
}
