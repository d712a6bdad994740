import { t } from '../../../shared/i18n/i18n.ts';
import type { ReactNode } from 'react';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { clockTime } from '../../lib/format.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { classes } from '../../lib/classes.ts';
import { Avatar } from '../../ui/avatar.tsx';
import frame from '../../ui/call-frame.module.css';
import { Country } from '../../ui/country.tsx';
import { RecordingSign } from '../../ui/recording-sign.tsx';
import { CostMeter } from './cost-meter.tsx';
import css from './call-card.module.css';

interface CardHeadProps {
  call: LiveCall;
  now: number;
  /** Whether the talk timer runs. */
  talking: boolean;
  /** Opens the person's page. */
  onContact: (() => void) | undefined;
  /** The state of the call as text. */
  children: ReactNode;
}

/** The head of every call card: customer, our number, timer, state and cost. */
export function CardHead({ call, now, talking, onContact, children }: CardHeadProps) {
  const { party } = call;
  const number = party.name === undefined ? '' : partyNumber(party);
  return (
    <div className={css.who}>
      <Avatar party={party} size="large" label={t('contacts.openContact')} onOpen={onContact} />
      <div className={frame.person}>
        <h2 className={classes(css.name, 'selectable')} dir="auto">
          {partyName(party)}
        </h2>
        <p className={frame.line}>
          {number !== '' && (
            <span className="num selectable" dir="ltr">
              {number}
            </span>
          )}
          {call.country !== undefined && <Country code={call.country} short />}
          <RecordingSign
            shown={call.phase.name === 'ended' ? undefined : call.recording?.state.step}
          />
          <span className={frame.ours} title={displayPhone(call.account.number)}>
            {call.direction === 'inbound' ? t('common.on') : t('common.from')}{' '}
            <bdi>{call.account.label}</bdi>
          </span>
        </p>
      </div>
      <div className={css.side}>
        <output className={css.state}>
          {talking && call.connectedAt !== undefined && (
            <time className={css.timer} aria-hidden="true">
              {clockTime((now - call.connectedAt) / 1000)}
            </time>
          )}
          {children}
        </output>
        {call.direction === 'outbound' && <CostMeter call={call} now={now} />}
      </div>
    </div>
  );
}
