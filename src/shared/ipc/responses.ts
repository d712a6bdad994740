import type { ManagedAgent, NewAgent } from '../protocol/agent-admin.ts';
import type { CallBill } from '../providers/events.ts';
import type { InsightFigures, Preparing } from '../insight/figures.ts';
import type { PickUpLimits } from '../insight/pick-up.ts';
import type { AnalyticsPoint, Template } from '../providers/requests.ts';
import type { Contact, ContactFacts, ContactPage, NumberView, RateCardInfo } from './contacts.ts';
import type { LinkHandler } from './programs.ts';
import type { IceServer } from '../protocol/frames.ts';
import type { EchoAnswer, ReadyView } from './ready.ts';
import type { ImportPreview } from './people.ts';
import type { SetUpDone } from './set-up.ts';
import type { Todo } from '../protocol/todo.ts';
import type { TodoRow } from './todo.ts';
import type { AutostartView } from './updates.ts';
import type {
  BoardView,
  CallCount,
  CallNotes,
  DemoCustomer,
  HistoryDetail,
  HistoryPage,
  Snapshot,
  TeamCallsPage,
} from './model.ts';

/** The answer to each request. */
export interface Responses {
  'app.hello': Snapshot;
  'app.usable': null;
  'app.copy': null;
  'diagnostics.make': { name: string; text: string };
  'diagnostics.save': { path: string };
  'notices.dismiss': null;
  'presence.set': null;
  'presence.extend-wrap-up': null;
  'relay.connection': Snapshot['connection'];
  'relay.try-now': null;
  'portal.open': null;
  'proxy.sign-in': null;
  'calls.accept': null;
  'calls.decline': null;
  'calls.undo-decline': null;
  'calls.silence': null;
  'calls.hang-up': null;
  'calls.mute': null;
  'calls.confirm-recording': null;
  'calls.pause-recording': null;
  'calls.hold': null;
  'calls.resume': null;
  'calls.transfer': null;
  'calls.transfer-to-team': null;
  'calls.transfer-cancel': null;
  'calls.transfer-complete': null;
  'calls.supervise': null;
  'calls.take-over': null;
  'calls.dial': { callId: string };
  'calls.screen-pop': null;
  'calls.dismiss': null;
  'calls.play': null;
  'permissions.request': null;
  'contacts.list': ContactPage;
  'contacts.get': Contact;
  'people.edit': null;
  'people.plan-import': ImportPreview;
  'people.import': { people: number };
  'people.export': { path: string; people: number };
  'people.merge': null;
  'people.unmerge': null;
  'storage.new-key': null;
  'people.erase': { text: string; path: string };
  'people.save': { path: string };
  'people.show-certificate': null;
  'contacts.read': null;
  'contacts.facts': ContactFacts;
  'messages.text': null;
  'messages.template': null;
  'messages.contact-request': null;
  'messages.call-button': null;
  'messages.file': { mime: string; bytes: Uint8Array };
  'messages.save-file': { name: string; bytes: number };
  'messages.retry': null;
  'messages.templates': readonly Template[];
  'numbers.get': NumberView;
  'numbers.set': NumberView;
  'numbers.note': NumberView;
  'numbers.analytics': readonly AnalyticsPoint[];
  'numbers.estimate': { perMinute?: string | undefined; bill?: CallBill | undefined };
  'ready.get': ReadyView;
  'ready.check': null;
  'ready.repair': null;
  'ready.ringer': null;
  'ready.devices': null;
  /** `onlyTurn`: the organisation wants media by TURN alone. */
  'ready.media-servers': { iceServers: readonly IceServer[]; host: string; onlyTurn: boolean };
  'ready.network': null;
  'ready.echo': EchoAnswer;
  'ready.echo-heard': null;
  'agents.list': readonly ManagedAgent[];
  'agents.add': { token: string };
  'agents.rotate': { token: string };
  'agents.invite': { link: string; code: string };
  'agents.update': null;
  'agents.remove': null;
  /** `problems`: in words, one for each; nothing can be added while there are any. */
  'agents.read': {
    name: string;
    agents: readonly { row: number; agent: NewAgent }[];
    problems: readonly string[];
  };
  /** `problems`: why the relay added none of them, in words. */
  'agents.import': { path: string; added: number } | { problems: readonly string[] };
  'rate-card.get': RateCardInfo | null;
  'rate-card.import': RateCardInfo;
  'recordings.peaks': { peaks: Uint8Array | undefined };
  'recordings.set-peaks': null;
  'recordings.listened': null;
  'recordings.retry': null;
  'recordings.machine': { available: boolean; hasKey: boolean };
  'recordings.write-down': null;
  'recordings.set-machine-key': null;
  'recordings.hold': null;
  'media.report': null;
  'media.quality': null;
  'media.pcm': null;
  'media.recorder': null;
  'media.recorded': null;
  'notes.get': CallNotes;
  'notes.set': null;
  'agents.set-wrap-up-form': null;
  'todo.list': readonly TodoRow[];
  'todo.recent': readonly Todo[];
  'todo.act': null;
  'team.tell': null;
  'team.read-messages': null;
  'team.board': BoardView;
  'team.calls': TeamCallsPage;
  'history.list': HistoryPage;
  'history.counts': readonly (CallCount | undefined)[];
  'history.get': HistoryDetail;
  'history.seen': null;
  'export.calls': { path: string; rows: number };
  'insight.figures': InsightFigures | Preparing;
  'insight.limits': PickUpLimits;
  'insight.save': { path: string };
  /** Undefined if the agent cancelled the dialog. */
  'export.folder': { folder: string | undefined };
  'export.cancel': null;
  'drafts.all': Readonly<Record<string, string>>;
  'drafts.set': null;
  'settings.set': null;
  'local-api.token': { token: string };
  'local-api.renew': { token: string };
  'ring.drag': null;
  'window.calls-area': null;
  'updates.look': null;
  'updates.plan': null;
  'updates.set-channel': null;
  'updates.dismiss': null;
  'autostart.get': AutostartView;
  'autostart.set': AutostartView;
  'links.get': readonly LinkHandler[];
  'links.set': readonly LinkHandler[];
  'profile.import': { agent: string };
  'profile.import-dropped': { agent: string };
  'invitation.redeem': { agent: string };
  'invitation.dismiss': null;
  'set-up.write': SetUpDone;
  'profile.use-demo': null;
  'profile.use-own': null;
  'vault.choose': null;
  'demo.customers': readonly DemoCustomer[];
  'demo.call': null;
}
