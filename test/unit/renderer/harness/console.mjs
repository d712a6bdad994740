import './fake.mjs';
await import('../../../../src/renderer/main.tsx');
const { useUi } = await import('../../../../src/renderer/state/ui.ts');
const { addSample } = await import('../../../../src/renderer/state/live.ts');
window.ui = useUi;
window.addSample = addSample;
