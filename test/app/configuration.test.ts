import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../src/app/configuration.ts';
import { startServer } from '../../src/app/server.ts';

const blobsOf = (environment: Record<string, string>) =>
  readConfiguration({ dataDir: '/data' }, environment).blobs;

describe('the place of blobs', () => {
  it('is the data folder unless another one is named', () => {
    expect(blobsOf({})).toBe('/data/blobs');
    expect(blobsOf({ HOLOTYPE_BLOBS: '/elsewhere' })).toBe('/elsewhere');
    expect(blobsOf({ HOLOTYPE_BLOBS: 'beside' })).toBe(resolve('beside'));
  });

  it('may be a bucket of AWS, or of any other store of its protocol', () => {
    expect(blobsOf({ HOLOTYPE_BLOBS: 's3://plant-images', AWS_REGION: 'eu-central-1' })).toEqual({
      bucket: 'plant-images',
      prefix: '',
      endpoint: null,
      region: 'eu-central-1',
      redirect: true,
    });
    const other = { HOLOTYPE_S3_ENDPOINT: 'http://store:9000', HOLOTYPE_S3_REDIRECT: 'false' };
    expect(blobsOf({ HOLOTYPE_BLOBS: 's3://bucket/a/b_c/', ...other })).toEqual({
      bucket: 'bucket',
      prefix: 'a/b_c',
      endpoint: 'http://store:9000',
      region: 'us-east-1',
      redirect: false,
    });
  });

  const s3 = { HOLOTYPE_BLOBS: 's3://bucket' };
  it.each<[string, Record<string, string>]>([
    ['HOLOTYPE_BLOBS', { HOLOTYPE_BLOBS: 's3://' }],
    ['HOLOTYPE_BLOBS', { HOLOTYPE_BLOBS: 's3://Bucket/prefix' }],
    ['HOLOTYPE_BLOBS', { HOLOTYPE_BLOBS: 's3://bucket/a//b' }],
    ['HOLOTYPE_BLOBS', { HOLOTYPE_BLOBS: 's3://bucket/a/../b' }],
    ['HOLOTYPE_BLOBS', { HOLOTYPE_BLOBS: 's3://bucket/a?b' }],
    ['HOLOTYPE_BLOBS', { HOLOTYPE_BLOBS: 'gs://bucket/prefix' }],
    ['HOLOTYPE_S3_ENDPOINT', { ...s3, HOLOTYPE_S3_ENDPOINT: 'store:9000' }],
    ['HOLOTYPE_S3_ENDPOINT', { HOLOTYPE_S3_ENDPOINT: 'http://store:9000' }],
    ['HOLOTYPE_S3_REDIRECT', { ...s3, HOLOTYPE_S3_REDIRECT: 'no' }],
    ['HOLOTYPE_S3_REDIRECT', { HOLOTYPE_S3_REDIRECT: 'false' }],
    ['AWS_REGION', { ...s3, AWS_REGION: 'the moon' }],
  ])('that is no place stops the start with a sentence about %s: %j', (name, environment) => {
    expect(() => blobsOf(environment)).toThrow(new RegExp(`^${name}: ".*" must be .+\\.$`));
  });

  it('never shows a key that stands in an address', () => {
    const environment = { ...s3, HOLOTYPE_S3_ENDPOINT: 'http://key:secret@store:9000' };
    expect(() => blobsOf(environment)).toThrow(/^HOLOTYPE_S3_ENDPOINT: (?!.*secret)/);
  });

  it('that is a folder which cannot be written stops the start with a sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holotype-place-'));
    await writeFile(join(folder, 'a-file'), '');
    const settings = { HOLOTYPE_BLOBS: join(folder, 'a-file'), HOLOTYPE_LOG_LEVEL: 'fatal' };
    await expect(
      startServer(readConfiguration({ port: '0', dataDir: folder }, settings)),
    ).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: expect.stringMatching(/^HOLOTYPE_BLOBS: the folder ".*a-file" cannot be used \(ENOTDIR\)/),
    });
    await rm(folder, { recursive: true, force: true });
  });
});
