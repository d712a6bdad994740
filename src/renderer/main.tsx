import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { i18n } from '../shared/i18n/i18n.ts';
import { toastCallFailures } from './app/call-failure-toasts.ts';
import { App } from './app/app.tsx';
import { AudioProvider, startAudio } from './app/audio.tsx';
import { connectToMain } from './app/link.ts';
import { rootElement, WindowFrame } from './app/window-frame.tsx';
import { followDrafts } from './state/drafts.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forced-colors.css';

const queries = new QueryClient({
  // Main is on this machine: retrying helps nobody, and `history-changed` says when to refetch.
  defaultOptions: { queries: { retry: false, staleTime: 30_000, networkMode: 'always' } },
});
const audio = startAudio();
// Some answers of main are sentences.
i18n.onLanguageChange(() => void queries.invalidateQueries());
toastCallFailures();
followDrafts();
connectToMain({ softphone: audio.softphone, ringtone: audio.ringtone, queries });

createRoot(rootElement()).render(
  <QueryClientProvider client={queries}>
    <AudioProvider value={audio}>
      <WindowFrame>
        <App />
      </WindowFrame>
    </AudioProvider>
  </QueryClientProvider>,
);
