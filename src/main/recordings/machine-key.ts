/** The name under which the key store has the key of the service for transcripts. */
export const MACHINE_KEY = 'transcripts-key';
