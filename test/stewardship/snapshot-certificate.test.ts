import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { publish } from '../support/specimens.ts';
import { certifiedPlants } from './certified-plants.ts';

describe('the certificate of a snapshot', () => {
  let house: House;
  let digest: string;
  const read = async (format: string, of = digest) => {
    const response = await house.fetch(`/snapshots/${of}/certificate.${format}`);
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return { response, text };
  };
  const json = async (of = digest): Promise<Answer> => JSON.parse((await read('json', of)).text);

  beforeAll(async () => {
    house = await openHouse();
    await certifiedPlants(house);
    digest = await publish(house, 'plants', { splits: ['fair', 'leaky'], tag: 'v1' });
    await succeed(
      house,
      'reportTrainingRun',
      { snapshot: digest, model: 'vit <b>' },
      '... on TrainingRun { id }',
    );
    await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { biasReport(kind: SELECTION) { id } } }',
      { digest },
    );
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });

  it('says which data it is, who labelled it, how it is divided, on what terms, and who let it out', async () => {
    const header = (await (await house.fetch(`/snapshots/${digest}`)).json()) as Answer;
    expect(await json()).toMatchObject({
      identity: {
        digest,
        root: header.root,
        size: 47,
        state: 'PUBLISHED',
        tags: ['v1'],
        view: 0,
        signedBy: [house.services.signer.keyId],
      },
      dataset: { slug: 'plants', sensitivity: 'NONE' },
      composition: {
        images: { all: 47, byReference: 0 },
        classes: ['healthy', 'ill'],
        exclusions: { all: 1 },
      },
      raters: { statements: 47, agreement: null },
      terms: { licence: 'CC0-1.0' },
      publication: { proposer: 'administrator', publishedBy: 'administrator' },
      withdrawals: [],
      deprecation: null,
      runs: { all: 1, models: 1 },
      fetch: { pull: `npx holotype pull ${digest} FOLDER` },
    });
    const { splits, cards } = await json();
    expect(splits.map(({ name, digest: of }: Answer) => [name, of])).toEqual(
      expect.arrayContaining(
        Object.entries(header.splits as Record<string, Answer>).map(([name, split]) => [name, split.digest]),
      ),
    );
    expect(cards.length).toBeGreaterThan(0);
    for (const { headline } of cards) {
      expect(headline).toMatchObject({
        images: expect.any(Number),
        units: expect.any(Number),
        method: expect.stringMatching(/./),
      });
      expect((headline.value !== null && headline.interval !== null) || headline.reason !== null).toBe(true);
    }
  });

  it('is red where a split leaks, and shows its waiver on top', async () => {
    expect((await json()).colour).toBe('RED');
    const { text } = await read('html');
    expect(text.indexOf('“leaky” leaks, and was frozen by a written waiver')).toBeLessThan(
      text.indexOf('<h2>'),
    );
  });

  it('needs no script and no other file, and lets nothing that people wrote be read as markup', async () => {
    const { response, text } = await read('html');
    expect(text).not.toMatch(/<script|<img|<link|src=|href=|url\(|vit <b>/);
    expect(text).toContain('vit &lt;b&gt;');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^sandbox; default-src 'none'; style-src 'sha256-/,
    );
    expect((await read('md')).text).not.toMatch(/<b>|<script/);
  });

  it('is printed by the command line, and its page states the digest of its JSON', async () => {
    const { stdout } = await commandsOf(house)('certificate', 'plants@v1', '--format', 'json');
    const bytes = (await read('json')).text;
    expect(stdout).toBe(bytes);
    expect((await read('html')).text).toContain(createHash('sha256').update(bytes).digest('hex'));
  });

  it('tells what was withdrawn since, and by what it was superseded', async () => {
    const { id } = await succeed(
      house,
      'withdrawImages',
      { dataset: 'plants', images: ['03.png'], reason: 'LICENCE' },
      '... on Withdrawal { id }',
    );
    for (;;) {
      const { withdrawal } = await house.ask('query ($id: ID!) { withdrawal(id: $id) { completedAt } }', {
        id,
      });
      if (withdrawal.completedAt) break;
    }
    const successor = await publish(house, 'plants', { splits: ['fair'], parent: digest });
    await succeed(house, 'deprecateSnapshot', {
      snapshot: digest,
      reason: 'An image was withdrawn.',
      successor,
    });
    expect(await json()).toMatchObject({
      identity: { state: 'DEGRADED', view: 1, size: 47 },
      withdrawals: [{ reason: 'LICENCE', images: 1 }],
      deprecation: { reason: 'An image was withdrawn.', successor },
    });
    const { text } = await read('md');
    expect(text).toContain('1 of its 47 images were withdrawn');
    expect(text).toContain(successor);
    expect((await json(successor)).dataset.parent).toBe(digest);
  });

  it('looks the same unknown and forbidden', async () => {
    const other = await house.tokenOf(null);
    const stranger = await house.fetch(`/snapshots/${digest}/certificate.html`, { token: other });
    const unknown = `sha256:${'0'.repeat(64)}`;
    const none = await house.fetch(`/snapshots/${unknown}/certificate.html`, { token: other });
    expect(stranger.status).toBe(none.status);
    expect((await stranger.text()).replaceAll(digest, unknown)).toBe(await none.text());
  });
});
