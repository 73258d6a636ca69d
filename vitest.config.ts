import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  // Node loads graphql's CommonJS build for its dependents; Vite alone would pick the other one, and two realms clash.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/properties.ts'],
    // Only what hangs: how long a test takes is told by the machine's other work.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // A worker loads the house once, not once a file.
    isolate: false,
    // One more than the cores of the smallest machine: a worker often waits for a process or a thread that it started.
    maxWorkers: 3,
  },
});
