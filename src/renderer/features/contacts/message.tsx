import { type ReactNode, useState } from 'react';
import { formats, lookUp, t } from '../../../shared/i18n/i18n.ts';
import type { ContactItem, QuotedMessage } from '../../../shared/ipc/contacts.ts';
import { clip } from '../../../shared/lib/foreign-text.ts';
import type { ProviderError } from '../../../shared/providers/events.ts';
import { classes } from '../../lib/classes.ts';
import { providerMessage } from '../../messages/errors.ts';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { MessageFile } from './message-file.tsx';
import css from './contact-timeline.module.css';

type In = Extract<ContactItem, { kind: 'message-in' }>;
type Out = Extract<ContactItem, { kind: 'message-out' }>;

/** The text of a customer's message, or its kind. */
export function messageText({ type, text, file }: QuotedMessage): string {
  const withText =
    text === undefined || text === ''
      ? undefined
      : lookUp('contacts.messagesWithText', type, { text });
  const kind = lookUp('contacts.messageTypes', type) ?? t('contacts.unknownType');
  return (
    withText ??
    (text !== undefined && text !== '' ? text : undefined) ??
    (file ? kind : lookUp('contacts.messages', type)) ??
    t('contacts.unknownMessage', { kind })
  );
}

interface InProps {
  item: In;
  /** The customer's name. */
  from: string;
  /** Missing where nothing can be written. */
  onReply?: ((item: In) => void) | undefined;
}

/** A customer's message. */
export function MessageIn({ item, from, onReply }: InProps) {
  const author = item.unread ? 'contacts.authorUnread' : 'contacts.author';
  return (
    <Bubble
      side="in"
      kind={item.kind}
      author={t(author, { name: from })}
      before={
        <>
          {item.quoted && <Quote quoted={item.quoted} from={from} />}
          {item.file && <MessageFile item={item} from={from} />}
        </>
      }
      foot={
        <>
          <Time at={item.at} />
          {onReply && <ReplyButton text={messageText(item)} onReply={() => onReply(item)} />}
        </>
      }
    >
      {(!item.file || item.text !== undefined) && (
        <bdi>{item.file ? item.text : messageText(item)}</bdi>
      )}
    </Bubble>
  );
}

interface QuoteProps {
  quoted: QuotedMessage | 'gone';
  /** The customer's name. */
  from: string;
}

/** The message that another one answers. */
export function Quote({ quoted, from }: QuoteProps) {
  if (quoted === 'gone') return <p className={css.quote}>{t('contacts.quotedGone')}</p>;
  const name = quoted.by === undefined ? from : quoted.by || t('contacts.writtenByYou');
  return (
    <blockquote className={css.quote}>
      <span className="visually-hidden">{t('contacts.quotes', { name })}</span>
      <bdi className={css.quoteBy} aria-hidden="true">
        {name}
      </bdi>
      <bdi className={css.quoteText}>{messageText(quoted)}</bdi>
    </blockquote>
  );
}

function ReplyButton({ text, onReply }: { text: string; onReply: () => void }) {
  return (
    <Button
      className={css.reply}
      look="quiet"
      size="small"
      aria-label={t('contacts.replyTo', { text: clip(text, 60) })}
      onClick={onReply}
    >
      {t('contacts.reply')}
    </Button>
  );
}

/** A message of an agent's. `from`: the customer's name. */
export function MessageOut({ item, from }: { item: Out; from: string }) {
  const { by, what, template, text } = item;
  const name = by === '' ? t('contacts.writtenByYou') : by;
  return (
    <Bubble
      side="out"
      kind={item.kind}
      author={t('contacts.author', { name })}
      before={item.quoted && <Quote quoted={item.quoted} from={from} />}
      foot={
        <>
          <bdi aria-hidden="true">{name}</bdi>
          <Time at={item.at} />
          <MessageState item={item} />
        </>
      }
    >
      {what === 'template' && (
        <span className={css.label}>{t('contacts.templateSent', { name: template ?? '' })}</span>
      )}
      {what === 'contact-request' && <span className={css.label}>{t('contacts.numberAsked')}</span>}
      {what === 'call-button' && <span className={css.label}>{t('contacts.callButtonSent')}</span>}
      <bdi>{text}</bdi>
    </Bubble>
  );
}

interface BubbleProps {
  side: 'in' | 'out';
  kind: ContactItem['kind'];
  /** For a screen reader, before the message. */
  author: string;
  /** Above the text. */
  before?: ReactNode;
  foot: ReactNode;
  children: ReactNode;
}

function Bubble({ side, kind, author, before, foot, children }: BubbleProps) {
  return (
    <div className={classes(css.bubble, css[side])} data-kind={kind}>
      <span className="visually-hidden">{author}</span>
      {before}
      {children !== undefined && children !== false && <p className="selectable">{children}</p>}
      <p className={css.foot}>{foot}</p>
    </div>
  );
}

/** When it happened; the exact date on hover. */
export function Time({ at }: { at: number }) {
  return (
    <time className={classes(css.time, 'num')} title={formats.exactDate(at)}>
      {formats.time(at)}
    </time>
  );
}

/** How far a message of ours has come. */
export function MessageState({ item }: { item: ContactItem }) {
  const retry = item.kind === 'message-out' ? item.retry : undefined;
  if (item.kind !== 'message-out' && item.kind !== 'permission-request') return null;
  const { state, error } = item;
  if (state !== 'failed') return <span> {t(`contacts.states.${state}`)}</span>;
  return (
    <>
      <Failure error={error} />
      {retry === 'begun' && <span>{t('contacts.triedAgain')}</span>}
      {retry === 'possible' && <TryAgain id={item.id} />}
    </>
  );
}

/** Why a message did not arrive, in our words and the provider's. */
function Failure({ error }: { error: ProviderError | undefined }) {
  const message = error && providerMessage(error);
  return (
    <span className={css.failed}>
      {t('contacts.states.failed')}
      {message && `: ${message.what}`}
      {message?.quote !== undefined && <> {t('common.quote', { text: message.quote })}</>}
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
      size="small"
      blocked={asking ? t('contacts.sending') : undefined}
      onClick={() => void again()}
    >
      {t('contacts.tryAgain')}
    </Button>
  );
}
