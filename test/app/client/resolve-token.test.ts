import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveToken } from '../../../src/app/client/resolve-token.ts';

const server = 'http://127.0.0.1:4000';

describe('resolveToken', () => {
  let dataDirectory: string;
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'holotype-token-'));
    await writeFile(join(dataDirectory, 'admin-token'), 'from-file\n');
  });
  afterEach(async () => rm(dataDirectory, { recursive: true }));

  it('takes the one given before the environment, and the environment before the file', async () => {
    const environment = { HOLOTYPE_TOKEN: 'from-environment' };
    expect(await resolveToken({ token: 'given', environment, dataDirectory, server })).toBe('given');
    expect(await resolveToken({ environment, dataDirectory, server })).toBe('from-environment');
    expect(await resolveToken({ environment: {}, dataDirectory, server })).toBe('from-file');
  });

  it('sends none where there is none', async () => {
    const nowhere = join(dataDirectory, 'nowhere');
    expect(await resolveToken({ environment: {}, dataDirectory: null, server })).toBeNull();
    expect(await resolveToken({ environment: {}, dataDirectory: nowhere, server })).toBeNull();
  });

  it.each([
    ['http://localhost:4000', true],
    ['http://[::1]:4000', true],
    ['http://127.8.9.1', true],
    ['https://data.example.org', false],
    ['http://127.0.0.1.example.org', false],
    ['http://localhost.example.org', false],
  ])('sends the file’s token to this machine alone: %s', async (address, isSent) => {
    const token = await resolveToken({ environment: {}, dataDirectory, server: address });
    expect(token).toBe(isSent ? 'from-file' : null);
  });
});
