// TextDecoder exists wherever shared code runs but is in neither of its type libraries.
declare class TextDecoder {
  constructor(encoding: string, options: { fatal: boolean });
  decode(bytes: Uint8Array): string;
}
