import { describe, expect, it } from 'vitest';
import {
  DeviceSelection,
  type OpenDevices,
} from '../../../../src/renderer/media/device-selection.ts';
import type { AudioDevice, FoundDevices } from '../../../../src/renderer/media/devices.ts';
import type { DeviceChange } from '../../../../src/shared/devices/changes.ts';
import type { KnownDevice } from '../../../../src/shared/devices/preference.ts';
import { settings } from '../fixtures.ts';

const device = (id: string, kind: AudioDevice['kind'], label = id, group = label): AudioDevice => ({
  id,
  kind,
  label,
  group,
});
const known = ({ id, label, group }: AudioDevice): KnownDevice => ({ id, label, group });
const input = device('hs-in', 'audioinput', 'Headset');
const output = device('hs-out', 'audiooutput', 'Headset');
const headset = [input, output];
const builtIn = [device('in', 'audioinput', 'Built-in'), device('out', 'audiooutput', 'Built-in')];
const chosen = { ...settings, microphones: [known(input)], speakers: [known(output)] };

/** A machine on which devices are plugged in and out, a minute after each other. */
function machine(...first: AudioDevice[]) {
  return lingering(0, ...first);
}

/** The same, where the sound server keeps streams of a device that is gone. */
function lingering(lingerMs: number, ...first: AudioDevice[]) {
  const due: { at: number; task: () => void }[] = [];
  const state = { devices: first, standard: 'built-in', now: 0, lingerMs };
  const used: OpenDevices[] = [];
  const news: DeviceChange[] = [];
  const learnt: string[] = [];
  const keeper = new DeviceSelection({
    find: async (): Promise<FoundDevices> => ({
      devices: state.devices,
      defaults: { audioinput: state.standard, audiooutput: state.standard },
      others: 0,
    }),
    use: (devices) => used.push(devices),
    notify: (changes) => news.push(...changes),
    update: (role, order) => learnt.push(`${role} ${order.map(({ id }) => id).join()}`),
    now: () => state.now,
    later: (task, ms) => due.push({ at: state.now + ms, task }),
    lingerMs: () => state.lingerMs,
  });
  const change = (devices: AudioDevice[], standard = state.standard, after = 60_000) => {
    Object.assign(state, { devices, standard, now: state.now + after });
    return keeper.refresh();
  };
  /** Lets time pass, in ms. */
  const pass = async (ms: number) => {
    state.now += ms;
    for (const { at, task } of due.splice(0)) {
      if (at <= state.now) task();
      else due.push({ at, task });
    }
    await Promise.resolve();
    await Promise.resolve();
  };
  return { state, keeper, change, pass, used, news, learnt, now: () => used.at(-1) };
}

describe('the device selection', () => {
  it('D1 uses a replugged headset again for both directions and reports it', async () => {
    const { keeper, change, news, now } = machine(...headset, ...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    expect(now()).toMatchObject({ microphone: { id: 'hs-in' }, speaker: { id: 'hs-out' } });
    await change(builtIn);
    expect(now()).toMatchObject({ microphone: { id: '' }, speaker: { id: '' } });
    await change([...builtIn, ...headset]);
    expect(now()).toMatchObject({ microphone: { id: 'hs-in' }, speaker: { id: 'hs-out' } });
    expect(news).toEqual([
      { what: 'lost', label: 'Headset', roles: ['microphone', 'speaker'], now: '' },
      { what: 'back', label: 'Headset', roles: ['microphone', 'speaker'], now: 'Headset' },
    ]);
  });

  it('D1 uses a device that is plugged in during a call', async () => {
    const { keeper, change, news, now } = machine(...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    expect(now()?.microphone.id).toBe('');
    await change([...builtIn, ...headset]);
    expect(now()?.microphone.id).toBe('hs-in');
    expect(news.map(({ what }) => what)).toEqual(['back']);
  });

  it('D1 reopens a device that was replugged too quickly to change the list', async () => {
    const { keeper, change, used, now } = machine(...headset);
    keeper.choose(chosen);
    await keeper.refresh();
    const before = now()?.speaker;
    const count = used.length;
    await change(headset);
    expect(used).toHaveLength(count + 1);
    expect(now()?.speaker.id).toBe(before?.id);
    expect(now()?.speaker.key).not.toBe(before?.key);
  });

  it('D1 opens a device once, however often the browser reports one plug', async () => {
    const { keeper, change, used } = machine(...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    const count = used.length;
    await change([...builtIn, ...headset]);
    await change([...builtIn, ...headset], undefined, 5);
    await change([...builtIn, ...headset], undefined, 200);
    expect(used).toHaveLength(count + 1);
  });

  it('D1 leaves a device alone when others come and go', async () => {
    const { keeper, change, used } = machine(...headset);
    keeper.choose(chosen);
    await keeper.refresh();
    const count = used.length;
    await change([...headset, ...builtIn]);
    expect(used).toHaveLength(count);
  });

  it('D1 recognises a device with a new id by name and stores the id', async () => {
    const { keeper, learnt, now } = machine(device('new-in', 'audioinput', 'Headset'));
    keeper.choose({ ...settings, microphones: [known(input)] });
    await keeper.refresh();
    expect(now()?.microphone.id).toBe('new-in');
    expect(learnt).toEqual(['microphone new-in']);
  });

  it('D1 follows the system default to another device', async () => {
    const { keeper, change, now } = machine(...builtIn);
    keeper.choose(settings);
    await keeper.refresh();
    const before = now()?.microphone.key;
    await change([...builtIn, ...headset], 'headset');
    expect(now()?.microphone).not.toMatchObject({ key: before });
    expect(now()?.microphone.id).toBe('');
  });

  it('D1 waits with an output, not a microphone, until nothing lingers of it', async () => {
    const { keeper, change, pass, now, news } = lingering(5000, ...headset, ...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    await change(builtIn);
    await change([...builtIn, ...headset], undefined, 2000);
    expect(now()).toMatchObject({ microphone: { id: 'hs-in' }, speaker: { id: '' } });
    await pass(2000);
    expect(now()?.speaker.id).toBe('');
    await pass(1100);
    expect(now()?.speaker.id).toBe('hs-out');
    expect(news.at(-1)).toMatchObject({ what: 'back', roles: ['speaker'] });
    // Gone for longer than that: at once.
    await change(builtIn);
    await change([...builtIn, ...headset], undefined, 8000);
    expect(now()?.speaker.id).toBe('hs-out');
  });

  it('D1 uses an output at once when its sound returns with it', async () => {
    const { state, keeper, change, now } = lingering(5000, ...headset, ...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    await change(builtIn);
    // Main says so with the plug.
    state.lingerMs = 0;
    await change([...builtIn, ...headset], undefined, 200);
    expect(now()?.speaker.id).toBe('hs-out');
  });

  it('says nothing about devices that the agent chooses', async () => {
    const { keeper, news } = machine(...headset, ...builtIn);
    keeper.choose(settings);
    await keeper.refresh();
    keeper.choose(chosen);
    await keeper.refresh();
    expect(news).toEqual([]);
  });
});
