// Text is decoded wherever our code runs, but by neither of the type libraries that shared code may see.
declare class TextDecoder {
  constructor(encoding: string, options: { fatal: boolean });
  decode(bytes: Uint8Array): string;
}
