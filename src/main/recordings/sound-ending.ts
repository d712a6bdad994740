const ENDINGS = new Map([
  ['audio/aac', 'aac'],
  ['audio/amr', 'amr'],
  ['audio/flac', 'flac'],
  ['audio/m4a', 'm4a'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg', 'ogg'],
  ['audio/opus', 'ogg'],
  ['audio/wave', 'wav'],
  ['audio/wav', 'wav'],
  ['audio/webm', 'webm'],
]);

/** What the name of a file of sound ends in, for programs that go by it. A provider's type never becomes part of a path. */
export function soundEnding(mime: string): string {
  const [type = ''] = mime.toLowerCase().split(';');
  return ENDINGS.get(type.trim().replace(/^audio\/(?:x-|vnd\.)/, 'audio/')) ?? 'mp3';
}
