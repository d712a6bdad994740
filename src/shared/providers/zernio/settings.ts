import type { z } from 'zod';
import type { NumberSettings, SettingsChange } from '../number-settings.ts';
import type { Changing, zernioConfigAnswer } from './api.ts';

/**
 * Zernio's calling configuration as the settings the console shows
 * (docs/providers/zernio.md#configuration).
 */
export function settingsOf(config: z.infer<typeof zernioConfigAnswer>): NumberSettings {
  return {
    calling: config.callingEnabled,
    iconCountries: config.callIconCountries ?? [],
    forwarding: {
      to: config.forwardTo,
      recording: config.recordingEnabled,
      sipUsername: config.sipAuthUsername,
      sipPasswordSet: config.sipAuthPasswordConfigured,
      maxCallSeconds: config.maxCallDurationSeconds,
      callerId: config.forwardCallerId,
    },
    deepLink: config.callDeepLink,
    outboundDisabled: config.outboundDisabled,
  };
}

/** The fields of a change. No countries means all, which Zernio writes as null. */
export function changingOf({
  iconCountries,
  forwarding = {},
}: Pick<SettingsChange, 'iconCountries' | 'forwarding'>): Changing {
  const { to, recording, sipUsername, sipPassword, maxCallSeconds, callerId } = forwarding;
  return {
    ...(to !== undefined && { forwardTo: to }),
    ...(recording !== undefined && { recordingEnabled: recording }),
    ...(sipUsername !== undefined && { sipAuthUsername: sipUsername }),
    ...(sipPassword !== undefined && { sipAuthPassword: sipPassword }),
    ...(iconCountries !== undefined && {
      callIconCountries: iconCountries.length === 0 ? null : iconCountries,
    }),
    ...(maxCallSeconds !== undefined && { maxCallDurationSeconds: maxCallSeconds }),
    ...(callerId !== undefined && { forwardCallerId: callerId }),
  };
}
