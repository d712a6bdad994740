import { describe, expect, it } from 'vitest';
import { type HeadsetView, Headsets } from '../../../../src/renderer/media/headset.ts';
import { type HeadsetAction, quiet } from '../../../../src/shared/headset/control.ts';
import { FakeHid, FakeHidDevice } from '../../../fakes/hid.ts';

/** Byte values of report descriptors, HID 1.11 section 6.2.2. */
const page = (number: number) => [0x05, number];
const usages = (...ids: number[]) => ids.flatMap((id) => [0x09, id]);
const bits = (size: number, count: number) => [0x75, size, 0x95, count];
const report = (id: number) => [0x85, id];
const input = (flags: number) => [0x81, flags];
const output = (flags: number) => [0x91, flags];
const collection = (...parts: number[][]) => [0xa1, 0x01, ...parts.flat(), 0xc0];
const headset = (...parts: number[][]) =>
  [page(0x0b), usages(0x05), collection([0x15, 0x00, 0x25, 0x01], ...parts)].flat();
const DATA = 0x02;
const RELATIVE = 0x06;
const PADDING = 0x03;

/**
 * Gigaset's headsets and dongles, as their maker documents them: report 2 has hook, busy, line,
 * mute, flash, redial, speed dial and reject; the lights are off-hook, mute, ring, hold,
 * microphone, on-line and ringer (teamwork.gigaset.com, "HID Usage Tables").
 */
const gigaset = headset(
  report(2),
  usages(0x20, 0x97, 0x2a),
  bits(1, 3),
  input(0x22),
  usages(0x2f, 0x21, 0x24, 0x50),
  bits(1, 4),
  input(RELATIVE),
  page(0x09),
  usages(0x07),
  bits(1, 1),
  input(DATA),
  bits(1, 8),
  input(PADDING),
  page(0x08),
  usages(0x17, 0x09, 0x18, 0x20, 0x21, 0x2a),
  bits(1, 6),
  output(0x22),
  page(0x0b),
  usages(0x9e),
  bits(1, 1),
  output(0x22),
  bits(1, 9),
  output(PADDING),
);

/** A conference speaker that marks all that it sends as constant, and one light per report. */
const speakerphone = [
  ...page(0x0c),
  ...usages(0x01),
  ...collection(report(1), usages(0xe9, 0xea), bits(1, 8), input(0x42)),
  ...headset(
    report(5),
    bits(1, 5),
    input(PADDING),
    usages(0x20, 0x2f),
    bits(1, 2),
    input(0x23),
    page(0x08),
    report(9),
    usages(0x09),
    bits(1, 1),
    output(0x22),
    bits(1, 7),
    output(PADDING),
    report(0x17),
    usages(0x17),
    bits(1, 1),
    output(0x22),
    bits(1, 7),
    output(PADDING),
  ),
];

/** Buttons as numbers in one byte. */
const arrayed = headset([0x15, 0x01, 0x25, 0x02], usages(0x20, 0x2f), bits(8, 1), [0x81, 0x04]);

const settled = () => new Promise((resolve) => setImmediate(resolve));
const ringing = { ...quiet, ringing: true };
const talking = { ...quiet, engaged: true };

async function desk(descriptor: readonly number[]) {
  const hid = new FakeHid();
  const device = new FakeHidDevice('Headset', descriptor);
  hid.granted.push(device);
  const actions: HeadsetAction[] = [];
  const state = { now: 1000, views: [] as readonly HeadsetView[] };
  const headsets = new Headsets({
    hid,
    act: (action) => actions.push(action),
    changed: (views) => (state.views = views),
    now: () => state.now,
  });
  await headsets.start();
  const calls = async (now: typeof quiet, later = 1000) => {
    state.now += later;
    headsets.setCalls(now);
    await settled();
  };
  return { hid, device, headsets, actions, calls, state };
}

