import { describe, expect, it } from 'vitest';
import {
  DeviceSelection,
  type DeviceChange,
  resolve,
  type UsedDevices,
} from '../../../../src/renderer/media/device-selection.ts';
import type { AudioDevice, FoundDevices } from '../../../../src/renderer/media/devices.ts';
import { settings } from '../fixtures.ts';

const device = (id: string, kind: AudioDevice['kind'], label = id): AudioDevice => ({
  id,
  kind,
  label,
});
const headset = [
  device('hs-in', 'audioinput', 'Headset'),
  device('hs-out', 'audiooutput', 'Headset'),
];
const builtIn = [device('in', 'audioinput', 'Built-in'), device('out', 'audiooutput', 'Built-in')];
const chosen = {
  ...settings,
  microphoneId: 'hs-in',
  microphoneLabel: 'Headset',
  speakerId: 'hs-out',
  speakerLabel: 'Headset',
};

/** A machine on which devices are plugged in and out. */
function machine(...first: AudioDevice[]) {
  const state = { devices: first, standard: 'built-in' };
  const used: UsedDevices[] = [];
  const news: DeviceChange[] = [];
  const learnt: string[] = [];
  const keeper = new DeviceSelection({
    find: async (): Promise<FoundDevices> => ({
      devices: state.devices,
      defaults: { audioinput: state.standard, audiooutput: state.standard },
      others: 0,
    }),
    use: (devices) => used.push(devices),
    notify: (one) => news.push(one),
    update: (role, { id, label }) => learnt.push(`${role} ${id} ${label}`),
  });
  const change = (devices: AudioDevice[], standard = state.standard) => {
    Object.assign(state, { devices, standard });
    return keeper.refresh();
  };
  return { keeper, change, used, news, learnt, now: () => used.at(-1) };
}

describe('the device selection', () => {
  it('D1 finds a device by id, else by name, else reports it missing', () => {
    const devices = [device('a', 'audioinput', 'Same'), device('b', 'audioinput', 'Same')];
    expect(resolve({ id: 'b', label: 'Same' }, devices).device?.id).toBe('b');
    expect(resolve({ id: 'old', label: 'Same' }, devices).device?.id).toBe('a');
    expect(resolve({ id: 'old', label: 'Other' }, devices)).toEqual({
      device: undefined,
      missing: true,
    });
    expect(resolve({ id: '', label: '' }, devices).missing).toBe(false);
    expect(resolve({ id: 'default', label: 'Default' }, devices).missing).toBe(false);
    expect(resolve({ id: 'gone', label: '' }, [device('c', 'audioinput', '')]).missing).toBe(true);
  });

  it('D1 uses a replugged headset again for both directions and reports it', async () => {
    const { keeper, change, news, now } = machine(...headset, ...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    expect(now()).toMatchObject({ microphone: { id: 'hs-in' }, speaker: { id: 'hs-out' } });
    await change(builtIn);
    expect(now()).toMatchObject({ microphone: { id: '' }, speaker: { id: '' } });
    await change([...builtIn, ...headset]);
    expect(now()).toMatchObject({ microphone: { id: 'hs-in' }, speaker: { id: 'hs-out' } });
    expect(news.map(({ role, what, label }) => `${role} ${what} ${label}`)).toEqual([
      'microphone lost Headset',
      'speaker lost Headset',
      'microphone back Headset',
      'speaker back Headset',
    ]);
  });

  it('D1 uses a device that is plugged in during a call', async () => {
    const { keeper, change, news, now } = machine(...builtIn);
    keeper.choose(chosen);
    await keeper.refresh();
    expect(now()?.microphone.id).toBe('');
    await change([...builtIn, ...headset]);
    expect(now()?.microphone.id).toBe('hs-in');
    expect(news.map(({ what }) => what)).toEqual(['back', 'back']);
  });

  it('D1 reopens a device that was replugged too quickly to change the list', async () => {
    const { keeper, used, now } = machine(...headset);
    keeper.choose(chosen);
    await keeper.refresh();
    const before = now()?.speaker;
    const count = used.length;
    await keeper.refresh();
    expect(used).toHaveLength(count + 1);
    expect(now()?.speaker.id).toBe(before?.id);
    expect(now()?.speaker.key).not.toBe(before?.key);
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
    keeper.choose({ ...settings, microphoneId: 'hs-in', microphoneLabel: 'Headset' });
    await keeper.refresh();
    expect(now()?.microphone.id).toBe('new-in');
    expect(learnt).toEqual(['microphone new-in Headset']);
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
});
