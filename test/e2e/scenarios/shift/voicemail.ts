import type { Simulator } from '../../../../src/simulator/simulator.ts';
import { writeOggOpus } from '../../../../src/shared/lib/ogg-opus.ts';
import { account, secrets } from '../../harness/numbers.ts';

const SECONDS = 3;

/** Gives the number a voicemail, with an announcement of silence. */
export async function addVoicemail(simulator: Simulator): Promise<void> {
  const packets = Array<Uint8Array>(SECONDS * 50 + 1).fill(Uint8Array.of(0xf8, 0xff, 0xfe));
  const samples = SECONDS * 48_000;
  const file = writeOggOpus({ packets, samplesPerPacket: 960, channels: 1, preSkip: 312, samples });
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('use_case', 'call_voicemail_announcement');
  form.set('file', new Blob([new Uint8Array(file)], { type: 'audio/ogg' }), 'announcement.ogg');
  const { id } = await ask(simulator, 'media', form);
  await ask(simulator, 'settings', {
    calling: {
      voicemail: {
        status: 'ENABLED',
        triggers: ['REJECT'],
        audio: { default: { announcement_media_id: id, timeout_seconds: 0 } },
      },
    },
  });
}

/** Declines a call for everybody: the customer reaches the voicemail. */
export async function decline(simulator: Simulator, callId: string): Promise<void> {
  await ask(simulator, 'calls', {
    messaging_product: 'whatsapp',
    call_id: callId,
    action: 'reject',
  });
}

async function ask(simulator: Simulator, path: string, body: FormData | object) {
  const isForm = body instanceof FormData;
  const url = `${simulator.baseUrl}/v23.0/${account.phoneNumberId}/${path}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secrets.accessToken}`,
      ...(!isForm && { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const { id }: { id?: unknown } = await answer.json();
  return { id };
}
