// The log's file, recordings and a voicemail: what is kept of calls.
import { PEAKS_PER_SECOND, packPeaks } from '../../../../src/renderer/media/recordings/peaks.ts';
import { numberView } from '../people.ts';

const now = Date.now();
export const database = '/home/ana/.config/Ringdesk/ringdesk.db';
export const damaged = '/home/ana/.config/Ringdesk/ringdesk.db.damaged-2026-11-30T09-12-44';
export const storage = (more) => ({
  path: database,
  isEncrypted: true,
  isOnNetwork: false,
  waiting: 0,
  leftOut: [],
  ...more,
});
export const notice = (code, kind, values) => ({ id: code, kind, code, values, at: now });
/** What a call's detail shows of its sound. */
export const recorded = {
  recordings: [
    {
      id: 'r1',
      source: 'console',
      state: 'kept',
      place: 'console',
      seconds: 131,
      keepUntil: now + 80 * 86_400_000,
      legalHold: false,
      tracks: ['customer', 'agent'].map((side) => ({ side, mime: 'audio/webm', bytes: 90_000 })),
      marks: [
        { atMs: 31_000, kind: 'hold' },
        { atMs: 52_000, kind: 'resume' },
        { atMs: 80_000, kind: 'transfer', text: 'Bruno Dias' },
      ],
      hasPeaks: true,
    },
  ],
  listens: [{ by: 'Carla Nunes', at: now - 3_600_000, fromMs: 0, toMs: 61_000 }],
  summary: {
    text: 'The customer’s order 991 came broken. A new cup is sent.',
    by: 'whisper-1',
    at: now,
  },
  transcript: {
    id: 't1',
    source: 'machine',
    state: 'kept',
    lines: [
      { speaker: 'agent', fromMs: 0, toMs: 2000, text: 'How can I help you?' },
      { speaker: 'customer', fromMs: 2500, toMs: 9000, text: 'My order 991 came broken.' },
    ],
  },
};
/** A voice as a waveform shows it. */
const voice = (speed) =>
  Uint8Array.from({ length: 131 * PEAKS_PER_SECOND }, (_, n) =>
    Math.abs(Math.sin((n * speed) / 40)) > 0.6 ? 60 + ((n * 97) % 180) : 6,
  );

export const peaks = packPeaks({ seconds: 131, voices: [voice(1), voice(2)] });

/** Ten seconds of silence as a WAV file. */
export function silence() {
  const samples = 80_000;
  const file = new DataView(new ArrayBuffer(44 + samples));
  const write = (at, text) =>
    [...text].forEach((one, n) => file.setUint8(at + n, one.charCodeAt()));
  write(0, 'RIFF');
  file.setUint32(4, 36 + samples, true);
  write(8, 'WAVEfmt ');
  for (const [at, value] of [
    [16, 16],
    [24, 8000],
    [28, 8000],
    [40, samples],
  ])
    file.setUint32(at, value, true);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ])
    file.setUint16(at, value, true);
  write(36, 'data');
  new Uint8Array(file.buffer).fill(128, 44);
  return new Uint8Array(file.buffer);
}

/**
 * A number's page with a voicemail.
 *
 * @param voicemail `new`: never set up; `set`: on, with an announcement
 */
export function numberWith(voicemail) {
  const view = numberView();
  if (voicemail === null) return view;
  const triggers = ['declined', 'not-answered'];
  const on = { on: true, triggers, waitSeconds: 20, announcement: 'a1' };
  const settings = {
    ...view.settings,
    voicemail: voicemail === 'set' ? on : { on: false, triggers: [] },
  };
  return { ...view, settings };
}
