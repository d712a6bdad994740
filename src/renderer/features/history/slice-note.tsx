import type { InsightSlice } from '../../../shared/protocol/insight-question.ts';
import { t } from '../../../shared/i18n/i18n.ts';
import { sliceWords } from '../../messages/insight.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import css from './history-view.module.css';

/** Which figure of Insight the listed calls are behind. */
export function SliceNote({ slice }: { slice: InsightSlice | undefined }) {
  const { accounts, agent } = useSnapshot((snapshot) => snapshot);
  if (!slice) return null;
  const label = (id: string) => accounts.find((account) => account.id === id)?.label ?? id;
  return (
    <div className={css.slice}>
      <p>{t('insight.slice', { what: sliceWords(slice, label, agent?.name) })}</p>
      <Button
        look="quiet"
        size="small"
        onClick={() =>
          useUi.setState(({ filter }) => ({ filter: { ...filter, insight: undefined } }))
        }
      >
        {t('insight.clearSlice')}
      </Button>
    </div>
  );
}
