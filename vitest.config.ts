import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    // type-graphql and Apollo must see one and the same build of graphql.
    server: { deps: { inline: ['type-graphql', 'graphql-scalars'] } },
  },
});
