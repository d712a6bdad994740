import { type ReactNode, useRef } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { csvSeparatorOf } from '../../lib/csv-separator.ts';
import { act } from '../../state/requests.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Chart, type ChartHandle } from './chart.tsx';
import { FigureTable } from './figure-table.tsx';
import { HeatTable } from './heat-table.tsx';
import type { Picture } from './picture.ts';
import { type CellSlice, type Table, tableCsv } from './table.ts';
import css from './figure.module.css';

interface FigureProps {
  name: string;
  /** Of a file, without its ending. */
  file: string;
  picture: Picture;
  table: Table;
  onOpen: (slice: CellSlice) => void;
  children?: ReactNode;
}

/** A picture, the table that says the same, and both as files. */
export function Figure({ name, file, picture, table, onOpen, children }: FigureProps) {
  const chart = useRef<ChartHandle>(null);
  const save = async (content: { type: 'png'; base64: string } | { type: 'csv'; text: string }) => {
    const saved = await act('insight.save', { name: `${file}.${content.type}`, content });
    if (saved) toast('good', () => t('insight.saved', saved), 'insight-saved');
  };
  return (
    <div className={css.figure}>
      <div className={css.head}>
        <h2 className={css.name}>{name}</h2>
        <div className={css.actions}>
          <Button
            look="quiet"
            size="small"
            onClick={() => void save({ type: 'png', base64: chart.current?.png() ?? '' })}
          >
            {t('insight.savePicture')}
          </Button>
          <Button
            look="quiet"
            size="small"
            onClick={() => void save({ type: 'csv', text: tableCsv(table, csvSeparatorOf()) })}
          >
            {t('insight.saveTable')}
          </Button>
        </div>
      </div>
      {children}
      <Chart name={name} picture={picture} ref={chart} />
      {picture.type === 'heat' ? (
        <HeatTable table={table} label={name} onOpen={onOpen} />
      ) : (
        <FigureTable table={table} label={name} onOpen={onOpen} />
      )}
    </div>
  );
}
