import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage } from '../support/specimens.ts';

describe('a dataset by revision', () => {
  let house: House;
  const read = async (slug: string, selection: string): Promise<Answer> =>
    (await house.ask(`query ($slug: String!) { dataset(slug: $slug) { ${selection} } }`, { slug })).dataset;
  const revisionOf = async (slug: string) => (await read(slug, 'revision')).revision as number;
  const byReference = (names: string[]) =>
    names.map((name) => ({ name, address: `https://images.example/${encodeURIComponent(name)}` }));

  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  it('shows at every revision what held then', async () => {
    await newDataset(house, 'history');
    await addImages(house, 'history', { 'a.png': await noiseImage(1), 'b.png': await noiseImage(2) });
    await succeed(house, 'defineLabelSchema', { dataset: 'history', classes: [{ name: 'leaf' }] });
    const exclusion = { image: 'a.png', stage: 'ELIGIBLE', reason: 'blurred' };
    await succeed(house, 'excludeImages', { dataset: 'history', exclusions: [exclusion] });
    await succeed(house, 'recordAcquisition', {
      dataset: 'history',
      source: 'csv',
      rows: [{ image: 'b.png', values: [{ name: 'site', value: 'north' }] }],
    });
    await succeed(house, 'recordAnnotations', {
      dataset: 'history',
      source: 'test',
      annotations: [{ image: 'b.png', annotator: 'ann', kind: 'CLASS', label: 'leaf' }],
    });
    await succeed(house, 'readmitImages', { dataset: 'history', images: ['a.png'] });
    const at = async (asOf: number) => {
      const seen = await read(
        'history',
        `imageCounts(asOf: ${asOf}) { kept excluded } labelClasses(asOf: ${asOf}) { name } annotationCount(asOf: ${asOf})
         images(asOf: ${asOf}, nameContains: "b.png") { nodes { acquisition { site } annotations { label } } }
         first: images(asOf: ${asOf}, nameContains: "a.png") { nodes { exclusion { reason } } }`,
      );
      const [b] = seen.images.nodes;
      return [
        seen.imageCounts.kept,
        seen.imageCounts.excluded,
        seen.labelClasses.length,
        seen.annotationCount,
        b?.acquisition.site ?? null,
        b?.annotations.length ?? null,
        seen.first.nodes[0]?.exclusion?.reason ?? null,
      ];
    };
    expect(await at(1)).toEqual([0, 0, 0, 0, null, null, null]);
    expect(await at(2)).toEqual([2, 0, 0, 0, null, 0, null]);
    expect(await at(3)).toEqual([2, 0, 1, 0, null, 0, null]);
    expect(await at(4)).toEqual([1, 1, 1, 0, null, 0, 'blurred']);
    expect(await at(5)).toEqual([1, 1, 1, 0, 'north', 0, 'blurred']);
    expect(await at(6)).toEqual([1, 1, 1, 1, 'north', 1, 'blurred']);
    expect(await at(7)).toEqual([2, 0, 1, 1, 'north', 1, null]);
    expect(await revisionOf('history')).toBe(7);
  });

  it('tells what differs between two revisions, in images, exclusions, metadata and annotations', async () => {
    const diff = async (from: number, to: number) => {
      const page = '{ opened closed nodes { change revision } }';
      const { diff: found } = await read(
        'history',
        `diff(from: ${from}, to: ${to}) { images ${page} exclusions ${page} acquisition ${page} annotations ${page} }`,
      );
      return Object.fromEntries(
        Object.entries(found as Record<string, Answer>).map(([table, { opened, closed, nodes }]) => {
          expect(nodes).toHaveLength(opened + closed);
          return [table, [opened, closed]];
        }),
      );
    };
    expect(await diff(1, 7)).toEqual({
      images: [2, 0],
      exclusions: [0, 0],
      acquisition: [2, 0],
      annotations: [1, 0],
    });
    expect(await diff(3, 4)).toEqual({
      images: [0, 0],
      exclusions: [1, 0],
      acquisition: [0, 0],
      annotations: [0, 0],
    });
    expect(await diff(4, 7)).toEqual({
      images: [0, 0],
      exclusions: [0, 1],
      acquisition: [1, 1],
      annotations: [1, 0],
    });
    expect(await diff(7, 7)).toEqual({
      images: [0, 0],
      exclusions: [0, 0],
      acquisition: [0, 0],
      annotations: [0, 0],
    });
  });

  it('refuses a revision that is not, and a difference asked backwards', async () => {
    for (const selection of [
      'imageCounts(asOf: 8) { kept }',
      'images(asOf: -1) { nodes { id } }',
      'diff(from: 5, to: 2) { from }',
      'diff(from: 1, to: 99) { from }',
    ]) {
      const { body } = await house.send(`{ dataset(slug: "history") { ${selection} } }`);
      expect([selection, body.errors?.[0]?.extensions.code]).toEqual([selection, 'BAD_INPUT']);
    }
  });

  it('grows by one with every change, each in its history, none of them missing', async () => {
    const { revisions, revision } = await read('history', 'revision revisions { nodes { number summary } }');
    expect(revisions.nodes.map(({ number }: { number: number }) => number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(revision).toBe(7);
  });

  it('makes no revision where nothing changes: everything said again leaves it as it stands', async () => {
    const again: [string, object][] = [
      ['registerImages', { images: byReference(['x.png']) }],
      ['defineLabelSchema', { classes: [{ name: 'leaf' }] }],
      ['excludeImages', { exclusions: [{ image: 'x.png', stage: 'ELIGIBLE', reason: 'r' }] }],
      ['declareFactors', { factors: [{ name: 'dose', kind: 'CONTINUOUS', unit: 'g' }] }],
      [
        'recordAcquisition',
        { source: 'csv', rows: [{ image: 'x.png', values: [{ name: 'dose', value: '1.50' }] }] },
      ],
      ['declareAnnotators', { annotators: [{ pseudonym: 'ann', kind: 'HUMAN', expertise: 'expert' }] }],
      ['addGuideline', { version: 'v1', text: 'Look closely.' }],
      [
        'recordAnnotations',
        {
          source: 's',
          annotations: [{ image: 'x.png', annotator: 'ann', kind: 'CLASS', label: 'leaf' }],
        },
      ],
      ['readmitImages', { images: ['x.png'] }],
      ['describeDataset', { title: 'Another title' }],
    ];
    await newDataset(house, 'again');
    for (const [name, input] of again) {
      const before = await revisionOf('again');
      await succeed(house, name, { dataset: 'again', ...input });
      expect([name, await revisionOf('again')]).toEqual([name, before + 1]);
      await succeed(house, name, { dataset: 'again', ...input });
      expect([name, await revisionOf('again')]).toEqual([name, before + 1]);
    }
    await succeed(house, 'openRound', { dataset: 'again', name: 'first' });
    await succeed(house, 'closeRound', { dataset: 'again', name: 'first' });
    const closed = await revisionOf('again');
    await succeed(house, 'closeRound', { dataset: 'again', name: 'first' });
    expect(await revisionOf('again')).toBe(closed);
  });

  it('leaves no trace but the record where a change is refused', async () => {
    await newDataset(house, 'refused');
    await succeed(house, 'registerImages', { dataset: 'refused', images: byReference(['x.png']) });
    const result = await mutate(house, 'excludeImages', {
      dataset: 'refused',
      exclusions: [
        { image: 'x.png', stage: 'ELIGIBLE', reason: 'r' },
        { image: 'y.png', stage: 'ELIGIBLE', reason: 'r' },
      ],
    });
    expect(result).toMatchObject({ code: 'BAD_INPUT', reasons: [{ code: 'UNKNOWN_IMAGE' }] });
    expect(await read('refused', 'revision imageCounts { kept excluded }')).toEqual({
      revision: 2,
      imageCounts: { kept: 1, excluded: 0 },
    });
  });

  it('serialises its writers: twenty at once make twenty revisions and lose nothing', async () => {
    await newDataset(house, 'busy');
    const names = Array.from({ length: 20 }, (_, index) => `${index}.png`);
    await Promise.all(
      names.map((name) => succeed(house, 'registerImages', { dataset: 'busy', images: byReference([name]) })),
    );
    const { revision, imageCounts, revisions, images } = await read(
      'busy',
      'revision imageCounts { kept } revisions { nodes { number } } images { nodes { name since } }',
    );
    expect([revision, imageCounts.kept]).toEqual([21, 20]);
    expect(revisions.nodes.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: 21 }, (_, index) => 21 - index),
    );
    expect(images.nodes.map(({ name }: { name: string }) => name).sort()).toEqual([...names].sort());
    expect(new Set(images.nodes.map(({ since }: { since: number }) => since)).size).toBe(20);
    expect((await house.ask('{ verifyAuditChain { intact } }')).verifyAuditChain.intact).toBe(true);
  });

  it('gives a name to one alone of several that ask for it at once', async () => {
    await newDataset(house, 'race');
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        succeed(
          house,
          'registerImages',
          { dataset: 'race', images: [{ name: 'x.png', address: `https://images.example/${index}` }] },
          '... on BulkReport { taken refused { code } }',
        ),
      ),
    );
    expect(results.filter(({ taken }) => taken === 1)).toHaveLength(1);
    expect(results.filter(({ refused }) => refused[0]?.code === 'DUPLICATE_NAME')).toHaveLength(5);
  });

  it('for any sequence of exclusions, shows every revision as a model that copies everything does', async () => {
    const names = ['a.png', 'b.png', 'c.png'];
    const step = fc.record({
      exclude: fc.boolean(),
      images: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
      reason: fc.constantFrom('blurred', 'empty'),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const dataset = `model-${run++}`;
        await newDataset(house, dataset);
        await succeed(house, 'registerImages', { dataset, images: byReference(names) });
        let now: Record<string, string> = {};
        const history: Record<string, string>[] = [{}, {}, {}];
        for (const { exclude, images, reason } of steps) {
          const next = { ...now };
          for (const image of images) {
            if (exclude) next[image] = reason;
            else delete next[image];
          }
          if (exclude)
            await succeed(house, 'excludeImages', {
              dataset,
              exclusions: images.map((image) => ({ image, stage: 'ELIGIBLE', reason })),
            });
          else await succeed(house, 'readmitImages', { dataset, images });
          if (JSON.stringify(Object.entries(next).sort()) !== JSON.stringify(Object.entries(now).sort()))
            history.push(next);
          now = next;
        }
        expect(await revisionOf(dataset)).toBe(history.length - 1);
        for (let asOf = 2; asOf < history.length; asOf++) {
          const { images } = await read(
            dataset,
            `images(asOf: ${asOf}) { nodes { name exclusion { reason } } }`,
          );
          const seen = images.nodes
            .filter(({ exclusion }: Answer) => exclusion)
            .map(({ name, exclusion }: Answer) => [name, exclusion.reason]);
          expect(Object.fromEntries(seen)).toEqual(history[asOf]);
        }
      }),
      { numRuns: 8 },
    );
  });
});
