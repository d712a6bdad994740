/** A simulated customer of the demo workspace. */
export interface DemoCustomer {
  id: string;
  name: string;
  /** Digits. */
  waId: string;
  country: string;
  /** Catalogue key: what this customer does. */
  does: string;
  direction: 'inbound' | 'outbound';
  /** Calls the number whose calls can be put on hold and transferred. */
  team?: true | undefined;
}
