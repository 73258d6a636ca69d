import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { addImages, digestOf, newDataset, noiseImage } from '../support/specimens.ts';

interface Sample {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** The text format of Prometheus, 0.0.4: every line is a comment, or a name, its labels and a number. */
function parse(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (!match) throw new Error(`not a sample: ${line}`);
      const [, name, labels = '', value] = match;
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)",?/g)];
      return {
        name: name!,
        labels: Object.fromEntries(pairs.map(([, key, held]) => [key, held])),
        value: Number(value),
      };
    });
}

describe('metrics', () => {
  let house: House;
  let image: Buffer;
  beforeAll(async () => {
    house = await openHouse();
    image = await noiseImage(1, { width: 300, height: 200 });
    await newDataset(house, 'plots');
    await addImages(house, 'plots', { 'a.png': image });
    await house.fetch('/nowhere/at-all');
    await house.send('{ dataset(slug: "plots") { nothing } }');
    await house.send('{ viewer { name } }', {}, null);
  });
  afterAll(() => house?.stop());

  const scrape = async () => parse(await (await house.fetch('/metrics', { token: null })).text());
  const sampleOf = (samples: Sample[], name: string, labels: Record<string, string> = {}) =>
    samples.find(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )?.value;

  it('come in the text format, with the process among them', async () => {
    const response = await house.fetch('/metrics', { token: null });
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const samples = parse(await response.text());
    expect(sampleOf(samples, 'process_resident_memory_bytes')).toBeGreaterThan(2 ** 20);
    expect(sampleOf(samples, 'holotype_build_info')).toBe(1);
  });

  it('count requests by template and status, never by address', async () => {
    const samples = await scrape();
    const put = { method: 'PUT', route: '/blobs/sha256/:digest', status: '201' };
    expect(sampleOf(samples, 'holotype_http_request_duration_seconds_count', put)).toBe(1);
    const unmatched = { route: 'unmatched', status: '404' };
    expect(sampleOf(samples, 'holotype_http_request_duration_seconds_count', unmatched)).toBe(1);
    const text = JSON.stringify(samples);
    for (const word of ['nowhere', 'plots', 'a.png', digestOf(image), house.token])
      expect(text).not.toContain(word);
  });

  it('count the bytes that came and went, at least those of the bodies', async () => {
    const before = await scrape();
    const blob = { route: '/blobs/sha256/:digest', direction: 'in' };
    expect(sampleOf(before, 'holotype_http_bytes_total', blob)).toBeGreaterThanOrEqual(image.length);
    await (await house.fetch(`/blobs/sha256/${digestOf(image)}`)).arrayBuffer();
    const sent = async () =>
      sampleOf(await scrape(), 'holotype_http_bytes_total', { ...blob, direction: 'out' })!;
    const least =
      (sampleOf(before, 'holotype_http_bytes_total', { ...blob, direction: 'out' }) ?? 0) + image.length;
    // The answer is counted when the server hears that it has ended, which may be after the client has.
    while ((await sent()) < least);
  });

  it('count the errors of GraphQL by code, and every operation by its type and outcome', async () => {
    const samples = await scrape();
    const errors = 'holotype_graphql_errors_total';
    expect(sampleOf(samples, errors, { code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(sampleOf(samples, errors, { code: 'UNAUTHENTICATED' })).toBe(1);
    const operations = 'holotype_graphql_operation_duration_seconds_count';
    expect(sampleOf(samples, operations, { type: 'mutation', outcome: 'ok' })).toBe(2);
    expect(sampleOf(samples, operations, { type: 'query', outcome: 'error' })).toBeGreaterThan(0);
  });

  it('tell how deep and how old each queue is, and what failed', async () => {
    const { db, jobs } = house.services;
    await jobs.send(db, 'nobody-works-on-this', 'one', {});
    await jobs.send(db, 'nobody-works-on-this', 'other', {});
    jobs.countFailure('nobody-works-on-this');
    await scrape();
    const samples = await scrape();
    const queue = 'nobody-works-on-this';
    expect(sampleOf(samples, 'holotype_jobs', { queue, state: 'waiting' })).toBe(2);
    expect(sampleOf(samples, 'holotype_jobs', { queue, state: 'running' })).toBe(0);
    expect(sampleOf(samples, 'holotype_job_oldest_seconds', { queue })).toBeGreaterThan(0);
    expect(sampleOf(samples, 'holotype_job_failures_total', { queue })).toBe(1);
    await db.query('DELETE FROM job WHERE queue = $1', [queue]);
    expect(sampleOf(await scrape(), 'holotype_jobs', { queue })).toBeUndefined();
  });

  it('tell how long statements waited for a connection', async () => {
    const samples = await scrape();
    expect(sampleOf(samples, 'holotype_database_pool_wait_seconds_count')).toBeGreaterThan(0);
    expect(sampleOf(samples, 'holotype_database_pool_connections', { state: 'waiting' })).toBe(0);
  });

  it('are shown to this machine, and beyond it to who may administer access alone', async () => {
    const through = async (token: string | null, headers: Record<string, string>) =>
      (await house.fetch('/metrics', { token, headers })).status;
    const proxied = { 'x-forwarded-for': '192.0.2.7' };
    expect(await through(null, {})).toBe(200);
    expect(await through(null, proxied)).toBe(401);
    expect(await through(await house.tokenOf('CURATOR'), proxied)).toBe(403);
    expect(await through(house.token, proxied)).toBe(200);
    // A page that a browser was lured to by a name which leads here.
    expect(await statusAs('evil.example', house.url)).toBe(401);
  });

  it('are shown to everybody where that was said, and to nobody by mistake behind a public address', async () => {
    for (const [environment, status] of [
      [{ HOLOTYPE_METRICS_PUBLIC: 'true' }, 200],
      [{ HOLOTYPE_PUBLIC_URL: 'https://data.example.org' }, 401],
    ] as const) {
      const other = await openHouse(environment);
      expect(await statusAs(status === 200 ? 'evil.example' : 'localhost', other.url)).toBe(status);
      await other.stop();
    }
  });
});

/** Fetch sends a host of its own making; this sends the one given. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${url}/metrics`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
