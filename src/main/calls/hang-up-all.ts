import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { isEngaged } from '../../shared/call/state.ts';
import type { CallService } from './call-service.ts';

/** How long the end of a call is waited for when its workspace closes, in ms. */
const HANG_UP_MS = 1_500;

/** Whoever is talking would otherwise hear nothing until the provider notices. */
export async function hangUpAll(calls: CallService): Promise<void> {
  const talking = calls.live().filter(isEngaged);
  for (const { id } of talking) calls.hangUp(id);
  if (talking.length === 0) return;
  // The provider's word that it is over, or no more patience.
  await Promise.race([once(calls, 'changed'), setTimeout(HANG_UP_MS)]);
}
