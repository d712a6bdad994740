import { useState } from 'react';
import type { AccountView, AllowedAction, Permission } from '../../../shared/ipc/model.ts';
import type { PhoneNumber } from '../../../shared/lib/phone.ts';
import { AskError } from '../../lib/ringdesk.ts';
import { lengthInWords, moment } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/act.ts';
import { Button } from '../../ui/button.tsx';
import { Country } from '../../ui/country.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { errorWords, type Said, words } from '../../words.ts';
import type { PermissionLookup } from './use-permission.ts';
import css from './cockpit.module.css';

interface CockpitProps {
  account: AccountView;
  number: PhoneNumber;
  lookup: PermissionLookup;
}

/** What WhatsApp allows towards one number, and the way to get more. */
export function Cockpit({ account, number, lookup }: CockpitProps) {
  const { data, error, isFetching, refetch } = lookup;
  return (
    <section className={css.cockpit} aria-label={words.permission}>
      <header className={css.header}>
        <h2 className={classes(css.title, 'num', 'selectable')}>{number.display}</h2>
        {number.country !== undefined && <Country code={number.country} />}
      </header>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <p className={css.quiet}>{words.lookingUp}</p>}
      {data && (
        <>
          <Status permission={data} />
          <Limits name={words.callLimits} action={data.call} />
          {(data.status === 'none' || data.request.allowed) && (
            <Request
              key={data.status}
              account={account}
              number={number}
              permission={data}
              onAsked={() => void refetch()}
            />
          )}
          <p className={css.checked}>
            <Checked at={data.checkedAt} />
            <Button look="quiet" size="small" onClick={() => void refetch()}>
              {isFetching ? words.lookingUp : words.lookAgain}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}

function Checked({ at }: { at: number }) {
  const now = useNow(15_000);
  return <span>{words.checked(moment(at, Math.max(now, at)))}</span>;
}

const SOON_MS = 24 * 3_600_000;

function Status({ permission }: { permission: Permission }) {
  const now = useNow(1000);
  const { status, expiresAt } = permission;
  const left = expiresAt === undefined ? undefined : (expiresAt - now) / 1000;
  const soon = left !== undefined && left * 1000 < SOON_MS;
  const tone = status === 'none' ? css.none : soon ? css.soon : css.good;
  return (
    <div className={classes(css.status, tone)}>
      <Icon name={status === 'none' ? 'shield' : soon ? 'warning' : 'check'} />
      <div>
        <p className={css.statusWords}>{words.permissionStates[status]}</p>
        {status === 'temporary' && left !== undefined && expiresAt !== undefined && (
          <p className="num">{words.permissionEnds(lengthInWords(left), moment(expiresAt, now))}</p>
        )}
        {status === 'none' && <p>{words.permissionNone}</p>}
      </div>
    </div>
  );
}

function Limits({ name, action }: { name: string; action: AllowedAction }) {
  const now = useNow(30_000);
  if (action.limits.length === 0) return null;
  return (
    <dl className={css.limits} aria-label={name}>
      {action.limits.map(({ period, max, used, freeAt }) => (
        <div key={period}>
          <dt>
            {name} {words.periods[period] ?? period}
          </dt>
          <dd className={classes('num', used >= max && css.full)}>
            {words.limitLeft(Math.max(0, max - used), max)}
            {used >= max && freeAt !== undefined && `, ${words.freeAgain(moment(freeAt, now))}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface RequestProps {
  account: AccountView;
  number: PhoneNumber;
  permission: Permission;
  onAsked: () => void;
}

function Request({ account, number, permission, onAsked }: RequestProps) {
  const [text, setText] = useState<string>(words.requestText);
  const [state, setState] = useState<'idle' | 'asking' | 'asked'>('idle');
  const ask = async () => {
    setState('asking');
    const done = await act('permissions.request', {
      accountId: account.id,
      party: { waId: number.e164.slice(1) },
      request: { kind: 'free-form', text },
    });
    setState(done === undefined ? 'idle' : 'asked');
    if (done !== undefined) onAsked();
  };
  if (state === 'asked') {
    return (
      <output className={classes(css.status, css.good)}>
        <Icon name="check" />
        <span>{words.asked}</span>
      </output>
    );
  }
  return (
    <div className={css.request}>
      <TextArea
        label={words.requestLabel}
        value={text}
        maxLength={1024}
        onChange={(event) => setText(event.target.value)}
      />
      <Limits name={words.requestLimits} action={permission.request} />
      <Button
        look={permission.status === 'none' ? 'accent' : 'plain'}
        blocked={
          state === 'asking'
            ? words.asking
            : permission.request.allowed
              ? undefined
              : words.requestUsedUp
        }
        onClick={() => void ask()}
      >
        {words.requestPermission}
      </Button>
    </div>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const said: Said = error instanceof AskError ? errorWords(error.error) : { what: error.message };
  return (
    <div className={classes(css.status, css.soon)} role="alert">
      <Icon name="warning" />
      <div>
        <p className={css.statusWords}>{words.lookupFailed(said.what)}</p>
        <p>{said.next ?? words.lookupFailedNext}</p>
        {said.quote !== undefined && <p>{words.quoted(said.quote)}</p>}
        <Button size="small" onClick={onRetry}>
          {words.lookAgain}
        </Button>
      </div>
    </div>
  );
}
