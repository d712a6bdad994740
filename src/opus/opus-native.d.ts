/** The emscripten module inside `opusscript`, as far as we use it. */
declare module 'opusscript/build/opusscript_native_wasm.js' {
  export interface OpusHandler {
    _encode(pcmPointer: number, pcmBytes: number, opusPointer: number, frameSize: number): number;
    _decode(opusPointer: number, opusBytes: number, pcmPointer: number): number;
  }
  export interface OpusModule {
    OpusScriptHandler: {
      new (sampleRate: number, channels: number, application: number): OpusHandler;
      destroy_handler(handler: OpusHandler): void;
    };
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    HEAPU8: Uint8Array;
    HEAPU16: Uint16Array;
  }
  export default function load(): OpusModule;
}
