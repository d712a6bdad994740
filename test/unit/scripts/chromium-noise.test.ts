import { describe, expect, it } from 'vitest';
import { isNoise } from '../../../scripts/runtime/chromium-noise.mjs';

describe('what a start prints', () => {
  it.each([
    '[4711:1129/101500.123456:ERROR:gpu/ipc/service/gpu_init.cc(523)] Passthrough is not supported',
    '[4711:1129/101500.123456:ERROR:object_proxy.cc(590)] Failed to call method: org.freedesktop.DBus',
    '[12:1129/101500.1:WARNING:viz_main_impl.cc(85)] VizNullHypothesis is disabled',
    '(electron:4711): Gtk-WARNING **: 10:15:00.123: Theme parsing error',
    '(ringdesk:1): dbind-WARNING **: 10:15:00.123: Could not register with accessibility bus',
    'Gtk-Message: 10:15:00.123: Failed to load module "canberra-gtk-module"',
    // A computer without a sound card.
    "ALSA lib confmisc.c:855:(parse_card) cannot find card '0'",
    'ALSA lib pcm.c:2666:(snd_pcm_open_noupdate) Unknown PCM default',
    // Drawing without a graphics card.
    'MESA-LOADER: failed to open swrast: driver not found',
    'libEGL warning: DRI2: failed to authenticate',
    'libva error: vaGetDriverNames() failed with unknown libva error',
  ])('leaves out Chromium’s own line %s', (line) => {
    expect(isNoise(line)).toBe(true);
  });

  it.each([
    'Ringdesk cannot start',
    'Error: listen EADDRINUSE: address already in use 127.0.0.1:8787',
    '[4711:1129/101500.123456:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox!',
    '[not chromium] something of ours',
    '',
  ])('shows %s', (line) => {
    expect(isNoise(line)).toBe(false);
  });
});
