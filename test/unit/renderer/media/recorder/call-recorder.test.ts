import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallRecorder } from '../../../../../src/renderer/media/recorder/call-recorder.ts';

/** What the page has of each browser object that was made, in order. */
const made: { recorders: FakeRecorder[]; gains: FakeNode[]; sources: FakeNode[]; closed: number } =
  {
    recorders: [],
    gains: [],
    sources: [],
    closed: 0,
  };
let refuses = false;

class FakeNode {
  gain = { value: 1 };
  readonly track: unknown;
  isConnected = false;

  constructor(track?: unknown) {
    this.track = track;
  }

  connect() {
    this.isConnected = true;
  }

  disconnect() {
    this.isConnected = false;
  }
}

class FakeRecorder extends EventTarget {
  state = 'inactive';

  constructor() {
    super();
    if (refuses) throw new DOMException('no such type', 'NotSupportedError');
    made.recorders.push(this);
  }

  start() {
    this.state = 'recording';
  }

  stop() {
    this.state = 'inactive';
    this.give('last');
    this.dispatchEvent(new Event('stop'));
  }

  give(text: string) {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([text]) }));
  }
}

beforeEach(() => {
  refuses = false;
  Object.assign(made, { recorders: [], gains: [], sources: [], closed: 0 });
  vi.stubGlobal('MediaRecorder', FakeRecorder);
  vi.stubGlobal(
    'AudioContext',
    class {
      resume = async () => undefined;
      close = async () => void made.closed++;
      createMediaStreamSource({ track }: { track: unknown }) {
        const source = new FakeNode(track);
        made.sources.push(source);
        return source;
      }
    },
  );
  vi.stubGlobal(
    'GainNode',
    class extends FakeNode {
      constructor() {
        super();
        made.gains.push(this);
      }
    },
  );
  vi.stubGlobal('MediaStreamAudioDestinationNode', class extends FakeNode {});
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly track: unknown;
      constructor([track]: readonly unknown[]) {
        this.track = track;
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

function start() {
  const chunks: string[] = [];
  const done: (string | undefined)[] = [];
  const recorder = new CallRecorder({
    chunk: (track, _atMs, bytes) => chunks.push(`${track} ${new TextDecoder().decode(bytes)}`),
    done: (why) => done.push(why),
  });
  return { recorder, chunks, done };
}
/** What the recorder does with a track is the browser's. */
class FakeTrack extends EventTarget implements MediaStreamTrack {
  contentHint = '';
  enabled = true;
  readonly id = '';
  readonly kind = 'audio';
  readonly label: string;
  readonly muted = false;
  onended = null;
  onmute = null;
  onunmute = null;
  readonly readyState = 'live';

  constructor(label: string) {
    super();
    this.label = label;
  }

  applyConstraints = async () => undefined;
  clone = () => this;
  getCapabilities = () => ({});
  getConstraints = () => ({});
  getSettings = () => ({});
  stop = () => undefined;
}
const voice = (name: string) => new FakeTrack(name);
const live = () => made.sources.filter(({ isConnected }) => isConnected).map(({ track }) => track);

describe('the recorder of a window', () => {
  it('says so where the browser cannot record, and everything after is harmless', async () => {
    refuses = true;
    const { recorder, done } = start();
    expect(done).toEqual(['codec']);
    recorder.use({ agent: voice('microphone') });
    recorder.pause(true);
    await recorder.stop();
    expect(done).toEqual(['codec']);
    expect(made.closed).toBe(1);
  });

  it('says so once when the encoder fails in the call', () => {
    const { done } = start();
    for (const one of made.recorders) one.dispatchEvent(new Event('error'));
    expect(done).toEqual(['no-recorder']);
  });

  it('goes on in the same file with another microphone, and with none', async () => {
    const { recorder, chunks, done } = start();
    const [first, second, customer] = [voice('first'), voice('second'), voice('customer')];
    recorder.use({ agent: first, customer });
    expect(live()).toEqual([first, customer]);
    recorder.use({ agent: second, customer });
    expect(live()).toEqual([customer, second]);
    recorder.use({ customer });
    expect(live()).toEqual([customer]);
    expect(made.recorders).toHaveLength(2);
    made.recorders[0]?.give('one');
    await recorder.stop();
    expect(chunks[0]).toBe('0 one');
    expect(chunks.toSorted()).toEqual(['0 last', '0 one', '1 last']);
    expect(done).toEqual([undefined]);
  });

  it('is silent at once while it is paused', () => {
    const { recorder } = start();
    recorder.pause(true);
    expect(made.gains.map(({ gain }) => gain.value)).toEqual([0, 0]);
    recorder.pause(false);
    expect(made.gains.map(({ gain }) => gain.value)).toEqual([1, 1]);
  });
});
