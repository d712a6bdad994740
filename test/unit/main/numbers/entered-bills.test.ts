import { expect, test } from 'vitest';
import { enteredBillsSetting } from '../../../../src/main/db/json-settings.ts';
import { EnteredBills } from '../../../../src/main/numbers/entered-bills.ts';
import { requests } from '../../../../src/shared/ipc/routes.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const bill = { accountId: 'support', month: '2026-03', amount: '412.50', currency: 'USD' };

function open(isAdmin = true) {
  const db = emptyDatabase();
  return new EnteredBills({ store: enteredBillsSetting(db), mayEnter: () => isAdmin });
}

test('a bill that is entered again replaces the first, and without an amount it goes', () => {
  const bills = open();
  bills.set(bill);
  bills.set({ ...bill, month: '2026-04' });
  bills.set({ ...bill, accountId: 'sales' });
  bills.set({ ...bill, amount: '413' });
  expect(bills.list().bills.map((one) => [one.month, one.accountId, one.amount])).toEqual([
    ['2026-04', 'support', '412.50'],
    ['2026-03', 'sales', '412.50'],
    ['2026-03', 'support', '413'],
  ]);
  bills.set({ accountId: 'support', month: '2026-03', currency: 'USD' });
  expect(bills.list().bills).toHaveLength(2);
});

test('only admins enter bills, and everybody sees them', () => {
  const bills = open(false);
  expect(() => bills.set(bill)).toThrow('Only admins');
  expect(bills.list()).toEqual({ bills: [], mayEnter: false });
});

test.each([{ month: '2026-13' }, { amount: '1,5' }, { amount: '-1' }, { currency: 'usd' }])(
  'what is no bill is refused: %o',
  (wrong) => {
    const schema = requests['insight.set-bill'];
    expect(schema.safeParse(bill).success).toBe(true);
    expect(schema.safeParse({ ...bill, ...wrong }).success).toBe(false);
  },
);
