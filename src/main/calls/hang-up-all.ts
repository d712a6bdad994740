import { setTimeout } from 'node:timers/promises';
import { isEngaged } from '../../shared/call/model.ts';
import type { CallService } from './call-service.ts';

/** How long others are given to hear it when a workspace closes, in ms. */
const HANG_UP_MS = 1_500;

/**
 * Ends what nobody here can end any more once the workspace is closed: whoever is talking would otherwise hear nothing
 * until the provider notices, and whoever was declined a moment ago would ring on.
 */
export async function hangUpAll(calls: CallService): Promise<void> {
  const ours = calls
    .live()
    .filter((call) => isEngaged(call) || (call.phase.name === 'ringing' && call.phase.declined));
  if (ours.length === 0) return;
  for (const { id } of ours) calls.hangUp(id);
  await Promise.race([calls.settled(), setTimeout(HANG_UP_MS)]);
}
