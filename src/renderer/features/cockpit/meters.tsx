import { t } from '../../../shared/i18n/i18n.ts';
import type { ReactNode } from 'react';
import { callsLeft } from '../../../shared/rules/call-limit.ts';
import { providers } from '../../../shared/rules/data/providers.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import { hoursState } from '../../../shared/rules/hours.ts';
import { permissionState, type PermissionState } from '../../../shared/rules/permission.ts';
import { tightest, type Quota } from '../../../shared/rules/quota.ts';
import { requestsLeft } from '../../../shared/rules/request-limit.ts';
import { serviceWindow } from '../../../shared/rules/service-window.ts';
import { streakLimits, unansweredStreak } from '../../../shared/rules/streak.ts';
import { classes } from '../../lib/classes.ts';
import { hoursInWords, lengthInWords, moment } from '../../lib/format.ts';
import css from './meters.module.css';

const HOUR_MS = 3_600_000;
/** With less time left than this, the agent should act. In ms. */
const SOON_MS = 24 * HOUR_MS;
const WINDOW_SOON_MS = 2 * HOUR_MS;

/** The numbers behind a verdict, always in the same place, counting down. */
export function Meters({ facts, now }: { facts: Facts; now: number }) {
  const state = permissionState(facts, now);
  const needsPermission = state.status !== 'not-needed';
  return (
    <dl className={css.meters}>
      <Meter name={t('cockpit.permission')} soon={isSoon(state, now)}>
        {permissionText(state, now)}
      </Meter>
      {needsPermission && state.status !== 'permanent' && (
        <QuotaMeter name={t('cockpit.requests')} quota={requestsLeft(facts, now)} now={now} />
      )}
      {needsPermission && (
        <QuotaMeter name={t('cockpit.callsLeft')} quota={callsLeft(facts, now)} now={now} />
      )}
      {needsPermission && <Streak facts={facts} />}
      <Window facts={facts} now={now} />
      <Hours facts={facts} now={now} />
    </dl>
  );
}

interface MeterProps {
  name: string;
  soon?: boolean;
  children: ReactNode;
}

function Meter({ name, soon = false, children }: MeterProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes('num', soon && css.soon)}>{children}</dd>
    </div>
  );
}

function permissionText(state: PermissionState, now: number): string {
  const words = t(`cockpit.permissionStates.${state.status}`);
  if (state.status !== 'temporary' || state.expiresAt === undefined) return words;
  return t('cockpit.allowedFor', { length: lengthInWords((state.expiresAt - now) / 1000) });
}

function isSoon(state: PermissionState, now: number): boolean {
  if (state.status === 'maybe-revoked') return true;
  return (
    state.status === 'temporary' && state.expiresAt !== undefined && state.expiresAt - now < SOON_MS
  );
}

function QuotaMeter({ name, quota, now }: { name: string; quota: Quota; now: number }) {
  const limit = tightest(quota);
  if (!limit) return null;
  const { left, max, periodMs, freesAt } = limit;
  return (
    <Meter name={name} soon={left === 0}>
      {t('cockpit.ofLimit', { left, max })}{' '}
      {t('cockpit.within', { period: hoursInWords(periodMs / HOUR_MS) })}
      {left === 0 && freesAt !== undefined && (
        <>
          ,{' '}
          {t('cockpit.againIn', {
            length: lengthInWords((freesAt - now) / 1000),
            moment: moment(freesAt, now),
          })}
        </>
      )}
    </Meter>
  );
}

function Streak({ facts }: { facts: Facts }) {
  const { count } = unansweredStreak(facts.history);
  if (count === 0) return null;
  const { reconsiderAt, revokeAt } = streakLimits(facts);
  return (
    <Meter name={t('cockpit.unanswered')} soon={count >= reconsiderAt}>
      {t('cockpit.unansweredOf', { count, limit: revokeAt })}
    </Meter>
  );
}

function Window({ facts, now }: { facts: Facts; now: number }) {
  if (!providers[facts.provider].serviceWindow.value) return null;
  const window = serviceWindow(facts.history, now);
  if (window.open) {
    const left = window.closesAt - now;
    return (
      <Meter name={t('cockpit.window')} soon={left < WINDOW_SOON_MS}>
        {t('cockpit.windowOpen', {
          moment: moment(window.closesAt, now),
          length: lengthInWords(left / 1000),
        })}
      </Meter>
    );
  }
  return (
    <Meter name={t('cockpit.window')}>
      {window.awaitsReply ? t('cockpit.windowNeedsReply') : t('cockpit.windowClosed')}
    </Meter>
  );
}

function Hours({ facts, now }: { facts: Facts; now: number }) {
  const { hours } = facts.business;
  const state = hours && hoursState(hours, now);
  if (!state) return null;
  return (
    <Meter name={t('cockpit.hours')} soon={!state.open}>
      {state.open ? t('cockpit.hoursOpen') : t('cockpit.hoursClosed')}
      {state.changesAt !== undefined &&
        ` ${t('cockpit.changes', { moment: moment(state.changesAt, now) })}`}
    </Meter>
  );
}
