import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { d360ErrorOf } from '../../../../src/shared/providers/d360/api.ts';
import { analyticsAnswer } from '../../../../src/shared/providers/meta/analytics.ts';
import {
  messageAnswer,
  metaErrorOf,
  placedAnswer,
  successAnswer,
} from '../../../../src/shared/providers/meta/api.ts';
import { mediaAnswer } from '../../../../src/shared/providers/meta/media.ts';
import { permissionAnswer } from '../../../../src/shared/providers/meta/permission.ts';
import { settingsAnswer } from '../../../../src/shared/providers/meta/settings.ts';
import {
  pilotDoneAnswer,
  pilotErrorOf,
  pilotListAnswer,
  pilotPlacedAnswer,
  realtimeAnswer,
} from '../../../../src/shared/providers/pilot-status/api.ts';
import { pilotCall } from '../../../../src/shared/providers/pilot-status/call-events.ts';
import {
  zernioConfigAnswer,
  zernioListAnswer,
  zernioPlacedAnswer,
  zernioRecordingAnswer,
} from '../../../../src/shared/providers/zernio/api.ts';
import { zernioEstimate } from '../../../../src/shared/providers/zernio/billing.ts';
import { zernioErrorOf } from '../../../../src/shared/providers/zernio/read-error.ts';
import { type VendorFolder, vendorSample, vendorSamples } from '../../../helpers/vendor.ts';

/** Reads a body by a schema; throws if it does not match. */
const reading =
  (schema: z.ZodType) =>
  (body: unknown): unknown =>
    schema.parse(body);

const read = {
  'meta-answers': {
    connect: [reading(placedAnswer), { calls: [{ id: 'wacid.bic' }] }],
    action: [reading(successAnswer), { success: true }],
    'permission-temporary': [reading(permissionAnswer), { permission: { status: 'temporary' } }],
    'permission-none': [reading(permissionAnswer), { permission: { status: 'no_permission' } }],
    settings: [reading(settingsAnswer), { calling: { status: 'ENABLED' } }],
    message: [reading(messageAnswer), { messages: [{ id: 'wamid.1' }] }],
    analytics: [reading(analyticsAnswer), {}],
    media: [reading(mediaAnswer), { bytes: 303833 }],
    error: [(body) => metaErrorOf(401, body), { code: '138006' }],
  },
  'd360-answers': {
    connect: [reading(placedAnswer), { calls: [{ id: 'wacid.bic' }] }],
    error: [(body) => d360ErrorOf(400, body), { message: 'No approved call permission' }],
  },
  'pilot-status-answers': {
    call: [reading(pilotCall), { id: 'call_01A' }],
    list: [reading(pilotListAnswer), { calls: [{ id: 'call_01A' }] }],
    dial: [reading(pilotPlacedAnswer), { id: 'call_01A', externalCallId: 'wacid.A' }],
    accept: [reading(pilotDoneAnswer), {}],
    'realtime-session': [reading(realtimeAnswer), { expiresInSeconds: 120 }],
    error: [(body) => pilotErrorOf(400, body), { code: 'FEATURE_NOT_SUPPORTED' }],
  },
  'zernio-answers': {
    configuration: [
      reading(zernioConfigAnswer),
      { callingEnabled: true, phoneNumberDocId: 'pn_1' },
    ],
    dial: [reading(zernioPlacedAnswer), { callId: 'call_1' }],
    list: [reading(zernioListAnswer), { calls: [{ status: 'ended' }] }],
    estimate: [reading(zernioEstimate), { country: 'BR', perMinute: '0.0336' }],
    recording: [reading(zernioRecordingAnswer), { url: 'https://example.com/secret' }],
    error: [(body) => zernioErrorOf(429, body, 'dial'), { code: '138006' }],
    'error-plain': [(body) => zernioErrorOf(409, body, 'dial'), { code: 'dial-409' }],
  },
} as const satisfies Partial<
  Record<VendorFolder, Record<string, readonly [(body: unknown) => unknown, object]>>
>;

describe.each(Object.entries(read))('vendor samples of %s', (folder, readers) => {
  const known = (['meta', 'd360', 'pilot-status', 'zernio'] as const)
    .map((vendor) => `${vendor}-answers` as const)
    .find((one) => one === folder);
  if (!known) throw new Error(`no folder ${folder}`);

  it.each(Object.entries(readers))('include %s, which is read', (name, [reader, expected]) => {
    expect(reader(vendorSample(known, name))).toMatchObject(expected);
  });

  it('each have a reader', () => {
    expect(Object.keys(readers).toSorted()).toEqual(
      vendorSamples(known)
        .map(({ name }) => name)
        .toSorted(),
    );
  });
});
