import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveToken } from '../../../src/app/client/resolve-token.ts';

describe('resolveToken', () => {
  let dataDirectory: string;
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'holotype-token-'));
    await writeFile(join(dataDirectory, 'token'), 'from-file\n');
  });
  afterEach(async () => rm(dataDirectory, { recursive: true }));

  it('takes the one given before the environment, and the environment before the file', async () => {
    const environment = { HOLOTYPE_TOKEN: 'from-environment' };
    expect(await resolveToken({ token: 'given', environment, dataDirectory })).toBe('given');
    expect(await resolveToken({ environment, dataDirectory })).toBe('from-environment');
    expect(await resolveToken({ environment: {}, dataDirectory })).toBe('from-file');
  });

  it('sends none where there is none', async () => {
    expect(await resolveToken({ environment: {}, dataDirectory: null })).toBeNull();
    expect(await resolveToken({ environment: {}, dataDirectory: join(dataDirectory, 'nowhere') })).toBeNull();
  });
});
