import type { IncomingMessage, ServerResponse } from 'node:http';
import { t } from '../../shared/i18n/i18n.ts';
import { sendError } from '../http/responses.ts';
import type { Member } from '../store/agent-store.ts';
import { memberOf, type RecordingRoutePorts } from './route.ts';

/** The admin's own words before a recording: an Ogg Opus file. */
export interface AnnouncementFile {
  sha256: string;
  bytes: Uint8Array;
}

interface Ports extends Pick<RecordingRoutePorts, 'authenticate' | 'mayUse'> {
  /** By account. */
  announcements: ReadonlyMap<string, AnnouncementFile>;
}

/** Serves an account's announcement to the consoles that have the number: `/v1/announcements/ACCOUNT`. */
export function createAnnouncementRoute({ announcements, authenticate, mayUse }: Ports) {
  return async (
    accountId: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const member: Member | undefined = await memberOf(request, response, authenticate);
    if (!member) return;
    const file = mayUse(member, accountId) ? announcements.get(accountId) : undefined;
    if (!file) return sendError(response, 404, 'not-found', t('relay.nothingHere'));
    response.writeHead(200, {
      'content-type': 'audio/ogg',
      'content-length': file.bytes.length,
      'cache-control': 'no-store',
    });
    response.end(file.bytes);
  };
}
