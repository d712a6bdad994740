import { expect, it } from 'vitest';
import { simulatedCustomers } from '../../../../src/main/demo/behaviour.ts';
import { demoCustomers } from '../../../../src/main/demo/customers.ts';
import { parsePhone } from '../../../../src/shared/lib/phone.ts';

it('has demo customers who can be dialled and simulated', () => {
  const countries = demoCustomers.map(({ waId }) => {
    const parsed = parsePhone(`+${waId}`);
    return parsed.ok ? parsed.value.number.country : waId;
  });
  expect(countries).toEqual(demoCustomers.map(({ country }) => country));
  expect(new Set(demoCustomers.map(({ id }) => id)).size).toBe(demoCustomers.length);
  expect(simulatedCustomers()).toHaveLength(demoCustomers.length + 1);
});
