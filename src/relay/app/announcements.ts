import { readFileSync } from 'node:fs';
import type { RelayConfig } from '../config/schema.ts';
import { readAnnouncement } from '../media/recorder/own-announcement.ts';
import type { AnnouncementFile } from '../recordings/announcement-route.ts';

/**
 * Reads what customers hear before a recording in place of our words, by account.
 *
 * @throws Error that says which file cannot be played, and why
 */
export function readAnnouncements({
  recording: { announcements = {} },
}: Pick<RelayConfig, 'recording'>): ReadonlyMap<string, AnnouncementFile> {
  return new Map(
    Object.entries(announcements).map(([account, file]) => {
      const read = readAnnouncement(file);
      if (!read.ok) throw new Error(`recording.announcements.${account}: ${read.why}`);
      return [account, { sha256: read.sha256, bytes: readFileSync(file) }];
    }),
  );
}
