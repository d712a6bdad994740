import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { t } from '../../shared/i18n/i18n.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { DemoBar } from '../features/demo/demo-bar.tsx';
import { DemoView } from '../features/demo/demo-view.tsx';
import { Cockpit, type CockpitProps } from '../features/cockpit/cockpit.tsx';
import { AllowCallsQuestion } from '../features/contacts/allow-calls-question.tsx';
import { ContactScreen } from '../features/contacts/contact-page.tsx';
import { ContactsView } from '../features/contacts/contacts-view.tsx';
import { ReachBar } from '../features/connection/reach-bar.tsx';
import { UpdateBar } from '../features/updates/update-bar.tsx';
import { CallsView } from '../features/dialpad/calls-view.tsx';
import { FilePlayer } from '../features/contacts/message-file.tsx';
import { HistoryView } from '../features/history/history-view.tsx';
import { CallNotes } from '../features/notes/call-notes.tsx';
import { NoticeList } from '../features/notices/notices.tsx';
import { Toasts } from '../features/notices/toasts.tsx';
import { VaultQuestion } from '../features/onboarding/vault-question.tsx';
import { StartView } from '../features/onboarding/start-view.tsx';
import { useFirstCalls } from '../features/onboarding/use-first-calls.ts';
import { useInvitation } from './use-invitation.ts';
import { ReadyCards, ReadyView } from '../features/ready/ready-view.tsx';
import { SoundCheck } from '../features/settings/devices/sound-check.tsx';
import { RecentView } from '../features/todo/recent-view.tsx';
import { type PersonSlot, TodoView } from '../features/todo/todo-view.tsx';
import { TeamScreen } from '../features/team/team-view.tsx';
import { SettingsView } from '../features/settings/settings-view.tsx';
import { classes } from '../lib/classes.ts';
import { request } from '../state/requests.ts';
import { useSnapshot } from '../state/snapshot-store.ts';
import { useUi, type View } from '../state/ui.ts';
import { type Audio, tryNetwork, useAudio } from './audio.tsx';
import { CustomerPane } from './customer-pane.tsx';
import { CommandPalette } from './command-palette.tsx';
import { KeysHelp } from './keys-help.tsx';
import { DeskTabs, isDesk } from './desk-tabs.tsx';
import { Dock } from './dock.tsx';
import { followFinding } from './finding-actions.ts';
import { useKeptFocus } from './kept-focus.ts';
import { useKeys } from './keys.ts';
import { useRegions } from './regions.ts';
import { useScrollKeys } from './scroll-keys.ts';
import { useShifting } from './use-settling.ts';
import { Rail } from './rail.tsx';
import css from './app.module.css';

/** With its chart library, which the start does not need. */
const InsightView = lazy(async () => {
  const { InsightView } = await import('../features/insight/insight-view.tsx');
  return { default: InsightView };
});

/** The console: navigation rail, the open view, and the current calls beside it. */
export function App() {
  useKeys();
  useRegions();
  useScrollKeys();
  useKeptFocus();
  useFirstCalls();
  useInvitation();
  const view = useUi(({ view }) => view);
  const workspace = useSnapshot(({ app }) => app.workspace);
  const audio = useAudio();
  const work = useRef<HTMLDivElement>(null);
  const shifting = useShifting(work);
  const fresh = workspace === 'none' && view !== 'settings' && view !== 'history';
  useEffect(() => void request('app.usable', {}).then(audio.handleUsable), [audio]);
  return (
    <div className={css.app}>
      <ReachBar />
      <div className={classes(css.body, shifting && css.settling)}>
        <Rail />
        <div className={css.column}>
          <DemoBar />
          <UpdateBar />
          <NoticeList />
          <div ref={work} className={css.work}>
            <Dock customer={customer} />
            <main
              className={css.view}
              aria-label={t(`views.${view}`)}
              data-region="view"
              tabIndex={-1}
            >
              {!fresh && isDesk(view) && <DeskTabs view={view} />}
              {screenOf(fresh ? 'start' : view, audio)}
            </main>
            <div className={css.toasts}>
              <Toasts />
            </div>
          </div>
        </div>
      </div>
      <CommandPalette />
      <KeysHelp />
      <AllowCallsQuestion />
      <VaultQuestion />
    </div>
  );
}

/** Features never import each other; the app passes one to another. */
const customer = (call: LiveCall) => <CustomerPane call={call} />;
const cockpit = (props: Omit<CockpitProps, 'onNext'>) => {
  const about = { accountId: props.account.id, party: props.party };
  return <Cockpit {...props} onNext={(action) => followFinding(action, about)} />;
};

const personFrom =
  (list: 'todo.list' | 'views.recent'): PersonSlot =>
  ({ party, onClose }) => (
    <ContactScreen
      key={personKey(party)}
      party={party}
      cockpit={cockpit}
      back={t(list)}
      onClose={onClose}
    />
  );

const soundTests = ({ ringtone, echo }: Audio) => ({
  onTestRing: () => void ringtone.test(),
  onTestSpeaker: () => void ringtone.testSpeaker(),
  onHearYourself: () => void echo.toggle(),
});
const readyTests = (audio: Audio) => ({
  ...soundTests(audio),
  onTestNetwork: () => void tryNetwork(),
});

function screenOf(view: View, audio: Audio): ReactNode {
  switch (view) {
    case 'todo':
      return <TodoView person={personFrom('todo.list')} />;
    case 'recent':
      return <RecentView person={personFrom('views.recent')} />;
    case 'calls':
      return <CallsView cockpit={cockpit} />;
    case 'history':
      return (
        <HistoryView
          notes={(callId) => <CallNotes key={callId} callId={callId} />}
          voicemail={(id, from) => <FilePlayer key={id} id={id} kind="voicemail" from={from} />}
        />
      );
    case 'contacts':
      return <ContactsView cockpit={cockpit} />;
    case 'team':
      return <TeamScreen />;
    case 'insight':
      return (
        <Suspense>
          <InsightView />
        </Suspense>
      );
    case 'start':
      return <StartView checks={<ReadyCards {...readyTests(audio)} />} />;
    case 'ready':
      return (
        <ReadyView {...readyTests(audio)} soundCheck={<SoundCheck {...soundTests(audio)} />} />
      );
    case 'demo':
      return <DemoView />;
    case 'settings':
      return <SettingsView {...soundTests(audio)} onConnectHeadset={() => audio.headsets.ask()} />;
    default:
      return assertNever(view, 'view');
  }
}
