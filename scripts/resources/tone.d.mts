/** Writes a steady, loopable test tone: mono PCM16 48 kHz WAV, -12 dBFS. */
export function writeTone(path: string, hz: number, seconds: number): void;
