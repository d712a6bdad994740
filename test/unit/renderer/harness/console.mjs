import './fake.mjs';
await import('../../../../src/renderer/main.tsx');
const { useUi } = await import('../../../../src/renderer/state/ui.ts');
const { addSample } = await import('../../../../src/renderer/state/live.ts');
const { useSetUp } = await import('../../../../src/renderer/features/onboarding/set-up-state.ts');
window.ui = useUi;
window.setUp = useSetUp;
window.addSample = addSample;
