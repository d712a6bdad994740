import { type Session, systemPreferences } from 'electron';
import type { HeadsetGrants } from './headset-grants.ts';
import type { PageOrigin } from './origin.ts';

/**
 * Our own pages may use the microphone, choose an output device, and use the headsets that the agent
 * connected. Everything else is denied.
 *
 * @param choose asks which of several headsets, by their names
 */
export function guardPermissions(
  session: Session,
  origin: PageOrigin,
  headsets: HeadsetGrants,
  choose: (names: readonly string[]) => Promise<number | undefined>,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    if (!origin.owns(details.requestingUrl)) return answer(false);
    if (permission === 'speaker-selection') return answer(true);
    if (permission !== 'media') return answer(false);
    const asked = 'mediaTypes' in details ? details.mediaTypes : undefined;
    if (!asked?.length || asked.some((type) => type !== 'audio')) return answer(false);
    if (process.platform !== 'darwin') return answer(true);
    // macOS asks the user itself, once; without this the stream would be silent.
    systemPreferences.askForMediaAccess('microphone').then(answer, () => answer(false));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    if (!origin.owns(requestingOrigin)) return false;
    if (permission === 'media') return details.mediaType !== 'video';
    // Chromium checks this name as well, though Electron's types do not list it.
    const name: string = permission;
    return name === 'speaker-selection' || name === 'hid';
  });
  session.setDevicePermissionHandler(({ deviceType, origin: asks, device }) => {
    return deviceType === 'hid' && origin.owns(asks) && 'name' in device && headsets.has(device);
  });
  session.on('select-hid-device', (event, { deviceList, frame }, answer) => {
    event.preventDefault();
    if (frame === null || !origin.owns(frame.url)) return answer(null);
    void headsets.grant(deviceList, choose).then(
      (id) => answer(id ?? null),
      () => answer(null),
    );
  });
  session.setDisplayMediaRequestHandler(null);
}
