import { describe, expect, test } from 'vitest';
import {
  capabilities,
  capabilitiesOf,
  missingWords,
} from '../../../../src/shared/providers/capabilities.ts';
import { providerIds } from '../../../../src/shared/rules/data/providers.ts';

describe.each(providerIds)('%s', (id) => {
  const { media, ...abilities } = capabilities[id];

  test('says of everything that it can, or why not', () => {
    const words = Object.values(abilities).map((ability) =>
      ability === 'available' ? 'Available.' : missingWords[ability.missing],
    );
    expect(words.filter((one) => !/^[A-Z].*\.$/.test(one))).toEqual([]);
  });

  test('needs an answer here unless somebody else gives it', () => {
    expect(abilities.accept === 'available').toBe(media !== 'bridged');
    expect(abilities.preAccept === 'available').toBe(media === 'webrtc');
  });
});

test('every reason is somebody’s', () => {
  const given = providerIds.flatMap((id) =>
    Object.values(capabilities[id]).flatMap((one) =>
      typeof one === 'object' ? [one.missing] : [],
    ),
  );
  expect(Object.keys(missingWords).sort()).toEqual([...new Set<string>(given)].sort());
});

test('a number is what its kind is, unless its account says more', () => {
  for (const id of providerIds) {
    expect(capabilitiesOf({ provider: id })).toBe(capabilities[id]);
  }
  expect(capabilitiesOf({ provider: 'zernio', softphone: 'relay' })).toMatchObject({
    media: 'server-pcm',
    accept: 'available',
    hangUp: 'available',
  });
});
