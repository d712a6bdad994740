import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import { clockTime } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import {
  makeAnnouncement,
  type Announcement,
  type AnnouncementProblem,
} from '../../../media/announcement.ts';
import { mediaMessage } from '../../../messages/media.ts';
import { useLive } from '../../../state/live.ts';
import { Button } from '../../../ui/button.tsx';
import { useRecorder } from './use-recorder.ts';
import css from './number.module.css';

interface AnnouncementProps {
  /** Whether the provider has one. */
  isSet: boolean;
  /** A new one, not saved yet. */
  made: Announcement | undefined;
  onMade: (made: Announcement | undefined) => void;
}

/** What callers hear before they leave a message: chosen as a file, or recorded here. */
export function AnnouncementField({ isSet, made, onMade }: AnnouncementProps) {
  const file = useRef<HTMLInputElement>(null);
  const microphoneId = useLive(({ devices }) => devices.microphone.id);
  const [problem, setProblem] = useState<AnnouncementProblem>();
  const [isBusy, setBusy] = useState(false);
  const take = async (sound: Blob) => {
    setBusy(true);
    setProblem(undefined);
    const read = await makeAnnouncement(sound);
    setBusy(false);
    if (read.ok) onMade(read.value);
    else setProblem(read.error);
  };
  const { recording, failed, start } = useRecorder(microphoneId, (sound) => void take(sound));
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = target.files ?? [];
    // Otherwise the same file could not be chosen again.
    target.value = '';
    if (chosen) void take(chosen);
  };
  const isWaiting = isBusy ? t('numbers.announcements.converting') : undefined;
  return (
    <fieldset className={css.announcement} aria-label={t('numbers.announcements.name')}>
      <p>
        {t('numbers.announcements.name')}:{' '}
        {made
          ? t('numbers.announcements.new', { length: clockTime(Math.round(made.seconds)) })
          : t(isSet ? 'numbers.announcements.set' : 'numbers.announcements.none')}
      </p>
      <p className={css.quiet}>{t('numbers.announcements.note')}</p>
      {made && <Listen key={made.seconds} made={made} />}
      <div className={css.buttons}>
        {recording ? (
          <>
            <Button look="bad" onClick={recording.stop}>
              {t('numbers.announcements.stop')}
            </Button>
            <Recorded since={recording.since} />
          </>
        ) : (
          <>
            <Button icon="mic" blocked={isWaiting} onClick={start}>
              {t('numbers.announcements.record')}
            </Button>
            <Button blocked={isWaiting} onClick={() => file.current?.click()}>
              {t('numbers.announcements.choose')}
            </Button>
          </>
        )}
      </div>
      <input ref={file} type="file" accept="audio/*" hidden onChange={choose} />
      <div aria-live="polite">
        {problem && <p className={css.bad}>{t(`numbers.announcements.${problem}`)}</p>}
        {failed && (
          <p className={css.bad}>
            {mediaMessage(failed).what}. {mediaMessage(failed).next}
          </p>
        )}
      </div>
    </fieldset>
  );
}

/** How long the recording is already. */
function Recorded({ since }: { since: number }) {
  const now = useNow(500);
  return (
    <span className="num" role="timer">
      {clockTime(Math.max(0, Math.round((now - since) / 1000)))}
    </span>
  );
}

/** As callers will hear it. */
function Listen({ made }: { made: Announcement }) {
  const [url] = useState(() => URL.createObjectURL(new Blob([made.bytes], { type: 'audio/ogg' })));
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- the agent's own announcement
    <audio
      className={css.player}
      controls
      controlsList="nodownload"
      src={url}
      aria-label={t('numbers.announcements.name')}
    />
  );
}
