import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseConfig } from '../../../../src/relay/config/load.ts';
import { temporaryFolder } from '../harness.ts';

/** From Debian's package of the same name. */
const NATS_SERVER = 'nats-server';
const DEPLOY = path.resolve('deploy');

describe('what is in deploy/', () => {
  it.each(['relay-one.json', 'relay-three.json'])(
    'has a config that the relay takes: %s',
    (name) => {
      const config: unknown = JSON.parse(readFileSync(path.join(DEPLOY, name), 'utf8'));
      const { drainSeconds } = parseConfig(config, DEPLOY);
      const unit = readFileSync(path.join(DEPLOY, 'relay.service'), 'utf8');
      const [, stop] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? [];
      expect(Number(stop)).toBeGreaterThan(drainSeconds);
    },
  );

  it('has a config that nats-server takes', () => {
    const file = path.join(DEPLOY, 'nats.conf');
    const env = { ...process.env, NATS_PASSWORD: 'a-password' };
    expect(() =>
      execFileSync(NATS_SERVER, ['-t', '-c', file], { env, stdio: 'pipe' }),
    ).not.toThrow();
  });

  it.each(['compose-one.yaml', 'compose-three.yaml'])(
    'has services that compose understands: %s',
    (name) => {
      // It needs no container: it only reads the file, and checks every field.
      const check = () =>
        execFileSync('docker-compose', ['-f', path.join(DEPLOY, name), 'config'], {
          stdio: 'pipe',
        });
      expect(check).not.toThrow();
    },
  );

  it.each(['relay.service', 'nats.service'])(
    'has a unit that systemd takes, and that leaves little of the machine open: %s',
    (name) => {
      const folder = temporaryFolder();
      onTestFinished(() => folder.remove());
      // The programs are elsewhere here.
      const unit = readFileSync(path.join(DEPLOY, name), 'utf8').replace(
        /^ExecStart=\S+/m,
        `ExecStart=${process.execPath}`,
      );
      const file = path.join(folder.dir, name);
      writeFileSync(file, unit);
      const analyze = (...args: readonly string[]) =>
        execFileSync('systemd-analyze', [...args, file], { encoding: 'utf8', stdio: 'pipe' });
      expect(analyze('verify', '--man=no')).toBe('');
      // Of 100: 0 is open to nothing.
      expect(() => analyze('security', '--offline=true', '--threshold=20')).not.toThrow();
    },
  );
});
