import { t } from '../../../shared/i18n/i18n.ts';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { AccountView } from '../../../shared/ipc/account.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import { maySendFreeForm } from '../../../shared/rules/verdicts.ts';
import { findingMessage } from '../../../shared/rules/finding-message.ts';
import { showValueAt } from '../../lib/show-value.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { useUi } from '../../state/ui.ts';
import { keysOfPerson, useKeptText } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import { CallButtonForm } from './call-button-form.tsx';
import { NumberForm } from './number-form.tsx';
import { Quote } from './message.tsx';
import type { Reply } from './use-reply.ts';
import { partyName } from '../../lib/party.ts';
import { TemplateForm } from './template-form.tsx';
import css from './composer.module.css';

interface ComposerProps {
  account: AccountView;
  party: Party;
  /** Their other numbers and user ids, under which a draft may be kept. */
  others?: readonly Party[];
  facts: Facts | undefined;
  /** The message that is answered. */
  reply?: Reply | undefined;
}

/** Writes to a person: free text inside the service window, a template at any time. */
export function Composer({ account, party, others = [], facts, reply }: ComposerProps) {
  const [text, setText, discard] = useKeptText(keysOfPerson('message', account.id, party, others));
  const field = useRef<HTMLTextAreaElement>(null);
  const answered = reply?.messageId;
  const before = useRef(answered);
  useEffect(() => {
    // Not when a page with a reply in progress opens.
    if (answered !== undefined && answered !== before.current) field.current?.focus();
    before.current = answered;
  }, [answered]);
  const isAsked = useUi(({ asksToWrite }) => asksToWrite);
  useEffect(() => {
    if (!isAsked) return;
    field.current?.focus();
    useUi.setState({ asksToWrite: false });
  }, [isAsked]);
  const [sending, setSending] = useState(false);
  const [open, setOpen] = useState<'template' | 'call-button' | 'number' | undefined>();
  const now = useNow(5000);
  const { waId, userId } = party;
  const to = { waId, userId };
  const { messages } = account.capabilities;
  if (messages !== 'available') {
    return <p className={css.elsewhere}>{t(`missing.${messages.missing}`)}</p>;
  }
  const verdict = facts && maySendFreeForm(facts, now);
  const [worst] = verdict?.findings ?? [];
  const closed =
    verdict && !verdict.allowed && worst ? findingMessage(worst, showValueAt(now)) : undefined;
  const block = sending
    ? t('contacts.sending')
    : (closed?.what ?? (text.trim() === '' ? t('contacts.empty') : undefined));
  const send = async () => {
    if (block !== undefined) return;
    setSending(true);
    const done = await act('messages.text', {
      accountId: account.id,
      party: to,
      text: text.trim(),
      ...(reply && { replyTo: reply.messageId }),
    });
    setSending(false);
    if (done === undefined) return;
    discard(text);
    reply?.cancel();
  };
  return (
    <form
      className={css.composer}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
    >
      {closed && (
        <p className={css.note}>
          {closed.what} {closed.next}
        </p>
      )}
      {!closed && reply && <Replying reply={reply} from={partyName(party)} />}
      {!closed && (
        <TextArea
          ref={field}
          label={t('contacts.write')}
          hideLabel
          placeholder={t('contacts.write')}
          value={text}
          rows={2}
          maxLength={4096}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Escape' && reply) return reply.cancel();
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
      )}
      <div className={css.actions}>
        <Float
          title={t('contacts.templateTitle')}
          open={open === 'template'}
          onOpenChange={(is) => setOpen(is ? 'template' : undefined)}
          trigger={
            <Button size="small" look="quiet">
              {t('contacts.templateButton')}
            </Button>
          }
        >
          <TemplateForm account={account} party={to} onSent={() => setOpen(undefined)} />
        </Float>
        {!closed && party.waId === undefined && (
          <Float
            title={t('contacts.askNumberTitle')}
            open={open === 'number'}
            onOpenChange={(is) => setOpen(is ? 'number' : undefined)}
            trigger={
              <Button size="small" look="quiet">
                {t('contacts.askNumber')}
              </Button>
            }
          >
            <NumberForm account={account} party={to} onSent={() => setOpen(undefined)} />
          </Float>
        )}
        {!closed && (
          <Float
            title={t('contacts.callButtonTitle')}
            open={open === 'call-button'}
            onOpenChange={(is) => setOpen(is ? 'call-button' : undefined)}
            trigger={
              <Button size="small" look="quiet">
                {t('contacts.callButton')}
              </Button>
            }
          >
            <CallButtonForm account={account} party={to} onSent={() => setOpen(undefined)} />
          </Float>
        )}
        {!closed && (
          <Button className={css.send} look="accent" blocked={block} onClick={() => void send()}>
            {t('contacts.send')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The message that is answered, above the answer. `from`: the customer's name. */
function Replying({ reply, from }: { reply: Reply; from: string }) {
  return (
    <div className={css.replying}>
      <div className={css.quoted}>
        <Quote quoted={reply.item ?? 'gone'} from={from} />
      </div>
      <Button look="quiet" size="small" icon="close" iconOnly onClick={reply.cancel}>
        {t('contacts.cancelReply')}
      </Button>
    </div>
  );
}
