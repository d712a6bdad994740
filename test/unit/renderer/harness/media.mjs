// The softphone without a screen, driven by a script.
import { Softphone } from '../../../../src/renderer/media/softphone.ts';

const said = [];
const note = (what) => (callId, detail) => said.push({ at: Date.now(), callId, what, detail });

window.said = said;
window.softphone = new Softphone({
  report: note('report'),
  quality: note('quality'),
  sample: note('sample'),
  device: note('device'),
  recorder: note('recorder'),
  recorded: note('recorded'),
  startedAt: () => window.acceptedAt,
});
