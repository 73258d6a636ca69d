import { afterAll, describe, expect, it } from 'vitest';
import { holotype, killLeftovers } from './command.ts';

afterAll(killLeftovers);

describe('holotype', () => {
  it.each([
    [[]],
    [['unknown']],
    [['import', 'voc', '.']],
    [['import', 'nothing', '.', '--dataset', 'a']],
    [['import', 'table', '.', '--dataset', 'a', '--map', 'image']],
    [['split', '--dataset', 'a', '--name', 'b', '--strategy', 'by-luck']],
    [['split', '--dataset', 'a', '--name', 'b', '--strategy', 'imported']],
    [['split', '--dataset', 'a', '--name', 'b', '--strategy', 'random', '--parts', 'train']],
    [['report', 'a', '--kind', 'weather']],
    [['certificate']],
    [['runs', 'report', 'a@b']],
    [['runs', 'import-mlflow', 'a', '--map', 'colour=params.a']],
  ])('exits with 2 and says why on stderr when it is used wrongly: %j', async (args) => {
    const { status, stderr, stdout } = await holotype(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.length).toBeGreaterThan(20);
  });

  it('exits with 1 and one sentence when no server answers', async () => {
    const { status, stderr } = await holotype([
      'publish',
      '--dataset',
      'a',
      '--server',
      'http://127.0.0.1:9',
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^holotype: http:\/\/127\.0\.0\.1:9 cannot be reached .*--server.*\(UNAVAILABLE\)\n$/,
    );
  });

  it('shows its commands with --help and exits with 0', async () => {
    const { status, stdout } = await holotype(['--help']);
    expect(status).toBe(0);
    for (const command of ['serve', 'import', 'split', 'publish', 'report', 'pull', 'verify'])
      expect(stdout).toContain(`  ${command} `);
  });
});
