import { t } from '../../src/shared/i18n/i18n.ts';
import { recordPhases } from './scenarios/observe.ts';
import { playDay } from './scenarios/day.ts';
import { type DemoNumber, demoNumber } from './scenarios/number.ts';
import { screenshotsIn } from './scenarios/screenshots.ts';
import { customerOf } from './scenarios/steps.ts';
import { expect, test } from './fixture.ts';

const number = zernioNumber();
test.use({ number: number.kind, simulated: { customers: [customerOf(number)] } });

test('the demo measures what a number supports and explains what it does not', async ({
  backend,
  app,
}) => {
  const say = () => {};
  const day = await playDay({
    backend,
    app,
    number,
    phases: await recordPhases(app.window),
    say,
    screenshots: screenshotsIn(undefined, say),
  });
  const elsewhere = t('missing.answered-at-destination');
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
    inbound: { ...call, phases: ['external: ringing', 'external: talking', 'ended'] },
    outbound: {
      ...call,
      phases: ['external: dialling', 'external: ringing', 'external: talking', 'ended'],
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
