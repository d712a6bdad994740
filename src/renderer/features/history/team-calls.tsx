import { useInfiniteQuery } from '@tanstack/react-query';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { TeamCallsPage } from '../../../shared/ipc/team.ts';
import { supervises } from '../../../shared/protocol/rights.ts';
import { lengthInWords, moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { fetchFromMain, queryErrorMessage } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { type CallsOf, showContact } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import css from './team-calls.module.css';

/** Chooses whose calls are listed; supervisors only. */
export function AgentFilter({ of, onChange }: { of: CallsOf; onChange: (of: CallsOf) => void }) {
  const { team, agent } = useSnapshot((snapshot) => snapshot);
  if (!supervises(team.find(({ id }) => id === agent?.id)?.role)) return null;
  return (
    <div className={css.filter}>
      <Choice
        label={t('team.ofTeam')}
        value={typeof of === 'string' ? of : `agent/${of.agentId}`}
        options={[
          { value: 'me', label: t('team.ofMe') },
          { value: 'everybody', label: t('team.ofEverybody') },
          ...team.map(({ id, name }) => ({ value: `agent/${id}`, label: name })),
        ]}
        onChange={(value) =>
          onChange(
            value === 'me' || value === 'everybody'
              ? value
              : { agentId: value.slice('agent/'.length) },
          )
        }
      />
    </div>
  );
}

/** The team's calls, newest first, as the relay tells supervisors. */
export function TeamCalls({ of }: { of: Exclude<CallsOf, 'me'> }) {
  const agentId = of === 'everybody' ? undefined : of.agentId;
  const calls = useInfiniteQuery({
    queryKey: ['team', 'calls', agentId],
    queryFn: ({ pageParam }) => fetchFromMain('team.calls', { agentId, before: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.before,
    gcTime: 0,
    retry: false,
  });
  const now = useNow(60_000);
  const rows = calls.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll it
    <section className={css.scroll} aria-label={t('history.callHistory')} tabIndex={0}>
      <output className={css.quiet}>
        {calls.error
          ? queryErrorMessage(calls.error).what
          : calls.data && rows.length === 0
            ? t('team.noTeamCalls')
            : t('team.teamCallsIntro')}
      </output>
      <ul>
        {rows.map((call) => (
          <li key={call.callId}>
            {/* What is known of a call here is in the customer's timeline, with notes and messages. */}
            <button type="button" className={css.row} onClick={() => showContact(call.party)}>
              <span className={css.name}>
                <bdi>{partyName(call.party)}</bdi>
                <time title={formats.exactDate(call.at)}>{moment(call.at, now)}</time>
              </span>
              <span className={css.quiet}>
                {[call.account, t(`history.directions.${call.direction}`), whatBecame(call)].join(
                  ' · ',
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {calls.hasNextPage && (
        <Button
          blocked={calls.isFetchingNextPage ? t('team.loading') : undefined}
          onClick={() => void calls.fetchNextPage()}
        >
          {t('team.moreTeamCalls')}
        </Button>
      )}
    </section>
  );
}

function whatBecame({
  direction,
  parts,
  placedBy,
  isOver,
}: TeamCallsPage['calls'][number]): string {
  if (parts.length > 0) {
    const had = parts.map(({ agent, talkSeconds }) =>
      t('team.hadIt', { agent: agent.name, length: lengthInWords(talkSeconds) }),
    );
    return [...had, ...(isOver ? [] : [t('team.ringsOrTalks')])].join(' · ');
  }
  if (!isOver) return t('team.rings');
  if (direction === 'inbound') return t('team.nobodyHad');
  return placedBy ? t('team.noAnswerOf', { agent: placedBy.name }) : t('team.noAnswer');
}
