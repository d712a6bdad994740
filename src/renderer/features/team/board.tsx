import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formats, isolated, t } from '../../../shared/i18n/i18n.ts';
import type { BoardView, SupervisableCall } from '../../../shared/ipc/team.ts';
import { clockTime } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { act, fetchFromMain, queryErrorMessage } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { GuardedButton } from '../../ui/button.tsx';
import css from './team-view.module.css';

/** How often the relay is asked who waits, and for the figures, in ms. */
const EVERY_MS = 3_000;

/** What the relay tells supervisors, asked again and again while it is shown. */
export function useBoard(enabled: boolean): UseQueryResult<BoardView> {
  return useQuery({
    queryKey: ['team', 'board'],
    queryFn: () => fetchFromMain('team.board', {}),
    enabled,
    refetchInterval: EVERY_MS,
    retry: false,
    // What was true before this view was opened is not shown.
    gcTime: 0,
  });
}

/** Who waits, and who talks. */
export function Board({ board, now }: { board: UseQueryResult<BoardView>; now: number }) {
  const supervisable = useSnapshot(({ supervisable }) => supervisable);
  const busy = useSnapshot(({ calls }) => engagedCall(calls) !== undefined);
  const { waiting = [], live = [] } = board.data ?? {};
  return (
    <>
      {board.error && <output className={css.quiet}>{queryErrorMessage(board.error).what}</output>}
      {board.data && (
        <section>
          <h2 className={css.heading}>{t('team.waitingTitle')}</h2>
          {waiting.length === 0 && <p className={css.quiet}>{t('team.nobodyWaits')}</p>}
          <ul aria-label={t('team.waitingTitle')}>
            {waiting.map(({ callId, party, account, since }) => (
              <Row key={callId} name={partyName(party)} facts={[account]}>
                <span className={css.soon}>
                  {t('team.waitingFor', { length: clockTime((now - since) / 1000) })}
                </span>
              </Row>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className={css.heading}>{t('team.callsTitle')}</h2>
        {supervisable.length + live.length === 0 && (
          <p className={css.quiet}>{t('team.noCalls')}</p>
        )}
        <ul aria-label={t('team.callsTitle')}>
          {supervisable.map((call) => (
            <Supervised key={call.callId} call={call} now={now} busy={busy} />
          ))}
          {live.map(({ callId, agent, party, account, since }) => (
            <Row
              key={callId}
              name={t('team.talksWith', { agent, party: partyName(party) })}
              facts={[account, clockTime((now - since) / 1000)]}
            >
              <span className={css.quiet}>{t('team.notCarried')}</span>
            </Row>
          ))}
        </ul>
      </section>
    </>
  );
}

interface RowProps {
  name: string;
  facts: readonly (string | undefined)[];
  children: ReactNode;
}

function Row({ name, facts, children }: RowProps) {
  return (
    <li className={css.row} aria-label={name}>
      <div className={css.person}>
        <p className={css.name}>{name}</p>
        <p className={css.quiet}>{facts.filter((fact) => fact !== undefined).join(' · ')}</p>
      </div>
      {children}
    </li>
  );
}

interface SupervisedProps {
  call: SupervisableCall;
  now: number;
  busy: boolean;
}

function Supervised({ call, now, busy }: SupervisedProps) {
  const { callId, agent, party, mode, startedAt, state, askedFor, others } = call;
  const set = (next: 'listen' | 'whisper' | 'barge' | 'off') =>
    void act('calls.supervise', { callId, mode: next });
  const blocked = busy ? t('dialpad.blockBusy') : undefined;
  const facts = [
    call.account,
    startedAt === undefined ? undefined : clockTime((now - startedAt) / 1000),
    state === 'talking' ? undefined : t(`team.states.${state}`),
    askedFor === undefined ? undefined : t('team.askedFor', { to: askedFor }),
    others.length === 0
      ? undefined
      : t('team.supervisedBy', { names: formats.list(others.map(isolated)) }),
    mode === 'off' ? undefined : t(`team.modes.${mode}`),
  ];
  return (
    <Row name={t('team.talksWith', { agent, party: partyName(party) })} facts={facts}>
      <div className={css.controls}>
        <GuardedButton pressed={mode === 'listen'} blocked={blocked} onClick={() => set('listen')}>
          {t('team.listen')}
        </GuardedButton>
        <GuardedButton
          pressed={mode === 'whisper'}
          blocked={blocked}
          onClick={() => set('whisper')}
        >
          {t('team.whisper')}
        </GuardedButton>
        <GuardedButton pressed={mode === 'barge'} blocked={blocked} onClick={() => set('barge')}>
          {t('team.barge')}
        </GuardedButton>
        <GuardedButton
          blocked={blocked ?? (askedFor === undefined ? undefined : t('team.refusals.moving'))}
          onClick={() => void act('calls.take-over', { callId })}
        >
          {t('team.takeOver')}
        </GuardedButton>
        {mode !== 'off' && (
          <GuardedButton onClick={() => set('off')}>
            {mode === 'barge' ? t('team.leaveCall') : t('team.stop')}
          </GuardedButton>
        )}
      </div>
    </Row>
  );
}
