import { t } from '../../../shared/i18n/i18n.ts';
import type { TransferFigures } from '../../../shared/insight/transfers.ts';
import { transferEnd } from '../../messages/insight.ts';
import { Figure } from './figure.tsx';
import { countCell } from './hours-figures.tsx';
import type { Picture } from './picture.ts';
import type { CellSlice, Table } from './table.ts';

/** To whom calls were transferred, and where that ended. */
export function TransfersView({
  figures,
  onOpen,
}: {
  figures: TransferFigures;
  onOpen: (slice: CellSlice) => void;
}) {
  return (
    <Figure
      name={t('insight.transfersTitle')}
      file="transfers"
      picture={transfersPicture(figures)}
      table={transfersTable(figures)}
      onOpen={onOpen}
    />
  );
}

function transfersPicture({ to }: TransferFigures): Picture {
  const names = [...new Set(to.map(({ to }) => to))].slice(0, 12);
  const ended = (name: string, isAccepted: boolean) =>
    to
      .filter((one) => one.to === name && (one.end === 'accepted') === isAccepted)
      .reduce((sum, { calls }) => sum + calls, 0);
  return {
    type: 'bars',
    labels: names.map(nameOf),
    series: [
      {
        name: t('insight.ends.accepted'),
        colour: 'good',
        values: names.map((name) => ended(name, true)),
      },
      {
        name: t('insight.notAccepted'),
        colour: 'bad',
        values: names.map((name) => ended(name, false)),
      },
    ],
    isStacked: true,
    isLying: true,
  };
}

function transfersTable({ to }: TransferFigures): Table {
  return {
    columns: [t('insight.transferredTo'), t('insight.end'), t('insight.calls')],
    rows: to.map(({ to, end, calls }) => ({
      name: nameOf(to),
      key: `${end ?? ''}/${to}`,
      cells: [
        { text: transferEnd(end) },
        countCell(calls, { transfer: { to, ...(end !== undefined && { end }) } }),
      ],
    })),
  };
}

const nameOf = (to: string): string => (to === '' ? t('insight.everybody') : to);
