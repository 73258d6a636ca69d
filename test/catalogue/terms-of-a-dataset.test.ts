import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { mutate } from '../support/mutate.ts';
import { addImages, digestOf, newDataset, noiseImage, publish } from '../support/specimens.ts';

const FAR = '2999-01-01T00:00:00.000Z';
const PAST = '2001-01-01T00:00:00.000Z';

describe('the terms of a dataset', () => {
  let house: House;
  let count = 0;
  let slug: string;
  let snapshot: string;
  let pixels: string;
  let image: Buffer;

  const declare = (terms: object, token?: string) =>
    mutate(
      house,
      'declareTerms',
      { dataset: slug, licence: 'CC0-1.0', ...terms },
      '... on DatasetTerms { version }',
      token,
    );
  const accept = (input: object, token: string) =>
    house.send(
      `mutation ($input: AcceptTermsInput!) { acceptTerms(input: $input) {
         __typename ... on TermsAcceptance { version purposes statement } ... on Problem { code message } } }`,
      { input: { dataset: slug, ...input } },
      token,
    );
  const problemAt = async (path: string, token: string): Promise<Answer> => {
    const response = await house.fetch(path, { token });
    return { status: response.status, ...(response.ok ? {} : ((await response.json()) as Answer)) };
  };
  /** Every address by which pixels or a snapshot are had. */
  const addresses = () => [
    `/blobs/sha256/${pixels}`,
    `/snapshots/${snapshot}`,
    `/snapshots/${snapshot}/manifest-00000.jsonl`,
    `/snapshots/${snapshot}/attestations`,
    `/snapshots/${snapshot}/coco.json`,
    `/snapshots/${snapshot}/images/0-0.tar`,
  ];

  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());
  beforeEach(async () => {
    slug = `plants-${++count}`;
    image = await noiseImage(count);
    pixels = digestOf(image);
    await newDataset(house, slug);
    await addImages(house, slug, { 'a.png': image });
    snapshot = await publish(house, slug);
  });

  describe('visibility', () => {
    it('is private until declared: a principal without a role can tell the dataset from none by no address', async () => {
      const stranger = await house.tokenOf(null);
      for (const path of addresses())
        expect(await problemAt(path, stranger)).toMatchObject({
          code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/),
        });
      const { body } = await house.send(
        'query ($slug: String!) { dataset(slug: $slug) { slug } }',
        { slug },
        stranger,
      );
      expect(body.errors![0]!.extensions.code).toMatch(/NOT_FOUND|FORBIDDEN/);
    });

    it('public opens dataset, pixels and snapshots to every principal, as a reader and no more', async () => {
      await declare({ visibility: 'PUBLIC' });
      const anyone = await house.tokenOf(null);
      const { dataset, datasets } = await house.ask(
        `query ($slug: String!) { dataset(slug: $slug) { slug terms { version visibility } } datasets { nodes { slug } } }`,
        { slug },
        anyone,
      );
      expect(dataset.terms).toEqual({ version: 1, visibility: 'PUBLIC' });
      expect(datasets.nodes).toContainEqual({ slug });
      for (const path of addresses().slice(0, 4))
        expect(await problemAt(path, anyone)).toEqual({ status: 200 });
      expect((await house.fetch(addresses()[0]!, { token: null })).status).toBe(401);
      const refused = await house.send(
        'mutation ($input: ExcludeImagesInput!) { excludeImages(input: $input) { __typename } }',
        { input: { dataset: slug, exclusions: [{ image: 'a.png', stage: 'ELIGIBLE', reason: 'r' }] } },
        anyone,
      );
      expect(refused.body.errors![0]!.extensions.code).toBe('FORBIDDEN');
    });

    it('public before its embargo has ended is private', async () => {
      await declare({ visibility: 'PUBLIC', embargoUntil: FAR });
      const stranger = await house.tokenOf(null);
      expect((await problemAt(addresses()[1]!, stranger)).code).toMatch(/NOT_FOUND|FORBIDDEN/);
      await declare({ visibility: 'PUBLIC', embargoUntil: PAST });
      expect(await problemAt(addresses()[1]!, stranger)).toEqual({ status: 200 });
    });

    it('declared private again is closed to everyone without a role', async () => {
      await declare({ visibility: 'PUBLIC' });
      await declare({ visibility: 'PRIVATE' });
      expect((await problemAt(addresses()[1]!, await house.tokenOf(null))).code).toMatch(
        /NOT_FOUND|FORBIDDEN/,
      );
    });
  });

  describe('an embargo', () => {
    it('holds pixels and snapshots from readers by every address, and names itself', async () => {
      await declare({ embargoUntil: FAR });
      const reader = await house.tokenOf('READER', slug);
      for (const path of addresses()) {
        const problem = await problemAt(path, reader);
        expect(problem, path).toMatchObject({ status: 403, code: 'TERMS_FORBID' });
        expect(problem.detail).toContain(`embargo: ${slug} is under embargo until ${FAR}`);
      }
    });

    it('leaves the metadata to who holds a role, and everything to who works on the dataset', async () => {
      await declare({ embargoUntil: FAR });
      const reader = await house.tokenOf('READER', slug);
      const { dataset } = await house.ask(
        'query ($slug: String!) { dataset(slug: $slug) { slug } }',
        { slug },
        reader,
      );
      expect(dataset).toEqual({ slug });
      for (const role of ['CURATOR', 'REVIEWER', 'STEWARD', 'ANNOTATOR'] as const) {
        const token = await house.tokenOf(role, slug);
        expect(await problemAt(`/blobs/sha256/${pixels}`, token), role).toEqual({ status: 200 });
        expect(await problemAt(`/snapshots/${snapshot}`, token), role).toEqual({ status: 200 });
      }
    });

    it('that has ended holds nothing', async () => {
      await declare({ embargoUntil: PAST });
      expect(await problemAt(`/snapshots/${snapshot}`, await house.tokenOf('READER', slug))).toEqual({
        status: 200,
      });
    });

    it('of one dataset leaves the same bytes in another as they are', async () => {
      await declare({ embargoUntil: FAR });
      const reader = await house.tokenOf('READER', slug);
      const other = `${slug}-free`;
      await newDataset(house, other);
      await addImages(house, other, { 'same.png': image });
      expect(await problemAt(`/blobs/sha256/${pixels}`, reader)).toMatchObject({ code: 'TERMS_FORBID' });
      const both = await house.tokenOf('READER', null);
      expect(await problemAt(`/blobs/sha256/${pixels}`, both)).toEqual({ status: 200 });
    });
  });

  describe('acceptance', () => {
    it('is asked of a consumer once for each version, by every address', async () => {
      await declare({ acceptance: 'REQUIRED' });
      const reader = await house.tokenOf('READER', slug);
      for (const path of addresses()) {
        const problem = await problemAt(path, reader);
        expect(problem, path).toMatchObject({ status: 403, code: 'TERMS_NOT_ACCEPTED' });
        expect(problem.detail).toContain(`version 1 of the terms of ${slug}`);
        expect(problem.detail).toContain(`holotype terms accept ${slug}`);
      }
      const { body } = await accept({ version: 1, purposes: ['RESEARCH'] }, reader);
      expect(body.data.acceptTerms).toMatchObject({
        __typename: 'TermsAcceptance',
        version: 1,
        purposes: ['RESEARCH'],
      });
      for (const path of [addresses()[0]!, addresses()[1]!, addresses()[2]!, addresses()[5]!])
        expect(await problemAt(path, reader), path).toEqual({ status: 200 });
      await declare({ acceptance: 'REQUIRED', text: 'Cite us.' });
      expect(await problemAt(`/snapshots/${snapshot}`, reader)).toMatchObject({ code: 'TERMS_NOT_ACCEPTED' });
    });

    it('is of the version in force alone, and of terms that were declared', async () => {
      const reader = await house.tokenOf('READER', slug);
      const none = await accept({ version: 1, purposes: ['RESEARCH'] }, reader);
      expect(none.body.data.acceptTerms.code).toBe('NOT_FOUND');
      await declare({ acceptance: 'REQUIRED' });
      await declare({ acceptance: 'REQUIRED', text: 'Cite us.' });
      const old = await accept({ version: 1, purposes: ['RESEARCH'] }, reader);
      expect(old.body.data.acceptTerms).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('version 2, not 1'),
      });
    });

    it('states purposes, which the data-use terms judge by name', async () => {
      await declare({ acceptance: 'REQUIRED', dataUseTerms: ['DUO:0000042', 'DUO:0000046', 'DUO:0000021'] });
      const reader = await house.tokenOf('READER', slug);
      const forbidden = await accept(
        { version: 1, purposes: ['RESEARCH', 'COMMERCIAL'], statement: 'Ethics committee 7/26' },
        reader,
      );
      expect(forbidden.body.errors![0]).toMatchObject({
        extensions: { code: 'TERMS_FORBID' },
        message: expect.stringContaining('DUO:0000046 (NCU) forbids COMMERCIAL'),
      });
      const unsaid = await accept({ version: 1, purposes: ['RESEARCH'] }, reader);
      expect(unsaid.body.errors![0]!.message).toContain('DUO:0000021 (IRB)');
      expect((await accept({ version: 1, purposes: [] }, reader)).body.data.acceptTerms.code).toBe(
        'BAD_INPUT',
      );
      expect(
        (await accept({ version: 1, purposes: ['COMMERCIAL'] }, reader)).body.data.acceptTerms.code,
      ).toBe('BAD_INPUT');
      const allowed = await accept(
        { version: 1, purposes: ['RESEARCH'], statement: 'Ethics committee 7/26' },
        reader,
      );
      expect(allowed.body.data.acceptTerms.__typename).toBe('TermsAcceptance');
    });

    it('is on the record, once however often it is said, for its giver and the steward to see', async () => {
      await declare({ acceptance: 'REQUIRED' });
      const [reader, other, steward] = await Promise.all([
        house.tokenOf('READER', slug),
        house.tokenOf('READER', slug),
        house.tokenOf('STEWARD', slug),
      ]);
      for (const token of [reader, reader, other])
        await accept({ version: 1, purposes: ['TEACHING', 'RESEARCH'] }, token);
      const own = '{ dataset(slug: "SLUG") { ownTermsAcceptances { version purposes } } }'.replace(
        'SLUG',
        slug,
      );
      expect((await house.ask(own, {}, reader)).dataset.ownTermsAcceptances).toEqual([
        { version: 1, purposes: ['RESEARCH', 'TEACHING'] },
      ]);
      const all =
        '{ dataset(slug: "SLUG") { termsAcceptances(first: 1) { nodes { principal version } pageInfo { hasNextPage } } } }'.replace(
          'SLUG',
          slug,
        );
      const { termsAcceptances } = (await house.ask(all, {}, steward)).dataset;
      expect(termsAcceptances.nodes).toEqual([{ principal: expect.stringMatching(/^p-/), version: 1 }]);
      expect(termsAcceptances.pageInfo.hasNextPage).toBe(true);
      expect((await house.send(all, {}, reader)).body.errors![0]!.extensions.code).toBe('FORBIDDEN');
      const { auditEvents } = await house.ask(
        `{ auditEvents(filter: { action: "terms.accept", phase: SUCCEEDED }) { nodes { subject detail } } }`,
      );
      expect(auditEvents.nodes.length).toBeGreaterThanOrEqual(3);
    });

    it('is no way to learn of a dataset that may not be known', async () => {
      await declare({ acceptance: 'REQUIRED' });
      const elsewhere = `${slug}-other`;
      await newDataset(house, elsewhere);
      const stranger = await house.tokenOf('READER', elsewhere);
      const hidden = await accept({ version: 1, purposes: ['RESEARCH'] }, stranger);
      const none = await accept({ dataset: 'none', version: 1, purposes: ['RESEARCH'] }, stranger);
      const shape = (answer: Answer) => JSON.stringify(answer.body).replaceAll(slug, 'none');
      expect(shape(hidden)).toBe(shape(none));
    });
  });

  it('keep from nobody who may know of a snapshot what became of it, and take reports of runs on it', async () => {
    await declare({ acceptance: 'REQUIRED' });
    const reader = await house.tokenOf('READER', slug);
    for (const path of ['withdrawals.jsonl', 'documents/datasheet.json'])
      expect(await problemAt(`/snapshots/${snapshot}/${path}`, reader), path).toEqual({ status: 200 });
    const run = { snapshot, model: 'm', metrics: [{ part: 'test', name: 'accuracy', value: 0.5 }] };
    const { reportTrainingRun } = await house.ask(
      'mutation ($input: ReportTrainingRunInput!) { reportTrainingRun(input: $input) { __typename } }',
      { input: run },
      reader,
    );
    expect(reportTrainingRun.__typename).toBe('TrainingRun');
  });

  describe('by version', () => {
    it('stand in the record, and the same ones declared again make none', async () => {
      expect((await declare({ text: 'First.' })).version).toBe(1);
      expect((await declare({ text: 'First.' })).version).toBe(1);
      expect((await declare({ text: 'Second.', dataUseTerms: ['DUO:0000042'] })).version).toBe(2);
      const { dataset } = await house.ask(
        `query ($slug: String!) { dataset(slug: $slug) { licence dataUseTerms first: terms(version: 1) { text } none: terms(version: 9) { text }
           terms { version text dataUseTerms { abbreviation } } } }`,
        { slug },
      );
      expect(dataset).toEqual({
        licence: 'CC0-1.0',
        dataUseTerms: ['DUO:0000042'],
        first: { text: 'First.' },
        none: null,
        terms: { version: 2, text: 'Second.', dataUseTerms: [{ abbreviation: 'GRU' }] },
      });
    });

    it('hold the licence: the description changes it no more', async () => {
      await declare({});
      const description = { dataset: slug, title: 'Plants', licence: 'CC0-1.0' };
      expect(await mutate(house, 'describeDataset', { ...description, licence: 'MIT' })).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('declareTerms'),
      });
      expect((await mutate(house, 'describeDataset', description)).__typename).toBe('Dataset');
    });

    it('are refused with every fault, and near matches of a licence', async () => {
      const refused = await declare({ licence: 'CC-BY-4', dataUseTerms: ['DUO:1'] });
      expect(refused.code).toBe('BAD_INPUT');
      expect(refused.reasons.map(({ path }: Answer) => path[0])).toEqual(['licence', 'dataUseTerms']);
      expect(refused.reasons[0].message).toContain('CC-BY-4.0');
    });

    it('are declared by who governs the dataset, not by who curates it', async () => {
      const send = async (role: 'CURATOR' | 'STEWARD') =>
        house.send(
          'mutation ($input: DeclareTermsInput!) { declareTerms(input: $input) { __typename } }',
          { input: { dataset: slug, licence: 'CC0-1.0' } },
          await house.tokenOf(role, slug),
        );
      expect((await send('CURATOR')).body.errors![0]!.extensions.code).toBe('FORBIDDEN');
      expect((await send('STEWARD')).body.data.declareTerms.__typename).toBe('DatasetTerms');
    });
  });
});
