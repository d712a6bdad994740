import { t } from '../../shared/i18n/i18n.ts';
import { oggOpusSeconds } from '../../shared/lib/ogg-opus.ts';
import { ANNOUNCEMENT_SECONDS } from '../../shared/providers/number-settings.ts';
import type { Provider } from '../calls/ports.ts';
import { notOffered, orProviderRefusal } from '../refusal.ts';

/**
 * Uploads what callers hear before they leave a message. The window made the file, but what is sent
 * to a provider is checked here.
 *
 * @returns the provider's id of it
 * @throws Refusal
 */
export async function uploadAnnouncement(
  { uploadAnnouncement: upload }: Pick<Provider, 'uploadAnnouncement'>,
  sound: Uint8Array,
): Promise<string> {
  if (!upload) throw notOffered(t('notOffered.announcement'));
  const seconds = oggOpusSeconds(sound);
  if (seconds === undefined || seconds === 0)
    throw notOffered(t('numbers.announcements.unreadable'));
  if (seconds >= ANNOUNCEMENT_SECONDS) throw notOffered(t('numbers.announcements.tooLong'));
  return orProviderRefusal(await upload(sound)).mediaId;
}
