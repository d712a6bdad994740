import { useState } from 'react';
import { isolate } from '../../../shared/lib/foreign-text.ts';
import { formats, lookUp, t } from '../../../shared/i18n/i18n.ts';
import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import type { NoteContent } from '../../../shared/ipc/model.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { ProviderError } from '../../../shared/providers/events.ts';
import { act } from '../../state/requests.ts';
import { classes } from '../../lib/classes.ts';
import { dayName, lengthInWords, moment } from '../../lib/format.ts';
import { noteLabels } from '../../lib/note-labels.ts';
import { useNow } from '../../lib/use-now.ts';
import { showCall } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { providerMessage } from '../../messages/errors.ts';
import css from './contact-timeline.module.css';

interface ContactTimelineProps {
  /** Newest first, as fetched. */
  items: readonly ContactItem[];
  pending: boolean;
  onOlder: (() => void) | undefined;
}

/** A person's timeline, newest at the bottom as in a chat. */
export function ContactTimeline({ items, pending, onOlder }: ContactTimelineProps) {
  if (items.length === 0) {
    return <div className={css.scroll}>{!pending && <p>{t('contacts.nothing')}</p>}</div>;
  }
  return (
    <div className={css.scroll}>
      {onOlder && (
        <Button look="quiet" size="small" onClick={onOlder}>
          {t('contacts.older')}
        </Button>
      )}
      <TimelineItems items={items} />
    </div>
  );
}

/** Items of a timeline under their days. `items`: newest first; the newest is shown last. */
export function TimelineItems({ items }: { items: readonly ContactItem[] }) {
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
            <Item item={item} now={now} />
          </li>
        );
      })}
    </ol>
  );
}

/** The text of a customer's message, or its kind. */
function messageText({ type, text }: Extract<ContactItem, { kind: 'message-in' }>): string {
  const withText =
    text === undefined || text === ''
      ? undefined
      : lookUp('contacts.messagesWithText', type, { text });
  const kind = lookUp('contacts.messageTypes', type) ?? t('contacts.unknownType');
  return (
    withText ?? lookUp('contacts.messages', type) ?? text ?? t('contacts.unknownMessage', { kind })
  );
}

function Item({ item, now }: { item: ContactItem; now: number }) {
  switch (item.kind) {
    case 'message-in':
      return (
        <Bubble item={item} side="in">
          {messageText(item)}
        </Bubble>
      );
    case 'message-out':
      return (
        <Bubble
          item={item}
          side="out"
          note={item.by === '' ? t('contacts.writtenByYou') : isolate(item.by)}
        >
          {item.what === 'template' && (
            <span className={css.label}>
              {t('contacts.templateSent', { name: item.template ?? '' })}
            </span>
          )}
          {item.what === 'call-button' && (
            <span className={css.label}>{t('contacts.callButtonSent')}</span>
          )}
          <bdi>{item.text}</bdi>
        </Bubble>
      );
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
          {item.text !== undefined && (
            <>
              : “<bdi>{item.text}</bdi>”
            </>
          )}
          <State item={item} />
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
  const { direction, outcome, talkSeconds, by, note, callId } = item;
  const missed = outcome === 'missed';
  const icon: IconName = missed ? 'missed' : direction === 'inbound' ? 'inbound' : 'outbound';
  return (
    <Event item={item} icon={icon} bad={missed}>
      {t(`history.directions.${direction}`)} ·{' '}
      {outcome === undefined ? t('contacts.ongoing') : t(`outcomes.${outcome}`)}
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

function Bubble({
  item,
  side,
  note,
  children,
}: PartProps & { side: 'in' | 'out'; note?: string | undefined }) {
  return (
    <div className={classes(css.bubble, css[side])} data-kind={item.kind}>
      <span className="visually-hidden">{t(`contacts.authors.${side}`)}</span>
      <p className="selectable">{children}</p>
      <p className={css.foot}>
        {note !== undefined && <span>{note}</span>}
        <Time at={item.at} />
        <State item={item} />
      </p>
    </div>
  );
}

function Time({ at }: { at: number }) {
  return (
    <time className={classes(css.time, 'num')} title={formats.exactDate(at)}>
      {formats.time(at)}
    </time>
  );
}

function State({ item }: { item: ContactItem }) {
  const retry = item.kind === 'message-out' ? item.retry : undefined;
  if (item.kind !== 'message-out' && item.kind !== 'permission-request') return null;
  const { state, error } = item;
  if (state !== 'failed') return <span> {t(`contacts.states.${state}`)}</span>;
  return (
    <>
      <Failure error={error} />
      {retry === 'begun' && <span> {t('contacts.triedAgain')}</span>}
      {retry === 'possible' && <TryAgain id={item.id} />}
    </>
  );
}

/** Why a message did not arrive, in our words and the provider's. */
function Failure({ error }: { error: ProviderError | undefined }) {
  const message = error && providerMessage(error);
  return (
    <span className={css.failed}>
      {' '}
      {t('contacts.states.failed')}
      {message && `: ${message.what}`}
      {message?.quote !== undefined && (
        <>
          {' '}
          “<bdi>{message.quote}</bdi>”
        </>
      )}
    </span>
  );
}

function TryAgain({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const again = async () => {
    setAsking(true);
    await act('messages.retry', { id });
    setAsking(false);
  };
  return (
    <Button
      look="quiet"
      size="small"
      blocked={asking ? t('contacts.sending') : undefined}
      onClick={() => void again()}
    >
      {t('contacts.tryAgain')}
    </Button>
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
