import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import { endingOf, mayRun, savedName } from '../../../shared/lib/file-name.ts';
import { isolate } from '../../../shared/lib/foreign-text.ts';
import { useSeen } from '../../lib/use-seen.ts';
import { act, fetchFromMain, mayHelpAgain, queryErrorMessage } from '../../state/requests.ts';
import { usePausedOnCall } from '../../state/use-paused-on-call.ts';
import { Button } from '../../ui/button.tsx';
import css from './message-file.module.css';

type In = Extract<ContactItem, { kind: 'message-in' }>;

interface FileProps {
  item: In;
  /** The customer's name. */
  from: string;
}

/** A customer's picture, sound or video. Undefined types are not shown here. */
export function MessageFile({ item, from }: FileProps) {
  switch (item.type) {
    case 'image':
    case 'sticker':
      return <Picture item={item} from={from} />;
    case 'audio':
    case 'video':
      return <FilePlayer id={item.id} kind={kindOf(item)} from={from} />;
    default:
      return <Document item={item} />;
  }
}

/** Anything else is only saved: what it is, and the agent's choice. */
function Document({ item: { id, file } }: Pick<FileProps, 'item'>) {
  const name = savedName(file?.name);
  const kind = endingOf(name ?? '').toUpperCase() || file?.mime;
  return (
    <div className={css.document}>
      <p>
        <bdi>{name ?? t('contacts.unnamedFile')}</bdi>
        {kind !== undefined && <span className={css.kind}> {kind}</span>}
      </p>
      {name !== undefined && mayRun(name) && (
        <p className={css.problem}>{t('contacts.fileMayRun')}</p>
      )}
      <SaveFile id={id} />
    </div>
  );
}

function SaveFile({ id }: { id: string }) {
  const [isSaving, setSaving] = useState(false);
  const [saved, setSaved] = useState<{ name: string; bytes: number } | undefined>();
  const save = async () => {
    setSaving(true);
    setSaved((await act('messages.save-file', { id })) ?? undefined);
    setSaving(false);
  };
  return (
    <>
      <Button
        size="small"
        icon="export"
        blocked={isSaving ? t('contacts.savingFile') : undefined}
        onClick={() => void save()}
      >
        {t('contacts.saveFile')}
      </Button>
      <output className={css.kind}>
        {saved && t('contacts.savedFile', { name: isolate(saved.name), size: sizeOf(saved.bytes) })}
      </output>
    </>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? t('contacts.kilobytes', { number: Math.max(1, Math.round(bytes / 1000)) })
    : t('contacts.megabytes', { number: formats.number(Math.round(bytes / 100_000) / 10) });
}

/** Fetched once it is on screen. Opens in its full size. */
function Picture({ item, from }: FileProps) {
  const [ref, isSeen] = useSeen<HTMLDivElement>();
  const { blob, problem, again } = useFile(item.id, isSeen);
  const isSticker = item.type === 'sticker';
  const what = t(`contacts.fileFrom.${isSticker ? 'sticker' : 'image'}`, { name: from });
  return (
    <div ref={ref}>
      {problem !== undefined && <Problem text={problem} onAgain={again} />}
      {problem === undefined && !blob && <p className={css.waiting}>{t('contacts.fileLoading')}</p>}
      {blob && <Image blob={blob} what={what} size={isSticker ? css.sticker : css.picture} />}
    </div>
  );
}

interface ImageProps {
  blob: Blob;
  what: string;
  size: string | undefined;
}

function Image({ blob, what, size }: ImageProps) {
  const url = useObjectUrl(blob);
  return (
    <Dialog.Root>
      <Dialog.Trigger className={css.open}>
        <img className={size} src={url} alt={what} />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.scrim} />
        <Dialog.Popup className={css.popup} aria-label={what}>
          <img className={css.whole} src={url} alt={what} />
          <Dialog.Close render={<Button icon="close">{t('contacts.closePicture')}</Button>} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function kindOf({ type, voicemail, file }: In) {
  if (type === 'video') return 'video';
  return voicemail ? 'voicemail' : file?.voice ? 'voice' : 'audio';
}

interface PlayerProps {
  /** The timeline item's. */
  id: string;
  kind: 'voice' | 'voicemail' | 'audio' | 'video';
  /** The customer's name. */
  from: string;
}

/** A file that is fetched when the agent presses Play, and played at once. */
export function FilePlayer({ id, kind, from }: PlayerProps) {
  const [wanted, setWanted] = useState(false);
  const { blob, problem, isFetching, again } = useFile(id, wanted);
  if (blob) {
    const what = t(`contacts.fileFrom.${kind}`, { name: from });
    return <Player blob={blob} what={what} isVideo={kind === 'video'} />;
  }
  if (problem !== undefined) {
    return (
      <>
        <Problem text={problem} onAgain={again} />
        {!again && <SaveFile id={id} />}
      </>
    );
  }
  return (
    <Button
      size="small"
      icon="play"
      blocked={isFetching ? t('contacts.fileLoading') : undefined}
      onClick={() => setWanted(true)}
    >
      {t(`contacts.play.${kind}`)}
    </Button>
  );
}

function Player({ blob, what, isVideo }: { blob: Blob; what: string; isVideo: boolean }) {
  const url = useObjectUrl(blob);
  const video = useRef<HTMLVideoElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  usePausedOnCall(() => (video.current ?? audio.current)?.pause());
  const common = {
    controls: true,
    controlsList: 'nodownload',
    autoPlay: true,
    src: url,
    'aria-label': what,
  };
  if (isVideo) {
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what customers send has no captions
    return <video {...common} ref={video} className={css.video} />;
  }
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- what customers send has no captions
  return <audio {...common} ref={audio} className={css.audio} />;
}

interface ProblemProps {
  text: string;
  /** Missing where another attempt is of no use. */
  onAgain: (() => void) | undefined;
}

function Problem({ text, onAgain }: ProblemProps) {
  return (
    <p className={css.problem}>
      {text}{' '}
      {onAgain && (
        <Button size="small" onClick={onAgain}>
          {t('contacts.tryAgain')}
        </Button>
      )}
    </p>
  );
}

function useFile(id: string, wanted: boolean) {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['message-file', id],
    queryFn: async () => {
      const { bytes, mime } = await fetchFromMain('messages.file', { id });
      // A copy, because TypeScript allows IPC data to be shared memory.
      return new Blob([new Uint8Array(bytes)], { type: mime });
    },
    enabled: wanted,
    staleTime: Infinity,
    // Main has it on the disk.
    gcTime: 60_000,
    retryOnMount: false,
  });
  const problem = error && !isFetching ? queryErrorMessage(error).what : undefined;
  const again = error && mayHelpAgain(error) ? () => void refetch() : undefined;
  return { blob: data, problem, isFetching, again };
}

/** An address that only this window can read. Mount it anew for another file. */
function useObjectUrl(blob: Blob): string {
  const [url] = useState(() => URL.createObjectURL(blob));
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}
