import { t } from '../../shared/i18n/i18n.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { clip, oneLine } from '../../shared/lib/foreign-text.ts';
import { partyLabel } from '../../shared/lib/party-name.ts';
import { isEngaging } from '../../shared/call/model.ts';
import type { News } from './news.ts';

const TEXT_LENGTH = 120;

/** What is shown and played for a piece of news. */
export interface Announcement {
  title: string;
  body: string;
  /** Not during a call: the agent listens to somebody. */
  sound: boolean;
}

/** How news is announced now; undefined if the agent does not want to be disturbed. */
export function announcementOf(
  news: News,
  { presence, settings, calls }: Pick<Snapshot, 'presence' | 'settings' | 'calls'>,
): Announcement | undefined {
  if (presence.dnd || !settings.announceMessages) return undefined;
  const sound = !calls.some(({ phase }) => isEngaging(phase.name));
  switch (news.kind) {
    case 'message': {
      const name = partyLabel(news.party) || t('desktop.unknownCaller');
      const body = clip(oneLine(news.text ?? ''), TEXT_LENGTH);
      return { title: t('desktop.wrote', { name }), body, sound };
    }
    case 'messages':
      return { title: t('desktop.wroteWhileAway', { count: news.customers }), body: '', sound };
    case 'callback': {
      const name = partyLabel(news.party) || t('desktop.unknownCaller');
      return { title: t('desktop.callbackDue', { name }), body: '', sound };
    }
    default:
      return assertNever(news, 'news');
  }
}

/** What the announcer needs, once all of it is there. */
interface AnnouncerPorts {
  snapshot: () => Snapshot;
  say: (what: { title: string; body: string }) => Promise<boolean>;
  playSound: () => void;
}

/** Announces news outside the windows: a notification, and a sound. */
export class Announcer {
  #ports: AnnouncerPorts | undefined;

  /** Announces from now on. */
  start(ports: AnnouncerPorts): void {
    this.#ports = ports;
  }

  readonly announce = (news: News): void => {
    if (!this.#ports) return;
    const { snapshot, say, playSound } = this.#ports;
    const found = announcementOf(news, snapshot());
    if (!found) return;
    const { title, body, sound } = found;
    void say({ title, body });
    if (sound) playSound();
  };
}
