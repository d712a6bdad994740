/** Calls are billed in pulses of 6 s, the last one counted whole (Meta, pricing; 360dialog; Pilot Status). */
export const PULSE_SECONDS = 6;
export const PULSE_MS = PULSE_SECONDS * 1000;

/** Pulses of so much talk (ms): 70 s are 12, 11.5 s are 2, nothing is none. */
export function pulsesOf(talkMs: number): number {
  return Math.max(0, Math.ceil(talkMs / PULSE_MS));
}

/** Whole minutes of so much talk (ms), as a provider that bills by the minute counts them. */
export function minutesOf(talkMs: number): number {
  return Math.max(0, Math.ceil(talkMs / 60_000));
}
