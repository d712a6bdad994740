import { expect, test, vi } from 'vitest';
import { HeadsetGrants, type OfferedDevice } from '../../../../src/main/windows/headset-grants.ts';

const device = (
  productId: number,
  collections?: readonly { usagePage: number }[],
): OfferedDevice => ({
  deviceId: `device-${productId}`,
  name: `Headset ${productId}`,
  vendorId: 0x0b0e,
  productId,
  collections,
});
const telephony = [{ usagePage: 0x0c }, { usagePage: 0x0b }];
const keyboard = [{ usagePage: 0x01 }];

function open(granted: { vendorId: number; productId: number }[] = []) {
  const write = vi.fn<(granted: readonly object[]) => boolean>();
  return { grants: new HeadsetGrants({ read: () => granted, write }), write };
}

test('the only headset is granted without a question, and remembered', async () => {
  const { grants, write } = open();
  expect(grants.has(device(1, telephony))).toBe(false);
  const choose = vi.fn<() => Promise<undefined>>();
  const id = await grants.grant([device(1, telephony), device(2, keyboard)], choose);
  expect(id).toBe('device-1');
  expect(choose).not.toHaveBeenCalled();
  expect(grants.has(device(1, telephony))).toBe(true);
  expect(write).toHaveBeenCalledWith([{ vendorId: 0x0b0e, productId: 1 }]);
});

test('the agent chooses among several, or none', async () => {
  const { grants, write } = open();
  const both = [device(1), device(2)];
  expect(await grants.grant(both, async () => undefined)).toBeUndefined();
  expect(write).not.toHaveBeenCalled();
  expect(await grants.grant(both, async (names) => names.indexOf('Headset 2'))).toBe('device-2');
  expect(grants.has(device(1))).toBe(false);
});

test('nothing but a headset is granted, though it was once', async () => {
  const { grants } = open([{ vendorId: 0x0b0e, productId: 1 }]);
  expect(grants.has(device(1, telephony))).toBe(true);
  expect(grants.has(device(1, keyboard))).toBe(false);
  expect(await grants.grant([device(3, keyboard)], async () => 0)).toBeUndefined();
  expect(await grants.grant([], async () => 0)).toBeUndefined();
});
