/** Our number that another program names, by its id or by the number itself in any spelling. */
export function senderNamed<A extends { id: string; number: string }>(
  from: string,
  accounts: readonly A[],
): A | undefined {
  const digits = from.replace(/\D/g, '');
  return (
    accounts.find(({ id }) => id === from) ??
    accounts.find(({ number }) => digits !== '' && number === `+${digits}`)
  );
}
