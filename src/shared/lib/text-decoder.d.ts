// These exist wherever shared code runs but are in neither of its type libraries.
declare class TextDecoder {
  constructor(encoding: string, options: { fatal: boolean });
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
/** @param bytes each as a character */
declare function btoa(bytes: string): string;
