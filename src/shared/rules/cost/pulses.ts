/**
 * Calls are billed in pulses of 6 s, the last one in full (Meta, pricing; 360dialog; Pilot Status).
 */
export const PULSE_SECONDS = 6;
export const PULSE_MS = PULSE_SECONDS * 1000;

/** Billing pulses in this much talk (ms): 70 s are 12, 11.5 s are 2, zero is none. */
export function pulsesOf(talkMs: number): number {
  return Math.max(0, Math.ceil(talkMs / PULSE_MS));
}

/** Whole minutes in this much talk (ms), for providers that bill by the minute. */
export function minutesOf(talkMs: number): number {
  return Math.max(0, Math.ceil(talkMs / 60_000));
}
