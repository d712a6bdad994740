import { notePhases } from '../../scripts/demo/console.ts';
import { playDay } from '../../scripts/demo/day.ts';
import { type DemoNumber, demoNumber } from '../../scripts/demo/number.ts';
import { photographs } from '../../scripts/demo/photographs.ts';
import { customerOf } from '../../scripts/demo/scenes.ts';
import { missingWords } from '../../src/shared/providers/capabilities.ts';
import { expect, test } from './fixture.ts';

const number = zernioNumber();
test.use({ number: number.kind, simulated: { customers: [customerOf(number)] } });

test('the demo measures what a number can do, and says why it cannot do the rest', async ({
  world,
  desk,
}) => {
  const say = () => {};
  const day = await playDay({
    world,
    desk,
    number,
    phases: await notePhases(desk.window),
    say,
    shots: photographs(undefined, say),
  });
  const elsewhere = missingWords['answered-at-destination'];
  const call = {
    ringMs: expect.any(Number),
    acceptToAudioMs: null,
    downlinkToneHz: null,
    uplinkToneHz: null,
    packetsLost: null,
    durationSeconds: expect.any(Number),
    bill: expect.objectContaining({ billable: expect.stringMatching(/^\d/) }),
    reason: {
      acceptToAudioMs: elsewhere,
      downlinkToneHz: elsewhere,
      uplinkToneHz: elsewhere,
      packetsLost: elsewhere,
    },
  };
  expect(day).toEqual({
    inbound: { ...call, phases: ['bridged: ringing', 'bridged: talking', 'ended'] },
    outbound: {
      ...call,
      phases: ['bridged: dialling', 'bridged: ringing', 'bridged: talking', 'ended'],
    },
    missed: true,
    log: { rows: 3 },
  });
});

function zernioNumber(): DemoNumber {
  const zernio = demoNumber('zernio');
  if (typeof zernio === 'string') throw new Error(zernio);
  return zernio;
}
