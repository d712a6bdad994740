import { expect, it } from 'vitest';
import { SharedFrame } from '../../../../src/relay/connections/shared-frame.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from '../../../../src/shared/protocol/versions.ts';

it('a frame that is no different for an older console is encoded once', () => {
  const frame = new SharedFrame({ type: 'skipped', cursor: 7 });
  expect(frame.bytes(PROTOCOL_VERSION).toString('utf8')).toContain('{"type":"skipped","cursor":7}');
  expect(frame.bytes(OLDEST_VERSION)).toBe(frame.bytes(PROTOCOL_VERSION));
});
