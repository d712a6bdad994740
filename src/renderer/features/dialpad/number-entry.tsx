import { type ReactNode, useEffect, useRef } from 'react';
import type { AccountView } from '../../../shared/ipc/model.ts';
import { displayPhone, type PhoneProblem } from '../../../shared/lib/phone.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { CountryPicker } from '../../ui/country-picker.tsx';
import { TextField } from '../../ui/field.tsx';
import { phoneProblems, words } from '../../words.ts';
import { Keypad } from './keypad.tsx';
import css from './number-entry.module.css';

interface NumberEntryProps {
  accounts: readonly AccountView[];
  account: AccountView | undefined;
  country: string;
  problem: PhoneProblem | undefined;
  display: string | undefined;
  block: string | undefined;
  onDial: () => void;
  /** What else can be chosen for the call. */
  children?: ReactNode;
}

/** The number to call, typed, pasted or tapped. */
export function NumberEntry(props: NumberEntryProps) {
  const { accounts, account, country, problem, display, block, onDial } = props;
  const text = useUi(({ entry }) => entry.text);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const setText = (next: string) =>
    useUi.setState(({ entry }) => ({ entry: { ...entry, text: next } }));
  const wrong = problem !== undefined && problem !== 'empty' && text.replace(/\D/g, '').length > 5;
  return (
    <form
      className={css.entry}
      onSubmit={(event) => {
        event.preventDefault();
        onDial();
      }}
    >
      <div className={css.number}>
        <CountryPicker
          compact
          label={words.country}
          value={country}
          onChange={(code) => {
            useUi.setState(({ entry }) => ({ entry: { ...entry, country: code } }));
            field.current?.focus();
          }}
        />
        <TextField
          ref={field}
          label={words.number}
          hideLabel
          type="tel"
          placeholder={words.numberPlaceholder}
          value={text}
          className={css.field}
          aria-invalid={wrong}
          aria-describedby="number-note"
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <p id="number-note" className={wrong ? css.wrong : css.note} aria-live="polite">
        {wrong && problem ? phoneProblems[problem] : (display ?? words.numberHelp)}
      </p>
      <Keypad
        onKey={(key) => setText(text + key)}
        onErase={() => setText(text.slice(0, -1))}
        canErase={text !== ''}
      />
      {accounts.length > 1 && (
        <Choice
          label={words.callFrom}
          value={account?.id ?? ''}
          options={accounts.map(({ id, label, number }) => ({
            value: id,
            label: `${label} ${displayPhone(number)}`,
          }))}
          onChange={(accountId) => useUi.setState({ accountId })}
        />
      )}
      {accounts.length === 1 && account && (
        <p className={css.note}>
          {words.callFrom} {account.label}{' '}
          <span className="num">{displayPhone(account.number)}</span>
        </p>
      )}
      {props.children}
      <Button look="good" size="large" icon="phone" blocked={block} onClick={onDial}>
        {words.call}
      </Button>
      {block !== undefined && <p className={css.block}>{block}</p>}
    </form>
  );
}
