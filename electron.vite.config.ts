import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { transformWithOxc } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/** Less to read at each start. Names stay, for the log. */
const MINIFY = { compress: true, mangle: false, codegen: { removeWhitespace: true } };

/**
 * Main is bundled whole, so that a package needs no `node_modules` but the native module. The floor of our code
 * is Electron 33 (Chrome 130, Node 20.18).
 */
export default defineConfig({
  main: {
    plugins: [opusBesideBundle(), bootAlone(), asciiOnly()],
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          // What `boot.ts` loads before it.
          'code-cache': at('src/main/code-cache.ts'),
          jitless: at('src/main/jitless.ts'),
          'go-back': at('src/main/updates/go-back.ts'),
          // Processes and threads of their own.
          'demo-world': at('src/main/demo/world.ts'),
          'reader-worker': at('src/main/history/reader-worker.ts'),
          'repair-worker': at('src/main/db/repair-worker.ts'),
        },
        external: ['electron', 'better-sqlite3'],
        // V8 keeps what it compiled of CommonJS only (`src/main/code-cache.ts`).
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          minify: MINIFY,
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react(), asciiOnly()],
    build: {
      outDir: at('out/renderer'),
      target: 'chrome130',
      minify: true,
      rolldownOptions: {
        input: { index: at('src/renderer/index.html'), ring: at('src/renderer/ring.html') },
      },
    },
  },
});

/** The program's beginning stays an ES module, which a build of CommonJS cannot make. */
function bootAlone() {
  const file = at('src/main/boot.ts');
  return {
    name: 'boot-alone',
    async generateBundle(this: {
      emitFile: (file: { type: 'asset'; fileName: string; source: string }) => void;
    }) {
      const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file);
      this.emitFile({ type: 'asset', fileName: 'boot.js', source: code });
    },
  };
}

/** V8 keeps a script with one letter of another alphabet in two bytes for each, and reads it more slowly. */
function asciiOnly() {
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'ascii-only',
    generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
      for (const file of Object.values(bundle))
        if (file.code !== undefined) file.code = file.code.replaceAll(/[^\0-\x7f]/g, escape);
    },
  };
}

/** Simulated customers and the relay's mixer speak Opus, and opusscript reads its WebAssembly from a file beside the code. */
function opusBesideBundle() {
  const fileName = 'opusscript_native_wasm.wasm';
  return {
    name: 'opus-beside-bundle',
    generateBundle(this: {
      emitFile: (file: { type: 'asset'; fileName: string; source: Buffer }) => void;
    }) {
      const source = readFileSync(at(`node_modules/opusscript/build/${fileName}`));
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
