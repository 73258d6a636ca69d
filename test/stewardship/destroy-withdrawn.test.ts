import { randomUUID } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticate } from '../../src/governance/authenticate.usecase.ts';
import { registerImages } from '../../src/ingestion/register-images.usecase.ts';
import type { Context } from '../../src/platform/context.ts';
import { destroyWithdrawn } from '../../src/stewardship/withdrawal/destroy-withdrawn.usecase.ts';
import { withdrawImages } from '../../src/stewardship/withdrawal/withdraw-images.usecase.ts';
import type { DestructionOrder } from '../../src/stewardship/withdrawal/withdrawal.ts';
import { type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../support/specimens.ts';

const SLUG = 'meadow';

describe('what a withdrawal left to destroy', () => {
  let house: House;
  let digest: string;
  let bytes: Record<string, Buffer>;

  beforeEach(async () => {
    house = await openHouse();
    await newDataset(house, SLUG);
    bytes = Object.fromEntries(
      await Promise.all(
        ['clover', 'daisy', 'sorrel', 'yarrow'].map(
          async (name, seed) => [`${name}.png`, await noiseImage(seed)] as const,
        ),
      ),
    );
    await addImages(house, SLUG, bytes);
    await succeed(house, 'recordAcquisition', {
      dataset: SLUG,
      source: 'csv',
      rows: Object.keys(bytes).map((image) => ({
        image,
        values: [{ name: 'subject', value: `plant-of-${image}` }],
      })),
    });
    digest = await publish(house, SLUG);
  });
  afterEach(() => house.stop());

  const contextOf = async (over: Partial<Context> = {}): Promise<Context> => ({
    ...house.services,
    actor: await authenticate(house.services, `Bearer ${house.token}`),
    origin: house.url,
    requestId: randomUUID(),
    decisions: new Set(),
    ...over,
  });

  /** Withdraws as the server does, but keeps the order of what is left to do, as one that dies before it begins. */
  async function withdrawAndStop(image: string): Promise<DestructionOrder> {
    const orders: DestructionOrder[] = [];
    const keep = async (_db: unknown, _queue: string, _key: string, order: object) =>
      void orders.push(order as DestructionOrder);
    const context = await contextOf({ jobs: { ...house.services.jobs, send: keep } });
    const meant = { dataset: SLUG, images: [image], subject: null, formerImages: null };
    await withdrawImages(context, { ...meant, reason: 'PRIVACY' });
    return orders[0]!;
  }

  const statusOf = async (path: string) => (await house.fetch(path)).status;
  const pixelsOf = (name: string) => `/blobs/sha256/${digestOf(bytes[name]!)}`;
  const manifest = () => `/snapshots/${digest}/manifest-00000.jsonl`;
  const completedAt = async ({ withdrawal }: DestructionOrder) =>
    (
      await house.ask('query ($id: ID!) { withdrawal(id: $id) { completedAt } }', {
        id: withdrawal,
      })
    ).withdrawal.completedAt;

  async function storedAnywhere(word: string | Buffer): Promise<string[]> {
    const folder = join(house.folder, 'blobs');
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const holds = await Promise.all(
      files.map(async (file) =>
        // What is on its way may be gone by now.
        (await readFile(file).catch(() => Buffer.alloc(0))).includes(word),
      ),
    );
    return files.filter((_, index) => holds[index]);
  }

  it('is handed out to nobody before it is destroyed', async () => {
    await withdrawAndStop('daisy.png');
    expect(await statusOf(pixelsOf('daisy.png'))).toBe(404);
    expect(await statusOf(manifest())).toBe(503);
    expect(await statusOf(`/snapshots/${digest}/images.csv`)).toBe(503);
  });

  it('is begun again where a failure of the blob store cut it off, and is done once', async () => {
    const order = await withdrawAndStop('daisy.png');
    const { blobs } = house.services;
    let left = 1;
    const destroy = async (of: string) => {
      if (left-- === 0) throw new Error('the disk is away');
      await blobs.destroy(of);
    };
    const failing = { ...house.services, blobs: { ...blobs, destroy } };
    await expect(destroyWithdrawn(failing, order)).rejects.toThrow('the disk is away');
    expect(await completedAt(order)).toBeNull();
    const pixels = bytes['daisy.png']!.subarray(40, 120);
    expect([...(await storedAnywhere('plant-of-daisy.png')), ...(await storedAnywhere(pixels))]).not.toEqual(
      [],
    );
    await destroyWithdrawn(house.services, order);
    await destroyWithdrawn(house.services, order);
    expect(await completedAt(order)).not.toBeNull();
    expect(await storedAnywhere('plant-of-daisy.png')).toEqual([]);
    expect(await storedAnywhere(pixels)).toEqual([]);
    const [{ n }] = await house.services.db.query(
      `SELECT count(*)::int AS n FROM audit_event WHERE action = 'images.destroy' AND phase = 'SUCCEEDED'`,
    );
    expect(n).toBe(1);
  });

  it('is gone of both withdrawals when the later is worked on first', async () => {
    const first = await withdrawAndStop('daisy.png');
    const second = await withdrawAndStop('sorrel.png');
    await destroyWithdrawn(house.services, second);
    const served = await (await house.fetch(manifest())).text();
    expect(served.match(/"withdrawn":/g)).toHaveLength(2);
    expect(served).not.toMatch(
      new RegExp([digestOf(bytes['daisy.png']!), digestOf(bytes['sorrel.png']!)].join('|')),
    );
    await destroyWithdrawn(house.services, first);
    for (const name of ['daisy.png', 'sorrel.png']) {
      expect(await storedAnywhere(`plant-of-${name}`)).toEqual([]);
      expect(await storedAnywhere(bytes[name]!.subarray(40, 120))).toEqual([]);
    }
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { view missingImages { nodes { view withdrawalId } } } }',
      { digest },
    );
    expect(snapshot.view).toBe(2);
    expect(
      new Set(
        snapshot.missingImages.nodes.map(
          ({ view, withdrawalId }: { view: number; withdrawalId: string }) => `${view} ${withdrawalId}`,
        ),
      ),
    ).toEqual(new Set([`1 ${first.withdrawal}`, `2 ${second.withdrawal}`]));
  });

  it('is not the bytes that a live image of another dataset shares', async () => {
    await newDataset(house, 'garden');
    await addImages(house, 'garden', { 'same.png': bytes['daisy.png']! });
    const order = await withdrawAndStop('daisy.png');
    await destroyWithdrawn(house.services, order);
    const shared = await house.fetch(pixelsOf('daisy.png'));
    expect(Buffer.from(await shared.arrayBuffer()).equals(bytes['daisy.png']!)).toBe(true);
    const { dataset } = await house.ask('{ dataset(slug: "garden") { images { nodes { name width } } } }');
    expect(dataset.images.nodes).toEqual([{ name: 'same.png', width: 64 }]);
    expect(await storedAnywhere('plant-of-daisy.png')).toEqual([]);
  });

  it('is of a subject by what was recorded earlier too, once somebody has said what becomes of that', async () => {
    await succeed(house, 'recordAcquisition', {
      dataset: SLUG,
      source: 'csv',
      rows: ['sorrel.png', 'yarrow.png'].map((image) => ({
        image,
        values: [{ name: 'subject', value: 'plant-of-daisy.png' }],
      })),
    });
    const subject = 'plant-of-sorrel.png';
    const input = { dataset: SLUG, subject: 'plant-of-daisy.png', reason: 'CONSENT_WITHDRAWN' };
    await succeed(house, 'recordAcquisition', {
      dataset: SLUG,
      source: 'csv',
      rows: [{ image: 'yarrow.png', values: [{ name: 'subject', value: 'plant-of-yarrow.png' }] }],
    });
    const { dataset } = await house.ask(
      `{ dataset(slug: "meadow") {
           daisy: withdrawalReach(subject: "plant-of-daisy.png") { images formerImages }
           both: withdrawalReach(subject: "plant-of-daisy.png", formerImages: WITHDRAW) { images formerImages }
           sorrel: withdrawalReach(subject: "plant-of-sorrel.png") { images formerImages } } }`,
    );
    expect(dataset).toEqual({
      daisy: { images: 2, formerImages: ['yarrow.png'] },
      both: { images: 3, formerImages: ['yarrow.png'] },
      sorrel: { images: 0, formerImages: ['sorrel.png'] },
    });
    const left = await mutate(house, 'withdrawImages', { ...input, subject, formerImages: 'LEAVE' });
    expect(left).toMatchObject({ code: 'NOT_FOUND' });
    const refused = await mutate(house, 'withdrawImages', input);
    expect(refused).toMatchObject({ code: 'CONFLICT', reasons: [{ path: ['formerImages'] }] });
    expect(refused.reasons[0].message).toContain('yarrow.png');
    const count = '... on Withdrawal { imageCount }';
    expect(await mutate(house, 'withdrawImages', { ...input, formerImages: 'LEAVE' }, count)).toMatchObject({
      imageCount: 2,
    });
    const images = { dataset: SLUG, images: ['clover.png'], formerImages: 'LEAVE', reason: 'OTHER' };
    expect(await mutate(house, 'withdrawImages', images)).toMatchObject({ code: 'BAD_INPUT' });
  });

  const asAnother = { dataset: 'garden', strict: false };
  const another = () => ({
    ...{ name: 'same.png', digest: digestOf(bytes['daisy.png']!), address: null },
    ...{ mediaType: null, size: null, width: null, height: null },
  });

  it('is missed by who registers the same bytes elsewhere and had found them there', async () => {
    await newDataset(house, 'garden');
    const order = await withdrawAndStop('daisy.png');
    const { blobs } = house.services;
    let thumbnail: string | undefined;
    const put: typeof blobs.put = async (...bytesAndLimits) => {
      const stored = await blobs.put(...bytesAndLimits);
      thumbnail = stored.digest;
      return stored;
    };
    const stat: typeof blobs.stat = async (of) => {
      const found = await blobs.stat(of);
      if (of === thumbnail) {
        thumbnail = undefined;
        await destroyWithdrawn(house.services, order);
      }
      return found;
    };
    const context = await contextOf({ blobs: { ...blobs, put, stat } });
    const report = await registerImages(context, { ...asAnother, images: [another()] });
    expect(report).toMatchObject({ taken: 0, refused: [{ name: 'same.png', code: 'BLOB_MISSING' }] });
    expect(await storedAnywhere(bytes['daisy.png']!.subarray(40, 120))).toEqual([]);
    expect((await addImages(house, 'garden', { 'same.png': bytes['daisy.png']! })).taken).toBe(1);
    expect(await statusOf(pixelsOf('daisy.png'))).toBe(200);
  });

  it('is there or refused, and never an image without bytes, whoever registers it while it is destroyed', async () => {
    await newDataset(house, 'garden');
    const order = await withdrawAndStop('daisy.png');
    const { blobs } = house.services;
    const context = await contextOf();
    let registering: ReturnType<typeof registerImages> | undefined;
    const destroy = async (of: string) => {
      if (of === another().digest)
        registering = registerImages(context, { ...asAnother, images: [another()] });
      await new Promise((resolve) => setImmediate(resolve));
      await blobs.destroy(of);
    };
    await destroyWithdrawn({ ...house.services, blobs: { ...blobs, destroy } }, order);
    const { taken, refused } = await registering!;
    expect([taken, refused.map(({ code }) => code)]).toEqual([0, ['BLOB_MISSING']]);
    const { dataset } = await house.ask('{ dataset(slug: "garden") { images { nodes { name } } } }');
    expect(dataset.images.nodes).toEqual([]);
  });

  it('is reached where no row names it: in refused proposals, forms that died, uploads broken off a day ago', async () => {
    const { blobs } = house.services;
    await succeed(house, 'declarePublicationRules', {
      dataset: SLUG,
      rules: [{ kind: 'SPLIT_PRESENT' }],
    });
    expect(await mutate(house, 'publishSnapshot', { dataset: SLUG, parent: digest })).toMatchObject({
      code: 'RULES_NOT_MET',
    });
    const proposal = { dataset: SLUG, parent: digest, message: 'again' };
    const made = await mutate(house, 'proposeSnapshot', proposal, '... on SnapshotProposal { id }');
    await succeed(house, 'withdrawProposal', { proposal: made.id });
    const form = Buffer.from('image,subject\ndaisy.png,plant-of-daisy.png\n');
    await blobs.put(Readable.from([form]), {});
    const brokenOff = join(house.folder, 'blobs', 'incoming', 'broken-off');
    await writeFile(brokenOff, 'plant-of-daisy.png');
    const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
    await utimes(brokenOff, twoDaysAgo, twoDaysAgo);
    const upload = await noiseImage(77);
    const address = `/blobs/sha256/${digestOf(upload)}`;
    await house.fetch(address, { method: 'PUT', body: new Uint8Array(upload) });
    await destroyWithdrawn(house.services, await withdrawAndStop('daisy.png'));
    expect(await storedAnywhere('plant-of-daisy.png')).toEqual([]);
    expect(await blobs.stat(digestOf(upload))).toEqual({ size: upload.length });
    expect((await house.fetch('/health/ready', { token: null })).status).toBe(200);
    expect(await statusOf(pixelsOf('clover.png'))).toBe(200);
    const { dataset } = await house.ask('{ dataset(slug: "meadow") { images { nodes { name } } } }');
    expect(dataset.images.nodes).toHaveLength(3);
  });
});
