import * as en from '../../../../src/shared/i18n/en/index.ts';
import { t } from '../../../../src/shared/i18n/i18n.ts';
import { describe, expect, test } from 'vitest';
import { capabilities, capabilitiesOf } from '../../../../src/shared/providers/capabilities.ts';
import { providerIds } from '../../../../src/shared/rules/data/providers.ts';

describe.each(providerIds)('capabilities of %s', (id) => {
  const { path, ...abilities } = capabilities[id];

  test('are each available or missing for a stated reason', () => {
    const words = Object.values(abilities).map((ability) =>
      ability === 'available' ? 'Available.' : t(`missing.${ability.missing}`),
    );
    expect(words.filter((one) => !/^[A-Z].*\.$/.test(one))).toEqual([]);
  });

  test('include accept unless the call is answered elsewhere', () => {
    expect(abilities.accept === 'available').toBe(path !== 'external');
    expect(abilities.preAccept === 'available').toBe(path === 'direct');
  });
});

test('every reason for a missing capability is used', () => {
  const given = providerIds.flatMap((id) =>
    Object.values(capabilities[id]).flatMap((one) =>
      typeof one === 'object' ? [one.missing] : [],
    ),
  );
  expect(Object.keys(en.missing).sort()).toEqual([...new Set<string>(given)].sort());
});

test('an account’s own setting overrides the capabilities of its provider', () => {
  for (const id of providerIds) {
    expect(capabilitiesOf({ provider: id })).toBe(capabilities[id]);
  }
  expect(capabilitiesOf({ provider: 'zernio', softphone: 'relay' })).toMatchObject({
    path: 'streamed',
    accept: 'available',
    hangUp: 'available',
  });
});
