import { type Session, systemPreferences } from 'electron';
import type { PageOrigin } from './origin.ts';

/** Our own pages may use the microphone and choose an output device. Everything else is denied. */
export function guardPermissions(session: Session, origin: PageOrigin): void {
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
    return name === 'speaker-selection';
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
}
