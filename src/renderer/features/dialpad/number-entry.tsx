import { isolated, t } from '../../../shared/i18n/i18n.ts';
import { type ReactNode, useEffect, useRef } from 'react';
import type { AccountView } from '../../../shared/ipc/account.ts';
import { displayPhone, type ParsedPhone } from '../../../shared/lib/phone.ts';
import {
  type DialLink,
  isDialLink,
  type LinkProblem,
  parseDialLink,
} from '../../../shared/links/dial-link.ts';
import { senderNamed } from '../../../shared/links/sender.ts';
import { newCallRemarks } from '../../messages/new-call.ts';
import { isSamePerson } from '../../../shared/lib/person-key.ts';
import { prepareDial, sayRemarks, showContact, useUi } from '../../state/ui.ts';
import { GuardedButton } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CountryPicker } from '../../ui/country-picker.tsx';
import { NumberMark } from '../../ui/number-mark.tsx';
import { numberOption } from '../../lib/number-option.ts';
import { STEADY_MS } from '../../ui/press-guard.ts';
import { Keypad } from './keypad.tsx';
import { NumberField } from './number-field.tsx';
import { type Suggestion, useSuggestions } from './use-people.ts';
import css from './number-entry.module.css';

interface NumberEntryProps {
  accounts: readonly AccountView[];
  account: AccountView | undefined;
  country: string;
  parsed: ParsedPhone;
  /** Why the link in the field has no number. */
  linkProblem?: LinkProblem | undefined;
  block: string | undefined;
  onDial: () => void;
  /** More options for the call. */
  children?: ReactNode;
}

/** Takes the number to call: typed, pasted, tapped, or found by name. */
export function NumberEntry(props: NumberEntryProps) {
  const { accounts, account, country, parsed, linkProblem, block, onDial } = props;
  const { text, named } = useUi(({ entry }) => entry);
  const found = useSuggestions(named === undefined ? text : '');
  // A person whose full number was typed is already shown beside it.
  const suggestions = found.filter(
    ({ party }) => !(parsed.ok && isSamePerson(party, { waId: parsed.value.number.e164 })),
  );
  const field = useRef<HTMLInputElement>(null);
  const requests = useUi(({ newCallRequests }) => newCallRequests);
  // At once, and whenever the agent asks for it again.
  useEffect(() => {
    if (requests >= 0) field.current?.focus();
  }, [requests]);
  const setText = (next: string) => {
    // Of a whole link only the number stays; one that is typed is left as it is.
    const link =
      next.length > text.length + 1 && isDialLink(next) ? parseDialLink(next) : undefined;
    const said: Partial<DialLink> = link?.ok === true ? link.value : {};
    const { number = next, from, extension } = said;
    const sender = from === undefined ? undefined : senderNamed(from, accounts);
    useUi.setState(({ entry: { country: chosen }, accountId }) => ({
      entry: { text: number, country: chosen },
      accountId: sender?.id ?? accountId,
    }));
    sayRemarks(() => newCallRemarks({ extension, unknownFrom: sender ? undefined : from }));
  };
  const pick = (one: Suggestion) => {
    const { party } = one;
    // People without a number are called from their page.
    if (party.waId === undefined) showContact(party);
    else prepareDial(party.waId, one.kind === 'call' ? one.call.accountId : account?.id);
  };
  const { wrong, display, note } = linkProblem
    ? { wrong: true, display: undefined, note: t(`links.problems.${linkProblem}`) }
    : noteOf(parsed, text);
  return (
    <form
      className={css.entry}
      onSubmit={(event) => {
        event.preventDefault();
        // The field came to the front filled: an Enter at once was meant for another program.
        if (performance.now() - useUi.getState().filledAt >= STEADY_MS) onDial();
      }}
    >
      <div className={css.number}>
        <CountryPicker
          compact
          label={t('dialpad.country')}
          value={country}
          onChange={(code) => {
            useUi.setState(({ entry }) => ({ entry: { ...entry, country: code } }));
            field.current?.focus();
          }}
        />
        <NumberField
          ref={field}
          text={text}
          onText={setText}
          suggestions={suggestions}
          onPick={pick}
          wrong={wrong}
          noteId="number-note"
        />
      </div>
      <p id="number-note" className={wrong ? css.wrong : css.note} aria-live="polite">
        {display !== undefined && <bdi dir="ltr">{display}</bdi>}
        {display !== undefined && note !== '' && '. '}
        {note}
      </p>
      <Keypad
        onKey={(key) => setText(text + key)}
        onErase={() => setText(text.slice(0, -1))}
        canErase={text !== ''}
      />
      {accounts.length > 1 && (
        <Choice
          label={t('dialpad.callFrom')}
          value={account?.id ?? ''}
          options={accounts.map((one) => ({
            value: one.id,
            label: numberOption(
              one,
              `${isolated(one.label)} ${isolated(displayPhone(one.number))}`,
            ),
          }))}
          onChange={(accountId) => useUi.setState({ accountId })}
        />
      )}
      {accounts.length === 1 && account && (
        <p className={css.note}>
          {t('dialpad.callFrom')} <bdi>{account.label}</bdi>{' '}
          <span className="num" dir="ltr">
            {displayPhone(account.number)}
          </span>
        </p>
      )}
      {account && <p className={css.note}>{t(`numbers.paths.${account.path}`)}</p>}
      {block === undefined && <NumberMark account={account} />}
      {props.children}
      <GuardedButton look="good" size="large" icon="phone" blocked={block} onClick={onDial}>
        {t('common.call')}
      </GuardedButton>
      {block !== undefined && <p className={css.block}>{block}</p>}
    </form>
  );
}

interface Note {
  wrong: boolean;
  /** The number as it is usually written. */
  display: string | undefined;
  note: string;
}

/** The note under the field. */
function noteOf(parsed: ParsedPhone, text: string): Note {
  if (parsed.ok) {
    const { number, hint } = parsed.value;
    const note = hint === undefined ? '' : t(`dialpad.hints.${hint}`);
    return { wrong: false, display: number.display, note };
  }
  const wrong = parsed.error !== 'empty' && text.replace(/\P{Nd}/gu, '').length > 5;
  const note = wrong ? t(`dialpad.problems.${parsed.error}`) : t('dialpad.numberHelp');
  return { wrong, display: undefined, note };
}
