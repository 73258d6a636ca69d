import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrozenSplit } from '../../src/splits/split.ts';
import { findSplit } from '../../src/splits/splits.store.ts';
import { certificateJson } from '../../src/stewardship/certificate/certificate-file.ts';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { publish } from '../support/specimens.ts';
import { certifiedPlants, certifiedReferences, WAIVER } from './certified-plants.ts';

const FORMATS = ['html', 'md', 'json'] as const;
const PROOF = `query ($slug: String!, $name: String!) { dataset(slug: $slug) { split(name: $name) { digest certificate {
  leaks waiver counts { part images } proof { digest address manifest colour heading statements
    report { group leakage { keys { key sharedGroups { value } } near { isExamined } } adversarial { area { value } }
      balance { name compared { percentile { value } randomUpper { value } } } } } } } } }`;
/** Of the split `fair` of references, whatever the database, the language and the time zone. */
const GOLDEN = {
  html: '7b7761f5b98b4502b7a22b6a4b4962b730c4997586d6ed74d6ad4341616d3518',
  md: 'c3999c67ddca90d669037e7bc49198ec81e13b9471cd073584a478c1ac5d6d78',
  json: 'a795794cb4e98904c264b5b4d512e867a676509ad1391d030a1ff575a3a9001a',
};
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const path = (split: string, format: string, dataset = 'plants') =>
  `/datasets/${dataset}/splits/${split}/certificate.${format}`;

interface Figure {
  readonly value: number | null;
  readonly reason: string | null;
  readonly interval: object | null;
  readonly images: number;
  readonly units: number;
  readonly method: string;
}

const isFigure = (value: object): value is Figure => 'units' in value && 'method' in value;

/** Every figure of a certificate, and the place of every number that is in none. */
function numbersOf(value: Answer, place = ''): { figures: [string, Figure][]; others: string[] } {
  if (typeof value === 'number') return { figures: [], others: [place] };
  if (value === null || typeof value !== 'object') return { figures: [], others: [] };
  if (isFigure(value)) return { figures: [[place, value]], others: [] };
  const inner = Object.entries(value).map(([name, member]) =>
    numbersOf(member, Array.isArray(value) ? `${place}[]` : `${place}.${name}`),
  );
  return {
    figures: inner.flatMap(({ figures }) => figures),
    others: [...new Set(inner.flatMap(({ others }) => others))],
  };
}

