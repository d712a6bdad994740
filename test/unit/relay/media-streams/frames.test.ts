import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { muLaw } from '../../../../src/relay/media-streams/g711.ts';
import {
  readProviderFrame,
  writeProviderFrame,
  type Codec,
} from '../../../../src/relay/media-streams/frames.ts';

const codecs: readonly Codec[] = ['PCMU', 'PCMA', 'L16', 'L16-BE'];
const text = (value: unknown) => Buffer.from(JSON.stringify(value));
const sound = Buffer.from([0, 0, 0x10, 0x27, 0xf0, 0xd8]);

describe('frames of a provider’s media stream', () => {
  it('contain the call’s id and its codec', () => {
    const start = {
      event: 'start',
      sequence_number: '1',
      stream_id: 's',
      start: {
        call_control_id: 'v2:T02',
        media_format: { encoding: 'L16', sample_rate: 16_000, channels: 1 },
      },
    };
    expect(readProviderFrame(text(start), false, 'PCMU')).toEqual({
      kind: 'start',
      callIds: ['v2:T02'],
      codec: 'L16',
      sampleRate: 16_000,
    });
    expect(readProviderFrame(text(start), false, 'L16-BE')).toMatchObject({ codec: 'L16-BE' });
    expect(readProviderFrame(text({ event: 'start' }), false, 'PCMU')).toEqual({
      kind: 'start',
      callIds: [],
    });
  });

  it.each([0, -8_000, 7_999, 48_001, 1e9, 8_000.5])('reject a stream of %d Hz', (rate) => {
    const start = { event: 'start', start: { media_format: { sample_rate: rate } } };
    expect(readProviderFrame(text(start), false, 'PCMU')).toEqual({ kind: 'other' });
  });

  it('are read with null, numbers as text, and other letters', () => {
    const media_format = { encoding: 'pcmu', sample_rate: '16000', channels: null };
    const start = {
      call_id: null,
      call_control_id: 'v2:T02',
      custom_parameters: null,
      media_format,
    };
    expect(readProviderFrame(text({ event: 'Start', start }), false, 'L16')).toEqual({
      kind: 'start',
      callIds: ['v2:T02'],
      codec: 'PCMU',
      sampleRate: 16_000,
    });
    expect(
      readProviderFrame(text({ event: 'start', call_id: 'c', start: null }), false, 'L16'),
    ).toEqual({ kind: 'start', callIds: ['c'] });
    const media = { payload: sound.toString('base64'), track: '', timestamp: null };
    expect(readProviderFrame(text({ event: 'MEDIA', media }), false, 'L16')).toEqual({
      kind: 'sound',
      pcm16: sound,
    });
  });

  it('carry audio as base64 or binary', () => {
    const payload = muLaw.encode(sound);
    const media = text({ event: 'media', media: { payload: payload.toString('base64') } });
    const expected = { kind: 'sound', pcm16: muLaw.decode(payload) };
    expect(readProviderFrame(media, false, 'PCMU')).toEqual(expected);
    expect(readProviderFrame(payload, true, 'PCMU')).toEqual(expected);
    expect(readProviderFrame(Buffer.of(1, 2, 3), true, 'L16-BE')).toEqual({
      kind: 'sound',
      pcm16: Buffer.of(2, 1),
    });
  });

  it('are ignored when they are our own', () => {
    const echo = { event: 'media', media: { payload: 'AAAA', track: 'outbound' } };
    expect(readProviderFrame(text(echo), false, 'PCMU')).toEqual({ kind: 'other' });
  });

  it('are read back as written', () => {
    for (const format of ['json', 'binary'] as const) {
      for (const codec of codecs) {
        const frame = writeProviderFrame(sound, { format, codec });
        const read = readProviderFrame(Buffer.from(frame), typeof frame !== 'string', codec);
        const again = writeProviderFrame(read.kind === 'sound' ? read.pcm16 : Buffer.alloc(0), {
          format,
          codec,
        });
        expect(again).toEqual(frame);
      }
    }
    expect(writeProviderFrame(sound, { format: 'json', codec: 'L16' })).toBe(
      `{"event":"media","media":{"payload":"${sound.toString('base64')}"}}`,
    );
  });

  it('H13 never throw, whatever they contain', () => {
    expect(readProviderFrame(text({ event: 'stop', stop: {} }), false, 'PCMU')).toEqual({
      kind: 'stop',
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        fc.uint8Array(),
        fc.constantFrom(...codecs),
        (words, bytes, codec) => {
          expect(readProviderFrame(Buffer.from(words), false, codec).kind).toBe('other');
          const read = readProviderFrame(Buffer.from(bytes), true, codec);
          expect(read.kind === 'sound' && read.pcm16.length % 2 === 0).toBe(true);
        },
      ),
    );
  });
});
