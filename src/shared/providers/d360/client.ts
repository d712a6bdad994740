import { CloudClient } from '../meta/client.ts';
import { d360TemplatesAnswer } from '../meta/templates.ts';
import { movedTo, type MediaFile } from '../meta/media.ts';
import type { Answer, ClientPorts } from '../client.ts';
import { D360_API_BASE, d360ErrorOf, d360Routes } from './api.ts';

export interface D360ClientOptions extends ClientPorts {
  /** 360dialog's own by default. */
  apiBase?: string | undefined;
  /** Identifies the number. Kept only in this object. */
  apiKey: string;
}

/** One number at 360dialog, which forwards Meta's requests. */
export class D360Client extends CloudClient {
  readonly #base: string;

  constructor({ apiBase = D360_API_BASE, apiKey, fetch, log, clock, onAnswer }: D360ClientOptions) {
    super({
      routes: d360Routes,
      sender: {
        provider: 'd360',
        base: apiBase,
        key: apiKey,
        errorOf: d360ErrorOf,
        fetch,
        log,
        clock,
        onAnswer,
      },
      templates: d360TemplatesAnswer,
      userIds: false,
      // docs/providers/d360.md#endpoints: not mentioned.
      voicemail: false,
    });
    this.#base = apiBase;
  }

  /** The file comes through 360dialog, with its key (docs/providers/d360.md#files). */
  override async media(mediaId: string): Promise<Answer<MediaFile>> {
    const answer = await super.media(mediaId);
    if (!answer.ok) return answer;
    const { url, bytes } = answer.value;
    return { ok: true, value: { url: movedTo(this.#base, url), bytes } };
  }
}
