import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  merged,
  type UsedDevices,
} from '../../../../src/shared/devices/changes.ts';
import {
  type KnownDevice,
  matches,
  move,
  preferred,
  refreshed,
  remember,
} from '../../../../src/shared/devices/preference.ts';

/** Few ids and labels, so that many devices are alike. */
const device = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  label: fc.constantFrom('Headset', 'Speaker', 'Webcam', ''),
  group: fc.constantFrom('1', '2', ''),
});
const present = fc.uniqueArray(device, { selector: ({ id }) => id });
/** As choosing one device after the other makes it. */
const order = fc
  .array(device, { maxLength: 6 })
  .map((chosen) => chosen.reduce<readonly KnownDevice[]>(remember, []));

const like = (one: KnownDevice, other: KnownDevice) =>
  one.id === other.id || (one.label !== '' && one.label === other.label);

describe('the order of preference', () => {
  it('D1 uses the best device that is there, and the default only without any', () => {
    fc.assert(
      fc.property(order, present, (order, present) => {
        const best = preferred(order, present);
        const rank = matches(order, present).findIndex((one) => one !== undefined);
        expect(best?.rank ?? -1).toBe(rank);
        // Nothing that looks like a remembered device is passed over for the default.
        const isAnyThere = order.some((known) => present.some((one) => like(known, one)));
        expect(best !== undefined).toBe(isAnyThere);
        expect(best === undefined || present.includes(best.device)).toBe(true);
      }),
    );
  });

  it('D1 takes no device for two, and one with the same id for no other', () => {
    fc.assert(
      fc.property(order, present, (order, present) => {
        const found = matches(order, present);
        const devices = found.filter((one) => one !== undefined);
        expect(new Set(devices).size).toBe(devices.length);
        for (const [rank, known] of order.entries()) {
          const same = present.find(({ id }) => id === known.id);
          expect(found[rank]).toBe(same ?? found[rank]);
        }
      }),
    );
  });

  it('D1 does not change when devices that nobody chose come and go', () => {
    fc.assert(
      fc.property(order, present, (order, present) => {
        const others = [{ id: 'other', label: 'Other', group: 'other' }];
        expect(preferred(order, [...others, ...present])).toEqual(preferred(order, present));
      }),
    );
  });

  it('D1 is the same after unplugging and replugging', () => {
    fc.assert(
      fc.property(order, present, (order, present) => {
        const renewed = refreshed(order, present);
        expect(preferred(renewed, present)?.device).toBe(preferred(order, present)?.device);
        expect(refreshed(renewed, [])).toEqual(renewed);
        expect(refreshed(renewed, present)).toEqual(renewed);
      }),
    );
  });

  it('puts a chosen device first and keeps each once', () => {
    fc.assert(
      fc.property(order, device, (order, device) => {
        const next = remember(order, device);
        expect(next[0]).toBe(device);
        expect(new Set(next.map(({ id }) => id)).size).toBe(next.length);
        expect(next.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('moves a device by one place and back', () => {
    fc.assert(
      fc.property(order, fc.nat(8), (order, index) => {
        const down = move(order, index, 1);
        expect(down.toSorted(byId)).toEqual(order.toSorted(byId));
        expect(down === order ? order : move(down, index + 1, -1)).toEqual(order);
      }),
    );
  });

  it('tells two equal headsets apart by their group', () => {
    const left = { id: 'x', label: 'Headset', group: 'left' };
    const right = { id: 'y', label: 'Headset', group: 'right' };
    const now = [
      { id: 'p', label: 'Headset', group: 'right' },
      { id: 'q', label: 'Headset', group: 'left' },
    ];
    expect(preferred([left], now)?.device.id).toBe('q');
    expect(preferred([right, left], now)?.device.id).toBe('p');
  });
});

const byId = (one: KnownDevice, other: KnownDevice) => (one.id < other.id ? -1 : 1);

describe('what is said about plugs', () => {
  const headset = { id: 'h', label: 'Headset', rank: 0 };
  const other = { id: '', label: '', rank: Infinity };
  const used = (changes: Partial<UsedDevices> = {}): UsedDevices => ({
    microphone: headset,
    speaker: headset,
    ringer: other,
    ...changes,
  });

  it('names the roles of one headset together, though they go one after the other', () => {
    const first = changesBetween(used(), used({ speaker: other }));
    const second = changesBetween(
      used({ speaker: other }),
      used({ speaker: other, microphone: other }),
    );
    expect(merged([...first, ...second])).toEqual([
      { what: 'lost', label: 'Headset', now: '', roles: ['speaker', 'microphone'] },
    ]);
  });

  it('says only how it ended when a device came back at once', () => {
    const lost = changesBetween(used(), used({ speaker: other }));
    const back = changesBetween(used({ speaker: other }), used());
    expect(merged([...lost, ...back])).toEqual([
      { what: 'back', label: 'Headset', now: 'Headset', roles: ['speaker'] },
    ]);
  });

  it('says nothing when nothing changed', () => {
    expect(changesBetween(used(), used())).toEqual([]);
  });
});
