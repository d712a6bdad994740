import './fake.mjs';
await import('../../../../src/renderer/ring.tsx');
