import { t } from '../../../shared/i18n/i18n.ts';
import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import type { NoteContent } from '../../../shared/ipc/notes.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { classes } from '../../lib/classes.ts';
import { dayName, lengthInWords, moment } from '../../lib/format.ts';
import { noteLabels } from '../../lib/note-labels.ts';
import { useNow } from '../../lib/use-now.ts';
import { showCall } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { partyName } from '../../lib/party.ts';
import { MessageIn, MessageOut, MessageState, Time } from './message.tsx';
import css from './contact-timeline.module.css';

interface ContactTimelineProps {
  /** Newest first, as fetched. */
  items: readonly ContactItem[];
  party: Party;
  pending: boolean;
  /** The oldest message that was unread when the agent came. */
  firstNew?: string | undefined;
  /** The agent wants to answer this message; missing where nothing can be written. */
  onReply?: ((item: Extract<ContactItem, { kind: 'message-in' }>) => void) | undefined;
  onOlder: (() => void) | undefined;
}

/** A person's timeline, newest at the bottom as in a chat. */
export function ContactTimeline(props: ContactTimelineProps) {
  const { items, party, pending, firstNew, onReply, onOlder } = props;
  return (
    <div className={css.scroll}>
      {items.length === 0 && !pending && <p>{t('contacts.nothing')}</p>}
      {onOlder && (
        <Button look="quiet" size="small" onClick={onOlder}>
          {t('contacts.older')}
        </Button>
      )}
      {items.length > 0 && <TimelineItems {...{ items, party, firstNew, onReply }} />}
    </div>
  );
}

type ItemsProps = Pick<ContactTimelineProps, 'items' | 'party' | 'firstNew' | 'onReply'>;

/** Items of a timeline under their days. `items`: newest first; the newest is shown last. */
export function TimelineItems({ items, party, firstNew, onReply }: ItemsProps) {
  const now = useNow(30_000);
  const ordered = items.toReversed();
  return (
    <ol className={css.items}>
      {ordered.map((item, index) => {
        const before = ordered[index - 1];
        const day = dayName(item.at, now);
        const begins = !before || dayName(before.at, now) !== day;
        return (
          <li key={item.id} className={css.line}>
            {begins && <h3 className={css.day}>{day}</h3>}
            {item.id === firstNew && <h3 className={css.new}>{t('contacts.newMessages')}</h3>}
            <Item item={item} now={now} from={partyName(party)} onReply={onReply} />
          </li>
        );
      })}
    </ol>
  );
}

interface ItemProps {
  item: ContactItem;
  now: number;
  /** The customer's name. */
  from: string;
  onReply: ContactTimelineProps['onReply'];
}

function Item({ item, now, from, onReply }: ItemProps) {
  switch (item.kind) {
    case 'message-in':
      return <MessageIn item={item} from={from} onReply={onReply} />;
    case 'message-out':
      return <MessageOut item={item} from={from} />;
    case 'call':
      return <CallItem item={item} now={now} />;
    case 'colleague-call':
      return (
        <Event item={item} icon="outbound">
          {t('contacts.colleagueCalled')} · {t(`outcomes.${item.outcome}`)}
          {item.talkSeconds !== undefined &&
            ` · ${t('contacts.talked', { length: lengthInWords(item.talkSeconds) })}`}
        </Event>
      );
    case 'permission-request':
      return (
        <Event item={item} icon="shield">
          {t('contacts.requested', { name: item.by === '' ? t('contacts.writtenByYou') : item.by })}
          {item.template !== undefined && ` ${t('contacts.byTemplate', { name: item.template })}`}
          {item.text !== undefined && `: ${t('contacts.said', { text: item.text })}`}
          <MessageState item={item} />
        </Event>
      );
    case 'note':
      return (
        <Event item={item} icon="note">
          {t('contacts.noteBy', { name: item.by })}: <NoteText note={item} now={now} />
        </Event>
      );
    case 'permission':
      return (
        <Event item={item} icon={item.granted ? 'check' : 'shield'}>
          {permissionText(item, now)}
        </Event>
      );
    default:
      return assertNever(item, 'item');
  }
}

function CallItem({ item, now }: { item: Extract<ContactItem, { kind: 'call' }>; now: number }) {
  const { direction, outcome, talkSeconds, voicemail, by, note, callId } = item;
  const missed = outcome === 'missed';
  const icon: IconName = missed ? 'missed' : direction === 'inbound' ? 'inbound' : 'outbound';
  return (
    <Event item={item} icon={icon} bad={missed}>
      {t(`history.directions.${direction}`)} ·{' '}
      {outcome === undefined ? t('contacts.ongoing') : t(`outcomes.${outcome}`)}
      {voicemail && ` · ${t('todo.voicemail')}`}
      {talkSeconds !== undefined &&
        ` · ${t('contacts.talked', { length: lengthInWords(talkSeconds) })}`}
      {by !== undefined && ` · ${t('contacts.talkedBy', { name: by })}`}{' '}
      {outcome !== undefined && (
        <Button look="quiet" size="small" onClick={() => showCall(callId)}>
          {t('contacts.openCall')}
        </Button>
      )}
      {note !== undefined && (
        <span className={css.own}>
          {t('contacts.ownNote')}: <NoteText note={note} now={now} />
        </span>
      )}
    </Event>
  );
}

function NoteText({ note, now }: { note: NoteContent; now: number }) {
  const labels = noteLabels(note, now);
  return (
    <>
      <bdi className={css.note}>{note.text}</bdi>
      {note.text !== '' && labels !== '' && ' · '}
      <bdi>{labels}</bdi>
    </>
  );
}

interface PartProps {
  item: ContactItem;
  children: React.ReactNode;
}

function Event({
  item,
  icon,
  bad = false,
  children,
}: PartProps & { icon: IconName; bad?: boolean }) {
  return (
    <div className={classes(css.event, bad && css.bad)} data-kind={item.kind}>
      <Icon name={icon} size={16} />
      <p>{children}</p>
      <Time at={item.at} />
    </div>
  );
}

function permissionText(
  { granted, permanent, expiresAt, source }: Extract<ContactItem, { kind: 'permission' }>,
  now: number,
): string {
  if (!granted) return source === 'automatic' ? t('contacts.revoked') : t('contacts.declined');
  if (source === 'automatic') return t('contacts.grantedAutomatically');
  if (permanent) return t('contacts.grantedForGood');
  return expiresAt === undefined
    ? t('contacts.granted')
    : t('contacts.grantedUntil', { moment: moment(expiresAt, now) });
}
