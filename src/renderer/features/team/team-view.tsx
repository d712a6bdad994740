import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { AgentFigures } from '../../../shared/protocol/team.ts';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import { supervises } from '../../../shared/protocol/rights.ts';
import { classes } from '../../lib/classes.ts';
import { memo, useState } from 'react';
import { lengthInWords } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Board, useBoard } from './board.tsx';
import { figuresText, NumbersToday } from './figures.tsx';
import { MessageDialog, Messages, type Recipient } from './messages.tsx';
import css from './team-view.module.css';

/** The team and everyone's presence; for supervisors, its calls now and today as well. */
export function TeamScreen() {
  const { team, agent } = useSnapshot((snapshot) => snapshot);
  const now = useNow(1000);
  const supervisor = supervises(team.find(({ id }) => id === agent?.id)?.role);
  const board = useBoard(supervisor);
  const [recipient, setRecipient] = useState<Recipient>();
  const teams = [...new Set(team.flatMap((one) => one.team ?? []))].sort();
  const figures = new Map(board.data?.agents.map((one) => [one.id, one]));
  const reachable = team.filter(({ presence }) => presence === 'available').length;
  return (
    <Page title={t('views.team')} intro={t('team.intro')}>
      {team.length === 0 && (
        <Empty icon="people" title={t('team.emptyTitle')} text={t('team.empty')} />
      )}
      {supervisor && <Board board={board} now={now} />}
      {supervisor && board.data && <NumbersToday numbers={board.data.numbers} />}
      <Messages />
      {recipient && <MessageDialog to={recipient} onClose={() => setRecipient(undefined)} />}
      {team.length > 0 && (
        <h2 className={css.heading}>{t('team.reachableNow', { reachable, count: team.length })}</h2>
      )}
      {supervisor && teams.length > 0 && (
        <div className={css.teams}>
          {teams.map((name) => (
            <Button key={name} onClick={() => setRecipient({ kind: 'team', name, shown: name })}>
              {t('team.messageTeam', { name })}
            </Button>
          ))}
        </div>
      )}
      <ul aria-label={t('team.team')}>
        {team.map((one) => (
          <Member
            key={one.id}
            teammate={one}
            self={one.id === agent?.id}
            figures={figures.get(one.id)}
            presentFor={lengthInWords((now - one.since) / 1000)}
            onMessage={setRecipient}
          />
        ))}
      </ul>
    </Page>
  );
}

interface MemberProps {
  teammate: Teammate;
  self: boolean;
  figures: AgentFigures | undefined;
  /** How long their presence has been this, in words. */
  presentFor: string;
  onMessage: (to: Recipient) => void;
}

/** Drawn anew only when it says something else: a team has hundreds, and the time goes on each second. */
const Member = memo(function Member(props: MemberProps) {
  const { teammate, self, figures, presentFor, onMessage } = props;
  const { id, name, team, presence, since, takesTransfers, unreachable } = teammate;
  const facts = [self && t('team.you'), team, !takesTransfers && t('team.noTransfers')];
  return (
    <li className={classes(css.row, css.member)} aria-label={name}>
      <Avatar party={{ name }} />
      <div className={css.person}>
        <p className={css.name} dir="auto">
          {name}
        </p>
        <p className={css.quiet}>{facts.filter(Boolean).join(' · ')}</p>
        {figures && <p className={css.quiet}>{figuresText(figures)}</p>}
      </div>
      <span
        className={classes(css.state, unreachable ? css.unreachable : css[presence])}
        title={formats.exactDate(since)}
      >
        <span className={css.dot} aria-hidden="true" />
        {unreachable
          ? t('team.notReachable', { why: t(`team.causes.${unreachable}`) })
          : t(`team.presences.${presence}`)}
        <span className={css.quiet}>{t('team.forLong', { length: presentFor })}</span>
      </span>
      {!self && (
        <Button
          look="quiet"
          icon="note"
          iconOnly
          onClick={() => onMessage({ kind: 'agent', name: id, shown: name })}
        >
          {t('team.messageTo', { name })}
        </Button>
      )}
    </li>
  );
});
