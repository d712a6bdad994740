/** Who placed a call: the customer or the business. */
export type Direction = 'user-initiated' | 'business-initiated';
