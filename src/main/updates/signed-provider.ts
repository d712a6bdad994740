import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import { Provider, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { UpdateProblem } from './problem.ts';
import { isSigned } from './signature.ts';

interface SignedOptions {
  url: string;
  key: string;
  /** The channel's file on this system. */
  file: () => string;
  /** Reads YAML. */
  parse: (text: string, name: string) => UpdateInfo;
}

/** Makes electron-updater read a server's files, each of which must be signed with our key. */
export function signedProvider({
  url,
  key,
  file,
  parse,
}: SignedOptions): new (
  options: unknown,
  updater: AppUpdater,
  runtime: ProviderRuntimeOptions,
) => Provider<UpdateInfo> {
  return class SignedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: AppUpdater, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const name = file();
      const text = (await this.httpRequest(new URL(name, url))) ?? '';
      const signature = (await this.httpRequest(new URL(`${name}.sig`, url))) ?? '';
      if (!isSigned(text, signature, key)) {
        throw new UpdateProblem('not-ours', `${name} is not signed with our key`);
      }
      return parse(text, name);
    }

    resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
      return info.files.map((one) => ({ url: new URL(one.url, url), info: one }));
    }
  };
}
