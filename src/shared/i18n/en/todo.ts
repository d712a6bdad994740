/** Customers who wait, and what agents do with them. */

export const todo = {
  refusals: {
    taken: '{{name}} takes care of this customer',
    over: 'This customer has been answered meanwhile',
    changed: 'Something new has come. Look at it first',
    unknown: 'This is not possible with that number or teammate',
    'unknown-account': 'This number is no longer yours',
  },
} as const;