describe('the certificate of a split', () => {
  let house: House;
  let snapshot: string;
  const read = async (address: string, house_ = house) => {
    const response = await house_.fetch(address);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status, bytes.toString()).toBe(200);
    return bytes;
  };
  const document = async (split: string, dataset?: string): Promise<Answer> =>
    JSON.parse((await read(path(split, 'json', dataset))).toString());

  beforeAll(async () => {
    house = await openHouse();
    await certifiedPlants(house);
    await certifiedPlants(house, 'people', { sensitivity: 'PERSONAL' });
    snapshot = await publish(house, 'plants', { splits: ['fair', 'leaky'] });
  });
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });

  it('names the manifest from which a stranger recomputes the digest that it states', async () => {
    const { digest, split, manifest } = await document('fair');
    const exported = (await read(manifest.address)).toString();
    const script = resolve(import.meta.dirname, '../..', manifest.recompute);
    const { status, stdout } = spawnSync('python3', [script], { input: exported, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ digest, same: true });
    expect(JSON.parse(exported)).toMatchObject({ digest, split });
    expect(split).toMatchObject({ seed: '7', algorithm: 'holotype-split/1', root: manifest.root });
  });

  it('has a digest of its own, that of its JSON, stated by the page, the Markdown and GraphQL', async () => {
    const digest = `sha256:${sha256(await read(path('fair', 'json')))}`;
    for (const format of ['html', 'md'])
      expect((await read(path('fair', format))).toString()).toContain(digest);
    const { split } = (await house.ask(PROOF, { slug: 'plants', name: 'fair' })).dataset;
    const { address } = split.certificate.proof;
    expect(split.certificate.proof.digest).toBe(digest);
    expect(sha256(await read(`${address}.json`))).toBe(digest.slice('sha256:'.length));
  });

  it('proves that no group stands in two parts, and tells how images of unknown group were treated', async () => {
    const { parts, groups, missingGroupKeys, leaks } = await document('fair');
    expect(leaks).toBe(false);
    expect(parts.groupCounts.partByPart.value).toBe(parts.groupCounts.inAll.value);
    const own = groups.keys.find(({ key }: Answer) => key === 'subject');
    expect(own).toMatchObject({ sharedGroups: { value: 0 }, knownGroups: { value: 24 }, listed: [] });
    expect(missingGroupKeys).toMatchObject({
      key: 'subject',
      images: { value: 2 },
      treatment: 'EACH_IMAGE_ITS_OWN_GROUP',
    });
    const leaky = await document('leaky');
    expect(leaky.parts.groupCounts).toMatchObject({ partByPart: { value: 48 }, inAll: { value: 26 } });
    expect(leaky.missingGroupKeys).toEqual({ key: null, reason: 'NO_GROUP_KEY' });
    expect(leaky.duplicates.exact).toMatchObject({ contents: { value: 1 }, listed: [{ distance: 0 }] });
  });

  it('holds each comparison beside random splits, and the adversarial area', async () => {
    const { balance, adversarial } = await document('fair');
    expect(balance.variables.map(({ name }: Answer) => name)).toEqual(
      expect.arrayContaining(['label', 'site']),
    );
    for (const { compared } of balance.variables)
      expect(compared[0]).toMatchObject({
        percentile: { reason: 'DRAWN', method: 'percentile among 200 random assignments of groups' },
        randomUpper: { value: expect.any(Number) },
        standardizedDifference: { interval: { level: 0.95 } },
      });
    expect(adversarial.area).toMatchObject({ value: expect.any(Number), interval: { level: 0.95 } });
    expect((await document('folds')).balance.variables[0].compared).toHaveLength(3);
  });

  it.each(['fair', 'leaky', 'folds'])(
    'of %s has of every figure its n, its method, and an interval or the reason',
    async (name) => {
      for (const dataset of ['plants', 'people']) {
        const { split: _, ...certificate } = await document(name, dataset);
        const { figures, others } = numbersOf(certificate);
        expect(figures.length).toBeGreaterThan(100);
        for (const [place, figure] of figures) {
          expect(figure.method, place).not.toBe('');
          expect(Number.isSafeInteger(figure.images) && Number.isSafeInteger(figure.units), place).toBe(true);
          const explained = (figure.value !== null && figure.interval !== null) || figure.reason !== null;
          expect(explained, `${place} ${JSON.stringify(figure)}`).toBe(true);
        }
        expect(new Set(others)).toEqual(
          new Set(
            name === 'leaky' && dataset === 'plants'
              ? ['.revision', '.duplicates.exact.listed[].distance']
              : ['.revision'],
          ),
        );
      }
    },
  );

  it('shows a waiver on top, in its words, and lets nothing that people wrote be read as markup', async () => {
    const html = (await read(path('leaky', 'html'))).toString();
    expect(html.indexOf('This split leaks, and was frozen by a written waiver')).toBeLessThan(
      html.indexOf('<h2>'),
    );
    expect(html.indexOf('Twins are kept &lt;script&gt;alert(&quot;x&quot;)')).toBeLessThan(
      html.indexOf('<h2>'),
    );
    expect(html).not.toMatch(/<script|<b>|<img|<link|src=|href=|url\(/);
    const markdown = (await read(path('leaky', 'md'))).toString();
    expect(markdown.split('\n').slice(0, 6).join('\n')).toContain(
      '&lt;script&gt;alert("x")&lt;/script&gt; \\| on \\*purpose\\*. Signed',
    );
    expect(markdown).not.toContain('<');
    expect(await document('leaky')).toMatchObject({ leaks: true, colour: 'RED', waiver: WAIVER });
    const { proof } = (await house.ask(PROOF, { slug: 'plants', name: 'leaky' })).dataset.split.certificate;
    expect(proof).toMatchObject({ colour: 'RED', heading: expect.stringContaining('leaks') });
    expect(proof.statements.join()).toContain(WAIVER);
    expect(proof.statements.join()).toContain('units or groups in two parts: 22');
  });

  it.each(['GREEN', 'GREY', 'AMBER', 'RED'])(
    'is red of a split that leaks though its report is %s',
    async (colour) => {
      await read(path('leaky', 'json'));
      const { db } = house.services;
      const [kept] = await db.query(
        `SELECT dataset_id, result FROM bias_report WHERE kind = 'SPLIT' AND request::jsonb->'split'->>'name' = 'leaky'
         AND request::jsonb->>'slug' = 'plants'`,
      );
      const split = (await findSplit(db, kept.dataset_id, 'leaky')) as FrozenSplit;
      const { document } = certificateJson(split, JSON.stringify({ ...JSON.parse(kept.result), colour }));
      expect(document).toMatchObject({ leaks: true, colour: 'RED' });
    },
  );

  it('says that grey is not green, and what was not looked for', async () => {
    const html = (await read(path('fair', 'html'))).toString();
    expect(html).toContain('GREY: Not enough data to tell whether this split is fair.');
    expect(html).toContain('Grey, which is not green');
    expect((await document('fair')).foundWhenFrozen.nearDuplicates).toMatchObject({ status: 'EXAMINED' });
  });

  it('is a page that a browser shows without a script, and asks again for when it is kept', async () => {
    const response = await house.fetch(path('fair', 'html'));
    const html = await response.text();
    const style = createHash('sha256')
      .update(/<style>(.*)<\/style>/s.exec(html)![1]!)
      .digest('base64');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBe(
      `sandbox; default-src 'none'; style-src 'sha256-${style}'`,
    );
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const again = await house.fetch(path('fair', 'html'), {
      headers: { 'if-none-match': response.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
    const json = await house.fetch(path('fair', 'json'));
    expect(json.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  it('tells a personal dataset’s small counts to nobody, and lists no group and no image of it', async () => {
    const certificate = await document('leaky', 'people');
    expect(certificate.groups.keys.flatMap(({ listed }: Answer) => listed)).toEqual([]);
    expect(certificate.duplicates.exact.listed).toEqual([]);
    expect(certificate.foundWhenFrozen.exactDuplicates.count).toMatchObject({
      value: null,
      status: 'SUPPRESSED',
    });
    expect((await document('fair', 'people')).missingGroupKeys.images).toMatchObject({
      value: null,
      status: 'SUPPRESSED',
    });
    const told = numbersOf(certificate).figures.filter(([, { method }]) =>
      /^(images|groups|contents|pairs)\b/.test(method),
    );
    expect(told.length).toBeGreaterThan(10);
    expect(certificate.parts.groupCounts).toBeNull();
    for (const [place, { value }] of told) expect([1, 2, 3, 4], place).not.toContain(value);
  });

  it('is reached from a snapshot that carries the split, made once, and each fetch is on the record', async () => {
    const address = `/snapshots/${snapshot}/certificates/fair`;
    const bytes = await read(`${address}.json`);
    const made = await house.services.db.query('SELECT count(*)::int AS n FROM bias_report');
    for (const format of FORMATS) await read(`${address}.${format}`);
    expect((await read(`${address}.json`)).equals(bytes)).toBe(true);
    expect(await house.services.db.query('SELECT count(*)::int AS n FROM bias_report')).toEqual(made);
    const ofDataset = await document('fair');
    expect(JSON.parse(bytes.toString())).toMatchObject({
      snapshot,
      name: 'fair',
      digest: ofDataset.digest,
      split: ofDataset.split,
    });
    const events = await house.services.db.query(
      `SELECT phase FROM audit_event WHERE action = 'snapshot.fetch' AND detail::text LIKE '%certificates/fair.html%' ORDER BY sequence`,
    );
    expect(events.map(({ phase }: Answer) => phase)).toEqual(['ATTEMPT', 'SUCCEEDED']);
    // One of the twins was excluded since, and the split still leaked when it was frozen.
    const leaky = JSON.parse((await read(`/snapshots/${snapshot}/certificates/leaky.json`)).toString());
    expect(leaky).toMatchObject({ leaks: true, colour: 'RED', population: { absentImages: { value: 1 } } });
  });

  it('of a snapshot is the same in GraphQL, which says what splits it carries where it is asked for another', async () => {
    const ask = (split: string) =>
      house.send(
        `query ($digest: String!, $split: String!) { snapshot(digest: $digest) { digest certificate(split: $split) {
           digest address manifest colour heading statements report { snapshot split group } } } }`,
        { digest: snapshot, split },
      );
    const { certificate } = (await ask('leaky')).body.data.snapshot;
    expect(certificate).toMatchObject({
      manifest: '/datasets/plants/splits/leaky',
      colour: 'RED',
      heading: expect.stringContaining('leaks'),
      report: { snapshot, split: 'leaky', group: 'unit' },
    });
    expect(certificate.statements.join()).toContain(WAIVER);
    expect(certificate.address).toBe(`/snapshots/${snapshot}/certificates/leaky`);
    expect(certificate.digest).toBe(`sha256:${sha256(await read(`${certificate.address}.json`))}`);
    const { data, errors } = (await ask('folds')).body;
    expect(data.snapshot).toEqual({ digest: snapshot, certificate: null });
    expect(errors).toMatchObject([
      {
        path: ['snapshot', 'certificate'],
        message: 'split: the snapshot carries fair, leaky, not "folds".',
        extensions: { code: 'NOT_FOUND' },
      },
    ]);
  });

  it('looks the same unknown and forbidden, and there is none of a draft', async () => {
    const other = await house.tokenOf('READER', 'people', ['READ']);
    const detail = async (address: string) => {
      const response = await house.fetch(address, { token: other });
      return { status: response.status, text: (await response.text()).replaceAll(/plants|no-such/g, 'X') };
    };
    for (const format of FORMATS) {
      const hidden = await detail(path('fair', format));
      expect(hidden.status).toBe(404);
      expect(hidden).toEqual(await detail(path('fair', format, 'no-such')));
    }
    const unknown = `sha256:${'0'.repeat(64)}`;
    const kept = await house.fetch(`/snapshots/${snapshot}/certificates/fair.json`, { token: other });
    const none = await house.fetch(`/snapshots/${unknown}/certificates/fair.json`, { token: other });
    expect([kept.status, none.status]).toEqual([404, 404]);
    expect((await kept.text()).replaceAll(snapshot, unknown)).toBe(await none.text());
    expect((await house.fetch(path('fair', 'json'), { token: null })).status).toBe(401);
    for (const address of [
      path('none', 'html'),
      path('fair', 'pdf'),
      `/snapshots/${snapshot}/certificates/folds.html`,
      `/snapshots/${snapshot}/certificates/fair.pdf`,
    ])
      expect((await house.fetch(address)).status, address).toBe(404);
    const draft = await house.fetch(path('draft', 'html'));
    expect({ status: draft.status, ...((await draft.json()) as object) }).toMatchObject({
      status: 409,
      code: 'NOT_FROZEN',
    });
    const { certificate } = (await house.ask(PROOF, { slug: 'plants', name: 'draft' })).dataset.split;
    expect(certificate.proof).toBeNull();
    expect(certificate.counts).toHaveLength(2);
  });

  it('is printed by the command line, byte for byte', async () => {
    const holotype = commandsOf(house);
    for (const format of FORMATS) {
      const { stdout, status } = await holotype(
        'certificate',
        'plants',
        '--split',
        'fair',
        '--format',
        format,
      );
      expect(status).toBe(0);
      expect(stdout).toBe((await read(path('fair', format))).toString());
    }
    const { stdout } = await holotype('certificate', snapshot, '--split', 'fair', '--json');
    expect(stdout).toBe((await read(`/snapshots/${snapshot}/certificates/fair.json`)).toString());
    expect(await holotype('certificate', 'plants', '--split', 'draft')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/draft.*NOT_FROZEN/),
    });
    expect((await holotype('certificate', 'plants', '--split', 'none')).stderr).toMatch(
      /no split "none".*NOT_FOUND/,
    );
    expect((await holotype('certificate', 'plants', '--split', 'fair', '--format', 'pdf')).status).toBe(2);
  });

  it('has the same bytes in another house, language and time zone, on either database', async () => {
    const { TZ, LANG, LC_ALL } = process.env;
    Object.assign(process.env, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    const other = await openHouse();
    try {
      await certifiedPlants(other);
      for (const split of ['fair', 'leaky', 'folds'])
        for (const format of FORMATS)
          expect((await read(path(split, format), other)).equals(await read(path(split, format)))).toBe(true);
      await certifiedReferences(other, 'sheets');
      expect((await read(path('fair', 'html', 'sheets'), other)).toString()).toContain(
        'Not looked for, which is not “none found”: images of the same bytes in two parts (the bytes of no image are known)',
      );
      const digests: [string, string][] = [];
      for (const format of FORMATS)
        digests.push([format, sha256(await read(path('fair', format, 'sheets'), other))]);
      expect(Object.fromEntries(digests)).toEqual(GOLDEN);
    } finally {
      await other.stop();
      for (const [name, value] of Object.entries({ TZ, LANG, LC_ALL }))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
  });
});
