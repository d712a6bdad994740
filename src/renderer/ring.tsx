import { createRoot } from 'react-dom/client';
import { connectToMain } from './app/link.ts';
import { RingPopup } from './app/ring-popup.tsx';
import { rootElement, WindowFrame } from './app/window-frame.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forced-colors.css';

connectToMain({});

createRoot(rootElement()).render(
  <WindowFrame>
    <RingPopup />
  </WindowFrame>,
);
