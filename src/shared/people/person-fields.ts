/** What agents write down about a person. */
export const personFields = ['name', 'company', 'notes', 'language', 'doNotCall'] as const;
export type PersonField = (typeof personFields)[number];
