import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pullSnapshot } from '../../../src/app/client/pull-snapshot.ts';
import { verifyFolder } from '../../../src/app/client/verify-folder.ts';
import { type House, openHouse } from '../../support/house.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../../support/specimens.ts';

const IMAGES = 40;

describe('many small images', () => {
  let house: House;
  let digest: string;
  let images: Record<string, Buffer>;
  let between: Server;
  let server: string;
  let meddle: (path: string, body: Buffer, response: ServerResponse) => void;
  let asked: string[];
  let directory: string;
  const retry = { times: 3, firstDelayMs: 1 };

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    const names = Array.from({ length: IMAGES }, (_, index) => `plant-${index}.png`);
    images = Object.fromEntries(
      await Promise.all(
        names.map(async (name, seed) => [name, await noiseImage(seed, { width: 9, height: 7 })] as const),
      ),
    );
    await addImages(house, 'plants', images);
    digest = await publish(house, 'plants');
    between = createServer((request, response) => void pass(request, response)).listen(0, '127.0.0.1');
    await new Promise((done) => between.once('listening', done));
    server = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    between.close();
    await house.stop();
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'holotype-bundle-'));
    asked = [];
    meddle = (_, body, response) => void response.end(body);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked.push(request.url!);
    const answer = await house.fetch(request.url!);
    response.statusCode = answer.status;
    meddle(request.url!, Buffer.from(await answer.arrayBuffer()), response);
  }
  const pull = () => pullSnapshot({ server, token: house.token, retry, reference: digest, directory });
  const bundles = () => asked.filter((path) => path.includes('/images/'));

  it('come in one answer, each proved', async () => {
    expect(await pull()).toMatchObject({ fetched: IMAGES, present: 0 });
    expect(bundles()).toEqual([`/snapshots/${digest}/images/0-39.tar`]);
    const held = await Promise.all(
      (await readdir(join(directory, 'images'))).map((name) => readFile(join(directory, 'images', name))),
    );
    expect(held.map(digestOf).sort()).toEqual(Object.values(images).map(digestOf).sort());
    expect((await verifyFolder(directory, digest)).problems).toEqual([]);
  });

  it('go on from the first that lacks where the connection is cut', async () => {
    let cuts = 0;
    meddle = (path, body, response) => {
      if (!path.includes('/images/') || cuts++ > 0) return void response.end(body);
      response.writeHead(200, { 'content-length': String(body.length) });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    };
    expect(await pull()).toMatchObject({ fetched: IMAGES });
    const [, second] = bundles();
    expect(Number(/images\/(\d+)-39/.exec(second!)![1])).toBeGreaterThan(5);
    expect((await verifyFolder(directory, digest)).problems).toEqual([]);
  });

  it('go on where the answer ends too early, and fail where it always does', async () => {
    meddle = (path, body, response) =>
      void response.end(path.includes('/images/') ? body.subarray(0, 700) : body);
    await expect(pull()).rejects.toMatchObject({
      code: 'PIN_UNREACHABLE',
      message: /ended before its last image/,
    });
  });

  it('are brought by neighbours where some lie there', async () => {
    await pull();
    const names = (await readdir(join(directory, 'images'))).sort();
    for (const name of names.slice(3, 23)) await rm(join(directory, 'images', name));
    await writeFile(join(directory, 'images', names[30]!), 'altered');
    asked = [];
    expect(await pull()).toMatchObject({ fetched: 21, present: IMAGES - 21 });
    expect(bundles()).toEqual([`/snapshots/${digest}/images/3-22.tar`]);
    expect((await verifyFolder(directory, digest)).problems).toEqual([]);
  });

  it('are refused with their name where a byte is flipped, and the file is not kept', async () => {
    meddle = (path, body, response) => {
      if (path.includes('/images/')) body[512 + 10]! ^= 1;
      response.end(body);
    };
    await expect(pull()).rejects.toMatchObject({
      code: 'PIN_MISMATCH',
      message: /images\/[0-9a-f]{32}\.png/,
    });
    expect(await readdir(join(directory, 'images'))).toEqual([]);
  });

  it('are refused where another image comes in the place of one', async () => {
    meddle = (path, body, response) =>
      void response.end(path.includes('/images/') ? body.subarray(1024) : body);
    await expect(pull()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: /another image in the place of/,
    });
  });
});

describe('the images of a range', () => {
  let house: House;
  let digest: string;

  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'plants');
    await addImages(house, 'plants', { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    digest = await publish(house, 'plants');
  });
  afterAll(() => house.stop());

  it.each(['1-0', '0-4096'])('are refused as %s', async (range) => {
    const answer = await house.fetch(`/snapshots/${digest}/images/${range}.tar`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'BAD_INPUT' });
  });

  it('are not there for who may not fetch the snapshot', async () => {
    await newDataset(house, 'others');
    const stranger = await house.tokenOf('READER', 'others');
    const [mine, none] = await Promise.all(
      [digest, `sha256:${'0'.repeat(64)}`].map((of) =>
        house.fetch(`/snapshots/${of}/images/0-1.tar`, { token: stranger }),
      ),
    );
    expect([mine!.status, none!.status]).toEqual([404, 404]);
  });

  it('are on the record', async () => {
    await (await house.fetch(`/snapshots/${digest}/images/0-1.tar`)).arrayBuffer();
    const rows = await house.services.db.query(
      `SELECT phase FROM audit_event WHERE action = 'snapshot.fetch' AND detail::text LIKE '%images/0-1.tar%' ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });
});
