/** One of our numbers and where its provider is reached. No secrets: the access token lives in the vault. */
export interface Account {
  id: string;
  provider: 'meta';
  label: string;
  /** E.164 with `+`. */
  number: string;
  phoneNumberId: string;
  wabaId: string;
  /** Root of the provider's API without a version; missing = the provider's own. */
  apiBase?: string | undefined;
  /** E.g. `v26.0`; missing = the version this app was built for. */
  apiVersion?: string | undefined;
}
