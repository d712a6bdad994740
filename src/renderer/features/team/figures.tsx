import { t } from '../../../shared/i18n/i18n.ts';
import type { BoardView } from '../../../shared/ipc/team.ts';
import type { AgentFigures } from '../../../shared/protocol/team.ts';
import { lengthInWords } from '../../lib/format.ts';
import css from './team-view.module.css';

/** What an agent did today, in one line. */
export function figuresText({
  answered,
  placed,
  talkSeconds,
  answerSeconds,
}: AgentFigures): string {
  const facts = [
    t('team.answeredToday', { count: answered }),
    t('team.placedToday', { count: placed }),
    t('team.talkedToday', { length: lengthInWords(talkSeconds) }),
    answerSeconds !== undefined && t('team.answeredIn', { length: lengthInWords(answerSeconds) }),
  ];
  return facts.filter(Boolean).join(' · ');
}

/** What became of each number's calls today. */
export function NumbersToday({ numbers }: Pick<BoardView, 'numbers'>) {
  return (
    <section>
      <h2 className={css.heading}>{t('team.today')}</h2>
      {numbers.length === 0 ? (
        <p className={css.quiet}>{t('team.noCallsToday')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll it
        <section className={css.scroll} aria-label={t('team.today')} tabIndex={0}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('team.number')}</th>
                <th scope="col">{t('team.calls')}</th>
                <th scope="col">{t('team.answered')}</th>
                <th scope="col">{t('team.missed')}</th>
                <th scope="col">{t('team.placedCalls')}</th>
                <th scope="col">{t('team.talkTime')}</th>
                <th scope="col">{t('team.answerTime')}</th>
              </tr>
            </thead>
            <tbody>
              {numbers.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <bdi>{one.label}</bdi>
                  </th>
                  <td>{one.calls}</td>
                  <td>{one.answered}</td>
                  <td>{one.missed}</td>
                  <td>{one.placed}</td>
                  <td>{lengthInWords(one.talkSeconds)}</td>
                  <td>
                    {one.answerSeconds === undefined ? '–' : lengthInWords(one.answerSeconds)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
