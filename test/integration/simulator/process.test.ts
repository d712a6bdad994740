import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ACCOUNT } from './simulated-world.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * Runs Node in the project and returns its output and exit code; `until` ends it with SIGTERM once
 * it was printed.
 */
async function run(args: string[], until?: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let out = '';
  let isTold = false;
  const read = (chunk: Buffer) => {
    out += chunk.toString();
    if (isTold || until === undefined || !out.includes(until)) return;
    isTold = true;
    child.kill('SIGTERM');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, out };
}

function configFile(config: unknown): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

test('the command runs until SIGTERM', async () => {
  const file = configFile({ version: 1, listen: { port: 0 }, accounts: [ACCOUNT] });
  const { code, out } = await run(['src/simulator/index.ts', '--config', file], 'listening on');
  expect(out).toMatch(/simulator listening on http:\/\/127\.0\.0\.1:\d+/);
  expect(code).toBe(0);
});

test('the command runs the example, with a number of every provider', async () => {
  const example = JSON.parse(readFileSync(path.join(ROOT, 'src/simulator/example.json'), 'utf8'));
  const file = configFile({ ...example, listen: { port: 0 } });
  const { code, out } = await run(['src/simulator/index.ts', '--config', file], 'listening on');
  expect(out).toMatch(/simulator listening on/);
  expect(code).toBe(0);
});

test('the command ends when its port is taken', async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const file = configFile({ version: 1, listen: { port }, accounts: [ACCOUNT] });
  const { code, out } = await run(['src/simulator/index.ts', '--config', file]);
  expect(out).toContain('EADDRINUSE');
  expect(code).toBe(1);
});

test('the command names what is wrong with its configuration', async () => {
  const file = configFile({ version: 1, accounts: [{ ...ACCOUNT, appSecret: undefined }] });
  const { code, out } = await run(['src/simulator/index.ts', '--config', file]);
  expect(out).toContain('accounts[0].appSecret: required');
  expect(code).toBe(1);
});

test('close leaves nothing that keeps a process alive, even in the middle of a call', async () => {
  const script = `
    import { createSimulator } from './src/simulator/simulator.ts';
    const simulator = await createSimulator({
      version: 1, listen: { port: 0 },
      accounts: [{ ...${JSON.stringify(ACCOUNT)}, webhookUrl: 'http://127.0.0.1:1/' }],
    });
    const { callId } = await simulator.startCall({ customer: { waId: '16315553602' }, ringForMs: 60000 });
    const { callId: other } = await simulator.startCall({ customer: { waId: '16315553603' } });
    simulator.hangUp(other);
    await simulator.close();
    console.log('closed');
  `;
  const { code, out } = await run(['--input-type=module-typescript', '-e', script]);
  expect(out).toContain('closed');
  expect(code).toBe(0);
});
