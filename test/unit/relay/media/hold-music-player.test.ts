import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COVER_AFTER_MS,
  COVER_GONE_AFTER_MS,
  HoldMusicPlayer,
} from '../../../../src/relay/media/hold-music-player.ts';
import { OutputStream } from '../../../../src/relay/media/output.ts';
import { FRAME_MS, FRAME_UNITS, HEADER_BYTES, newView } from '../../../../src/relay/media/rtp.ts';
import { newLocalTrack } from '../../../../src/relay/media/sdp-build.ts';

type Sound = 'agent' | 'hold' | 'silence';
const PAYLOAD: Readonly<Record<Sound, number>> = { agent: 1, hold: 2, silence: 3 };
const soundOf = (byte: number | undefined): Sound | undefined =>
  (['agent', 'hold', 'silence'] as const).find((sound) => PAYLOAD[sound] === byte);

/** The customer's end without real time: what goes out, and when. */
class Line {
  readonly heard: { atMs: number; sound: Sound | undefined; place: number }[] = [];
  readonly output = new OutputStream(
    {
      isConnected: true,
      sendRtp: (packet) => {
        const [sound, place = 0] = packet.subarray(HEADER_BYTES);
        this.heard.push({ atMs: this.nowMs, sound: soundOf(sound), place });
      },
    },
    newLocalTrack(),
    111,
    true,
  );
  readonly holdMusic = new HoldMusicPlayer(this.output, {
    hold: Array.from({ length: 250 }, (_, place) => Buffer.from([PAYLOAD.hold, place])),
    silence: Buffer.from([PAYLOAD.silence, 0]),
  });
  nowMs = 1000;
  private frames = 0;

  /** Advances time; the agent sends a packet in each tick for which `speaks` is true. */
  pass(ms: number, speaks: (tick: number) => boolean): this {
    for (let tick = 0; tick * FRAME_MS < ms; tick++) {
      this.frames++;
      this.nowMs += FRAME_MS / 2;
      if (speaks(tick)) this.speak();
      this.nowMs += FRAME_MS / 2;
      this.holdMusic.tick(this.nowMs);
    }
    return this;
  }

  speak(): void {
    const timestamp = this.frames * FRAME_UNITS;
    const view = { ...newView(), ssrc: 7, timestamp, payloadStart: 0, payloadEnd: 2 };
    this.output.forward(Buffer.from([PAYLOAD.agent, 0]), view, this.nowMs);
  }

  /** What was heard since a moment, without repetitions. */
  soundsSince(ms: number): (Sound | undefined)[] {
    const sounds = this.heard.filter(({ atMs }) => atMs > ms).map(({ sound }) => sound);
    return sounds.filter((sound, index) => sound !== sounds[index - 1]);
  }

  /** The longest interval in which neither agent nor hold music was heard, ms. */
  worstQuietMs(sinceMs: number): number {
    let last = sinceMs;
    let worst = 0;
    for (const { atMs, sound } of [...this.heard, { atMs: this.nowMs, sound: 'agent' as const }]) {
      if (atMs < sinceMs || sound === 'silence') continue;
      worst = Math.max(worst, atMs - last);
      last = atMs;
    }
    return worst;
  }
}

const always = () => true;
const never = () => false;

/** An agent is heard; after hold music it is one who accepts the call. */
function talking(coverAfterMs = COVER_AFTER_MS): Line {
  const line = new Line();
  line.output.attach(line);
  line.holdMusic.play('silence');
  line.holdMusic.handOffToAgent(coverAfterMs);
  return line.pass(1000, always);
}

describe('hold music for an agent whose packets stop', () => {
  it.each([
    ['whose console is there', COVER_AFTER_MS],
    ['whose console is gone', COVER_GONE_AFTER_MS],
  ])('%s starts in less than a second', (_, coverAfterMs) => {
    const line = talking(coverAfterMs);
    const died = line.nowMs;
    line.pass(2000, never);
    expect(line.soundsSince(died)).toEqual(['silence', 'hold']);
    const quiet = line.worstQuietMs(died);
    expect(quiet).toBeLessThan(1000);
    expect(Math.abs(quiet - coverAfterMs)).toBeLessThanOrEqual(FRAME_MS);
  });

  it('starts sooner once their console is gone too', () => {
    const line = talking();
    line.pass(COVER_GONE_AFTER_MS + FRAME_MS, never);
    expect(line.heard.at(-1)?.sound).toBe('silence');
    line.holdMusic.handOffToAgent(COVER_GONE_AFTER_MS);
    line.pass(FRAME_MS, never);
    expect(line.heard.at(-1)?.sound).toBe('hold');
  });

  it('stops at once when packets come back', () => {
    const line = talking().pass(2000, never);
    const back = line.nowMs;
    line.pass(500, always);
    expect(line.soundsSince(back)).toEqual(['agent']);
  });

  it('does not flap while single packets come', () => {
    const line = talking().pass(2000, never);
    const since = line.nowMs;
    line.pass(5000, (tick) => tick % 25 === 0);
    expect(line.worstQuietMs(since)).toBeLessThanOrEqual(200);
    // Heard steadily for a while, they are trusted again.
    line.pass(1500, always);
    const trusted = line.nowMs;
    line.pass(COVER_AFTER_MS - FRAME_MS, never);
    expect(line.soundsSince(trusted)).toEqual(['silence']);
  });

  it('keeps playing when the relay then puts the call on hold', () => {
    const line = talking().pass(2000, never);
    const before = line.heard.at(-1)?.place ?? 0;
    line.holdMusic.play('hold');
    line.pass(FRAME_MS, never);
    expect(line.heard.at(-1)).toMatchObject({ sound: 'hold', place: before + 1 });
  });

  it('leaves no second without sound, whatever arrives and whenever the console goes', () => {
    const packets = fc.array(fc.boolean(), { minLength: 20, maxLength: 400 });
    fc.assert(
      fc.property(packets, fc.boolean(), fc.nat(400), (come, isSteady, goneAt) => {
        const line = talking();
        const since = line.nowMs;
        line.pass(come.length * FRAME_MS, (tick) => {
          if (tick === goneAt) line.holdMusic.handOffToAgent(COVER_GONE_AFTER_MS);
          // Long intervals of each, and single packets.
          return come[isSteady ? Math.floor(tick / 60) : tick] ?? false;
        });
        expect(line.worstQuietMs(since)).toBeLessThan(1000);
      }),
    );
  });
});

describe('an agent who pauses between words', () => {
  it('gets no hold music while a muted console or discontinuous transmission still sends', () => {
    const line = talking(COVER_GONE_AFTER_MS);
    const since = line.nowMs;
    line.pass(10_000, (tick) => tick % 20 === 0);
    expect(line.soundsSince(since)).not.toContain('hold');
  });
});

describe('an agent who accepted and does not speak yet', () => {
  it('leaves the customer no second of silence, from the moment the gate opens', () => {
    const line = new Line();
    line.output.isOpen = false;
    line.output.attach(line);
    line.holdMusic.play('silence');
    line.holdMusic.handOffToAgent(COVER_AFTER_MS);
    line.pass(5000, never);
    expect(line.heard).toEqual([]);
    line.output.isOpen = true;
    const opened = line.nowMs;
    line.pass(1500, never);
    expect(line.soundsSince(opened)).toEqual(['silence', 'hold']);
    expect(line.worstQuietMs(opened)).toBeLessThan(1000);
  });
});