describe('a headset’s buttons and lights', () => {
  it('rings, answers by lifting, lights up, and hangs up by laying down', async () => {
    const { device, actions, calls, state } = await desk(gigaset);
    expect(state.views).toEqual([
      { name: 'Headset', controls: ['hook', 'mute', 'reject'], hasMuteLight: true, failed: false },
    ]);
    await calls(ringing);
    expect(device.sent.at(-1)).toBe('2: 01000100 00000000');
    device.press(2, 0b1, 0);
    expect(actions).toEqual([{ do: 'accept' }]);
    await calls(talking);
    expect(device.sent.at(-1)).toBe('2: 00000001 00000000');
    device.press(2, 0b1, 0);
    device.press(2, 0b0, 0);
    expect(actions).toEqual([{ do: 'accept' }, { do: 'hang-up' }]);
    await calls(quiet);
    expect(device.sent.at(-1)).toBe('2: 00000000 00000000');
  });

  it('does not take an acknowledgement of what was clicked for a press', async () => {
    const { device, actions, calls } = await desk(gigaset);
    await calls(talking);
    device.press(2, 0b1, 0);
    await calls(quiet);
    device.press(2, 0b0, 0);
    expect(actions).toEqual([]);
  });

  it('declines with its reject button, and only what rings', async () => {
    const { device, actions, calls } = await desk(gigaset);
    device.press(2, 0b1000_0000, 0);
    device.press(2, 0, 0);
    await calls(ringing);
    device.press(2, 0b1000_0000, 0);
    device.press(2, 0, 0);
    expect(actions).toEqual([{ do: 'decline' }]);
  });

  it('mutes with each press of its button and shows it, but does not answer its own echo', async () => {
    const { device, actions, calls, state } = await desk(gigaset);
    await calls(talking);
    const press = () => {
      device.press(2, 0b1001, 0);
      device.press(2, 0b0001, 0);
    };
    press();
    expect(actions).toEqual([{ do: 'mute', muted: true }]);
    await calls({ ...talking, muted: true }, 20);
    expect(device.sent.at(-1)).toBe('2: 00000011 00000000');
    // Pressed again at once: that is the agent.
    press();
    expect(actions.at(-1)).toEqual({ do: 'mute', muted: false });
    await calls(talking, 20);
    // Muted on the screen: some headsets acknowledge the light with a press.
    await calls({ ...talking, muted: true });
    state.now += 50;
    press();
    expect(actions).toHaveLength(2);
  });

  it('follows a mute switch, whatever it is marked as', async () => {
    const { device, actions, calls } = await desk(speakerphone);
    await calls(talking);
    expect(device.sent.slice(-2)).toEqual(['9: 00000000', '23: 00000001']);
    device.press(5, 0b0110_0000);
    expect(actions).toEqual([{ do: 'mute', muted: true }]);
    await calls({ ...talking, muted: true }, 20);
    device.press(5, 0b0110_0000);
    device.press(5, 0b0010_0000);
    expect(actions.at(-1)).toEqual({ do: 'mute', muted: false });
    // The volume keys are in another collection.
    device.press(1, 0xff);
    expect(actions).toHaveLength(2);
  });

  it('reads buttons that are numbered', async () => {
    const { device, actions, calls } = await desk(arrayed);
    await calls(ringing);
    device.press(0, 1);
    device.press(0, 0);
    await calls(talking);
    device.press(0, 2);
    device.press(0, 0);
    device.press(0, 1);
    expect(actions).toEqual([{ do: 'accept' }, { do: 'mute', muted: true }, { do: 'hang-up' }]);
  });

  it('is put right when it is lifted without a call', async () => {
    const { device, actions } = await desk(gigaset);
    const sent = device.sent.length;
    device.press(2, 0b1, 0);
    await settled();
    expect(actions).toEqual([]);
    expect(device.sent.length).toBe(sent + 1);
  });

  it('is asked for, comes and goes, and says when another program has it', async () => {
    const { hid, headsets, state, calls } = await desk(gigaset);
    const [first] = hid.granted;
    if (first) hid.plug('disconnect', first);
    expect(state.views).toEqual([]);
    await calls(talking);
    const busy = new FakeHidDevice('Busy', gigaset);
    busy.refuses = true;
    hid.offered.push(busy, new FakeHidDevice('Mouse', [...page(1), ...usages(2), 0xa1, 1, 0xc0]));
    expect(await headsets.ask()).toBe(true);
    expect(state.views).toMatchObject([{ name: 'Busy', failed: true }]);
    const late = new FakeHidDevice('Late', gigaset);
    hid.plug('connect', late);
    await settled();
    expect(late.sent).toEqual(['2: 00000001 00000000']);
  });

  it('does nothing on reports that are too short', async () => {
    const { device, actions, calls } = await desk(gigaset);
    await calls(ringing);
    device.press(2);
    device.press(77, 1);
    expect(actions).toEqual([]);
  });
});
