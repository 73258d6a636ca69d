import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

const ORDER = `mutation ($input: OrderRenderingInput!) { orderRendering(input: $input) {
  ... on Rendering { id state } ... on Problem { code message } } }`;
const READ = `query ($id: ID!) { rendering(id: $id) { id state fault consensus annotator madeAt
  format { name version purpose limits } losses { what count message } files { path address digest size mediaType } } }`;

describe('the forms of a snapshot', () => {
  let house: House;
  let digest: string;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await succeed(house, 'defineLabelSchema', {
      dataset: 'plants',
      classes: [{ name: 'leaf' }, { name: 'stem' }],
    });
    await addImages(house, 'plants', { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    await succeed(house, 'recordAnnotations', {
      dataset: 'plants',
      source: 'test',
      annotations: ['ann', 'bo'].map((annotator, index) => ({
        image: 'a.png',
        annotator,
        kind: 'BOX',
        label: 'leaf',
        geometry: { box: { x: String(index), y: '2', width: '10', height: '12' } },
      })),
    });
    digest = await publish(house, 'plants');
  });
  afterAll(() => house.stop());

  const done = async (input: object) => {
    const { orderRendering } = await house.ask(ORDER, { input: { snapshot: digest, ...input } });
    for (;;) {
      const { rendering } = await house.ask(READ, { id: orderRendering.id });
      if (rendering.state === 'DONE' || rendering.state === 'FAILED') return rendering;
      await sleep(20);
    }
  };
  const rows = async (format: string) =>
    house.services.db.query('SELECT * FROM rendering WHERE snapshot = $1 AND format = $2', [digest, format]);

  it('are made at the first asking, once, whoever asks how often', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => house.fetch(`/snapshots/${digest}/coco/all.json`)));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0]!).annotations).toHaveLength(2);
    expect(await rows('coco')).toHaveLength(1);
  });

  it('are immutable content: named by their hash, in ranges, and by HEAD without a body', async () => {
    const whole = await house.fetch(`/snapshots/${digest}/images.tar`);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const sha256 = createHash('sha256').update(bytes).digest();
    expect(whole.headers.get('repr-digest')).toBe(`sha-256=:${sha256.toString('base64')}:`);
    const etag = whole.headers.get('etag')!;
    const part = await house.fetch(`/snapshots/${digest}/images.tar`, {
      headers: { range: 'bytes=512-1023', 'if-range': etag },
    });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(512, 1024))).toBe(true);
    const outdated = await house.fetch(`/snapshots/${digest}/images.tar`, {
      headers: { range: 'bytes=0-9', 'if-range': '"sha256-other"' },
    });
    expect(outdated.status).toBe(200);
    await outdated.arrayBuffer();
    const head = await house.fetch(`/snapshots/${digest}/images.tar`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
  });

  it('are told by GraphQL with their files, addresses and losses', async () => {
    const rendering = await done({ format: 'csv' });
    expect(rendering).toMatchObject({
      state: 'DONE',
      format: { name: 'csv' },
      consensus: null,
      annotator: null,
    });
    const paths = rendering.files.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['annotations.csv', 'images.csv']);
    for (const { address, digest: sha256, size, mediaType } of rendering.files) {
      const answer = await house.fetch(address);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.length).toBe(size);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(answer.headers.get('content-type')).toContain(mediaType);
    }
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { renderings { id } } }',
      { digest },
    );
    expect(snapshot.renderings.map(({ id }: { id: string }) => id)).toContain(rendering.id);
  });

  it('take one annotator for the truth under an address of its own', async () => {
    const rendering = await done({ format: 'yolo', annotator: 'bo' });
    expect(rendering).toMatchObject({ state: 'DONE', annotator: 'bo' });
    expect(rendering.files[0].address).toBe(`/snapshots/${digest}/yolo.tar?annotator=bo`);
    expect((await house.fetch(rendering.files[0].address)).status).toBe(200);
  });

  it('are refused with the reason, again and again, where they cannot be made', async () => {
    for (let time = 0; time < 2; time++) {
      const answer = await house.fetch(`/snapshots/${digest}/yolo.tar`);
      expect(answer.status).toBe(409);
      expect(((await answer.json()) as Answer).detail).toMatch(/2 annotators marked here \(ann, bo\)/);
    }
    expect(await done({ format: 'yolo' })).toMatchObject({
      state: 'FAILED',
      fault: expect.stringMatching(/one truth/),
    });
  });

  it('are not there under another path, and say which are', async () => {
    const answer = await house.fetch(`/snapshots/${digest}/coco/train.json`);
    expect(answer.status).toBe(404);
    expect(((await answer.json()) as Answer).detail).toContain('coco/all.json');
    expect((await house.fetch(`/snapshots/${digest}/nothing.bin`)).status).toBe(404);
  });

  it('refuse a consensus that the snapshot does not carry, and an unknown form', async () => {
    expect((await house.fetch(`/snapshots/${digest}/coco/all.json?consensus=none`)).status).toBe(404);
    const { orderRendering } = await house.ask(ORDER, { input: { snapshot: digest, format: 'betamax' } });
    expect(orderRendering).toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/parquet/) });
  });

  it('look unknown to who may not fetch the snapshot, and name addresses to no one without a token', async () => {
    await newDataset(house, 'others');
    const stranger = await house.tokenOf('READER', 'others');
    const answers = await Promise.all(
      [digest, `sha256:${'0'.repeat(64)}`].map(async (of) => {
        const answer = await house.fetch(`/snapshots/${of}/coco/all.json`, { token: stranger });
        return [answer.status, (await answer.text()).replaceAll(of, 'DIGEST')];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0]).toBe(404);
    expect((await house.fetch(`/snapshots/${digest}/coco/all.json`, { token: null })).status).toBe(401);
    const [{ id }] = await rows('coco');
    const read = await house.send(READ, { id }, stranger);
    expect(read.body.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('are on the record as fetches of the snapshot', async () => {
    await (await house.fetch(`/snapshots/${digest}/images.csv`)).text();
    const events = await house.services.db.query(
      `SELECT phase FROM audit_event WHERE action = 'snapshot.fetch' AND subject = $1 AND detail::text LIKE '%images.csv%'`,
      [`snapshot:${digest}`],
    );
    expect(events.map(({ phase }: { phase: string }) => phase)).toEqual(
      expect.arrayContaining(['ATTEMPT', 'SUCCEEDED']),
    );
  });

  it('name the address at which clients reach the server', async () => {
    const croissant: Answer = await (await house.fetch(`/snapshots/${digest}/croissant.json`)).json();
    expect(croissant.distribution[0].contentUrl).toContain(`${house.url}/snapshots/`);
  });
});
