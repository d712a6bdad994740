import { createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

function Calls({ calls }) {
  useEffect(() => void window.parts.usable(), []);
  const row = ({ id, name, at }) =>
    createElement('li', { key: id }, name, ' ', new Date(at).toLocaleString('en'));
  return createElement('ul', undefined, calls.map(row));
}

const calls = await window.parts.calls();
createRoot(document.querySelector('#root')).render(createElement(Calls, { calls }));
