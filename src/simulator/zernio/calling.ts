/** Where a number's calls go, and how (docs/providers/zernio.md#configuration). */
export interface Calling {
  enabled: boolean;
  forwardTo: string | null;
  recordingEnabled: boolean;
  sipAuthUsername: string | null;
  sipAuthPassword: string | null;
  callIconCountries: readonly string[] | null;
  maxCallDurationSeconds: number | null;
  forwardCallerId: 'business' | 'caller';
}
