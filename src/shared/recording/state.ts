import { z } from 'zod';

/** Why a call is not recorded, or no longer; the words are `recorder.failures` of the catalogue. */
export const recordingFailures = [
  'no-key',
  'disk-full',
  'read-only',
  'disk',
  'codec',
  'no-recorder',
  'not-deleted',
] as const;
export type RecordingFailure = (typeof recordingFailures)[number];

const recordingState = z.discriminatedUnion('step', [
  /** Waits for the agent, who tells the customer and confirms it. */
  z.object({ step: z.literal('asking') }),
  /** The customer hears that the call will be recorded. */
  z.object({ step: z.literal('announcing') }),
  z.object({ step: z.literal('on') }),
  /** Continues by itself at `until`, Unix ms. */
  z.object({ step: z.literal('paused'), until: z.number() }),
  /**
   * It ended, with the call or before. `stopped`: the agent stopped it for the rest of the call, and what was recorded was
   * kept or deleted, or it had not begun (`none`).
   */
  z.object({
    step: z.literal('over'),
    stopped: z.enum(['kept', 'deleted', 'none']).optional().catch('kept'),
  }),
  /** Not recorded, or no longer. The call goes on. */
  z.object({ step: z.literal('failed'), why: z.enum(recordingFailures) }),
]);
export type RecordingState = z.infer<typeof recordingState>;

/** What an agent can ask about the recording of their call. Both ways to stop it are for the rest of the call. */
export const recordingAsks = ['confirm', 'pause', 'continue', 'stop', 'stop-and-delete'] as const;
export type RecordingAsk = (typeof recordingAsks)[number];

/** Whether a call is recorded right now, as its card shows it; the relay tells it of calls that it carries. */
export const callRecording = z.object({
  by: z.enum(['provider', 'relay', 'console']),
  state: recordingState,
  /** Of our file, once there is one. */
  id: z.string().max(100).optional(),
  /** When it began, Unix ms. */
  since: z.number().optional(),
});
export type CallRecording = z.infer<typeof callRecording>;

/** Whether anything is still to come of it. */
export function isRecordingOpen({ state }: CallRecording): boolean {
  return state.step !== 'over' && state.step !== 'failed';
}

/** Whether the agent can end it: nobody can where the provider records. */
export function canStopRecording({ by, state }: CallRecording): boolean {
  return by !== 'provider' && ['asking', 'on', 'paused'].includes(state.step);
}
