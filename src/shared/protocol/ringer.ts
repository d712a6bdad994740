import { z } from 'zod';

/**
 * Why a console cannot ring, although the relay reaches it.
 *
 * - `silent`: it does not answer the relay's question
 * - `window`: its window does not answer, or is gone
 * - `ringer`: the ring cannot be played
 * - `microphone`: there is none, so an accepted call would stay silent
 * - `connection`: it vanished without a good-bye
 */
export const ringerProblem = z.enum(['silent', 'window', 'ringer', 'microphone', 'connection']);
export type RingerProblem = z.infer<typeof ringerProblem>;

/** How often the relay asks each console whether it can ring, in ms. */
export const RING_PROBE_EVERY_MS = 60_000;
/** A console that has not answered by then cannot ring, and is asked again after as long, in ms. */
export const RING_PROBE_WITHIN_MS = 5_000;
