import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { classes } from '../../lib/classes.ts';
import { dayName, exactTime, lengthInWords, moment, timeOnly } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { showCall } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { contactWords, outcomeWords, providerWords, words } from '../../words.ts';
import css from './items.module.css';

interface ItemsProps {
  /** Newest first, as they are read. */
  items: readonly ContactItem[];
  pending: boolean;
  onOlder: (() => void) | undefined;
}

/** A person's timeline, the newest at the foot as in a chat. */
export function Items({ items, pending, onOlder }: ItemsProps) {
  const now = useNow(30_000);
  const ordered = items.toReversed();
  if (items.length === 0) {
    return <div className={css.scroll}>{!pending && <p>{contactWords.nothing}</p>}</div>;
  }
  return (
    <div className={css.scroll}>
      {onOlder && (
        <Button look="quiet" size="small" onClick={onOlder}>
          {contactWords.older}
        </Button>
      )}
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
    </div>
  );
}

/** What a customer sent: their words, or what it was. */
function messageWords({ type, text }: Extract<ContactItem, { kind: 'message-in' }>): string {
  const said = Object.hasOwn(contactWords.messages, type) ? contactWords.messages[type] : undefined;
  return said?.(text) ?? text ?? contactWords.unknownMessage(type);
}

function Item({ item, now }: { item: ContactItem; now: number }) {
  switch (item.kind) {
    case 'message-in':
      return (
        <Bubble item={item} side="in">
          {messageWords(item)}
        </Bubble>
      );
    case 'message-out':
      return (
        <Bubble item={item} side="out" note={contactWords.written(item.by)}>
          {item.what === 'template' && (
            <span className={css.label}>{contactWords.templateSent(item.template ?? '')}</span>
          )}
          {item.what === 'call-button' && (
            <span className={css.label}>{contactWords.callButtonSent}</span>
          )}
          <bdi>{item.text}</bdi>
        </Bubble>
      );
    case 'call':
      return <CallItem item={item} />;
    case 'colleague-call':
      return (
        <Event item={item} icon="outbound">
          {contactWords.colleagueCalled} · {outcomeWords[item.outcome]}
          {item.talkSeconds !== undefined &&
            ` · ${contactWords.talked(lengthInWords(item.talkSeconds))}`}
        </Event>
      );
    case 'permission-request':
      return (
        <Event item={item} icon="shield">
          {contactWords.requested(item.by)}
          {item.template !== undefined && ` ${contactWords.byTemplate(item.template)}`}
          {item.text !== undefined && (
            <>
              : “<bdi>{item.text}</bdi>”
            </>
          )}
          <State item={item} />
        </Event>
      );
    case 'permission':
      return (
        <Event item={item} icon={item.granted ? 'check' : 'shield'}>
          {permissionWords(item, now)}
        </Event>
      );
    default:
      return assertNever(item, 'item');
  }
}

function CallItem({ item }: { item: Extract<ContactItem, { kind: 'call' }> }) {
  const { direction, outcome, talkSeconds, by, callId } = item;
  const missed = outcome === 'missed';
  const icon: IconName = missed ? 'missed' : direction === 'inbound' ? 'inbound' : 'outbound';
  return (
    <Event item={item} icon={icon} bad={missed}>
      {words.directions[direction]} ·{' '}
      {outcome === undefined ? contactWords.goingOn : outcomeWords[outcome]}
      {talkSeconds !== undefined && ` · ${contactWords.talked(lengthInWords(talkSeconds))}`}
      {by !== undefined && ` · ${contactWords.talkedBy(by)}`}{' '}
      {outcome !== undefined && (
        <Button look="quiet" size="small" onClick={() => showCall(callId)}>
          {contactWords.openCall}
        </Button>
      )}
    </Event>
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
      <span className="visually-hidden">{contactWords.authors[side]}</span>
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
    <time className={classes(css.time, 'num')} title={exactTime(at)}>
      {timeOnly(at)}
    </time>
  );
}

function State({ item }: { item: ContactItem }) {
  if (item.kind !== 'message-out' && item.kind !== 'permission-request') return null;
  const { state, error } = item;
  if (state !== 'failed') return <span> {contactWords.states[state]}</span>;
  return (
    <span className={css.failed}>
      {' '}
      {contactWords.states.failed}
      {error && `: ${providerWords(error).what}`}
    </span>
  );
}

function permissionWords(
  { granted, permanent, expiresAt, source }: Extract<ContactItem, { kind: 'permission' }>,
  now: number,
): string {
  if (!granted) return source === 'automatic' ? contactWords.revoked : contactWords.declined;
  if (source === 'automatic') return contactWords.grantedAutomatically;
  if (permanent) return contactWords.grantedForGood;
  return expiresAt === undefined
    ? contactWords.granted
    : contactWords.grantedUntil(moment(expiresAt, now));
}
