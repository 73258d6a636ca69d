import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDatasetDescription } from '../../seeds/demo/demo-dataset-description.ts';
import { bringInDemo } from '../../seeds/demo/seed-demo.ts';
import { SILENT } from '../../src/app/client/import-report.ts';
import { FORMS } from '../../src/stewardship/documents/document-forms.ts';
import type {
  AnsweredItem,
  GovernanceDocument,
} from '../../src/stewardship/documents/governance-document.ts';
import { commandsOf, killLeftovers } from '../app/cli/command.ts';
import { countStatements } from '../support/count-statements.ts';
import { drawnDemo } from '../support/demo.ts';
import { type House, openHouse } from '../support/house.ts';
import { mutate, succeed } from '../support/mutate.ts';
import { publish } from '../support/specimens.ts';
import { certifiedPlants, NAMES } from './certified-plants.ts';

const MARKUP = 'To <script>alert("x")</script> | *see*\n# twice & [again](javascript:1)';
const FORMATS = ['html', 'md', 'json'] as const;
const DEMO = { ...demoDatasetDescription, slug: 'greenhouse' };

describe('documents', () => {
  let house: House;
  let snapshot: string;
  const sql = (text: string, parameters: unknown[] = []) => house.services.db.query(text, parameters);
  const read = async (path: string, token?: string) => {
    const response = await house.fetch(path, token === undefined ? {} : { token });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return text;
  };
  const document = async (subject: string, kind: string, query = ''): Promise<GovernanceDocument> =>
    JSON.parse(await read(`${subject}/documents/${kind}.json${query}`));
  const itemIn = ({ items }: GovernanceDocument, number: string): AnsweredItem =>
    items.find((item) => item.number === number)!;
  const item = async (subject: string, kind: string, number: string, query = '') =>
    itemIn(await document(subject, kind, query), number);
  const texts = ({ facts }: AnsweredItem) => facts.map(({ text }) => text).join('\n');
  const answer = (input: object) =>
    succeed(house, 'answerDocument', input, '... on AnsweredQuestion { items text }');

  beforeAll(async () => {
    house = await openHouse();
    await certifiedPlants(house);
    await certifiedPlants(house, 'people', { sensitivity: 'PERSONAL', custodian: 'The clinic' });
    await bringInDemo({ server: house.url, token: house.token }, await drawnDemo(true), DEMO, SILENT);
    snapshot = await publish(house, 'plants', { splits: ['fair', 'leaky'] });
  }, 300_000);
  afterAll(async () => {
    killLeftovers();
    await house?.stop();
  });

  describe.each(['plants', DEMO.slug])('of the dataset %s', (slug) => {
    const subject = `/datasets/${slug}`;
    const kept = `SELECT i.* FROM image i JOIN dataset d ON d.id = i.dataset_id AND d.slug = '${slug}'
      LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.until = 2147483647
      WHERE i.until = 2147483647 AND e.row_id IS NULL`;

    it('tell how many images the database holds, and of how many octets', async () => {
      const [{ images, octets }] = await sql(
        `SELECT count(*)::int AS images, sum(size)::int AS octets FROM (${kept}) k`,
      );
      expect(texts(await item(subject, 'datasheet', '6'))).toContain(
        `${images} images: ${images} are held byte for byte (${octets} octets).`,
      );
    });

    it('tell of how many images each field is missing, as the database counts them', async () => {
      const lacking: { name: string; images: number }[] = [];
      for (const name of ['site', 'device', 'operator', 'subject', 'stage'])
        lacking.push({
          name,
          images: (
            await sql(
              `SELECT count(*)::int AS images FROM (${kept}) k JOIN acquisition a USING (dataset_id, image_id) WHERE a.until = 2147483647 AND a."${name}" IS NULL`,
            )
          )[0].images,
        });
      const told = texts(await item(subject, 'datasheet', '10'));
      for (const { name, images } of lacking)
        if (images === 0) expect(told).not.toContain(`${name} (`);
        else expect(told).toContain(`${name} (${images})`);
    });

    it('tell what was said and by how many raters, as the database counts them', async () => {
      const rows: { label: string; n: number }[] = await sql(
        `SELECT n.label, count(*)::int AS n FROM (${kept}) k JOIN annotation n USING (dataset_id, image_id) WHERE n.until = 2147483647 GROUP BY n.label ORDER BY n DESC`,
      );
      expect(texts(await item(subject, 'datasheet', '9'))).toContain(
        `Statements by class: ${rows.map(({ label, n }) => `${label} (${n})`).join(', ')}.`,
      );
      const [{ raters }] = await sql(
        `SELECT count(DISTINCT n.annotator)::int AS raters FROM (${kept}) k JOIN annotation n USING (dataset_id, image_id) WHERE n.until = 2147483647`,
      );
      expect(texts(await item(subject, 'data-card', '13'))).toContain(`HUMAN (${raters})`);
    });

    it('tell what was left out and why, as the ledger has it', async () => {
      const rows: { reason: string; n: number }[] = await sql(
        `SELECT reason, count(*)::int AS n FROM exclusion e JOIN dataset d ON d.id = e.dataset_id
         WHERE d.slug = $1 AND e.until = 2147483647 GROUP BY reason ORDER BY n DESC`,
        [slug],
      );
      expect(texts(await item(subject, 'ai-act', '3'))).toContain(
        `Reasons: ${rows.map(({ reason, n }) => `${reason} (${n})`).join(', ')}.`,
      );
    });

    it('count as answered, partly answered and unanswered every item once', async () => {
      const { dataset } = await house.ask(
        `query ($slug: String!) { dataset(slug: $slug) { documentCompleteness { kind answered partly of requiredAnswered requiredOf } } }`,
        { slug },
      );
      expect(dataset.documentCompleteness).toHaveLength(FORMS.length);
      for (const form of FORMS) {
        const { completeness, items } = await document(subject, form.slug);
        expect(dataset.documentCompleteness).toContainEqual({ kind: form.kind, ...completeness });
        expect(items).toHaveLength(form.items.length);
        const none = items.filter(({ kind }) => kind === 'UNANSWERED').length;
        expect(completeness.answered + completeness.partly + none).toBe(completeness.of);
      }
    });
  });

  it('leave unanswered what nobody recorded or wrote, and say how to answer it', async () => {
    for (const { slug, items } of FORMS)
      for (const { number, kind, facts, human, asked } of (await document('/datasets/plants', slug)).items) {
        const hasAnswer = facts.length > 0 || human !== null;
        expect([slug, number, kind === 'UNANSWERED']).toEqual([slug, number, !hasAnswer]);
        if (!hasAnswer) expect(asked).toMatch(/holotype document answer plants/);
        const asks = items.find((known) => known.number === number)!;
        if (asks.tell.length === 0) expect(facts).toEqual([]);
      }
    const purpose = await item('/datasets/plants', 'datasheet', '1');
    expect(purpose).toMatchObject({ kind: 'UNANSWERED', facts: [], human: null });
  });

  it('name the kept report from which a figure comes, with its n and interval, and nothing before it was made', async () => {
    const before = await item(`/datasets/${DEMO.slug}`, 'datasheet', '13');
    expect(before.facts.filter(({ code }) => code === 'B')).toEqual([]);
    expect(before.asked).toContain('No report on it was made.');
    const { dataset } = await house.ask(
      'query ($slug: String!) { dataset(slug: $slug) { agreementReport { id alpha { value imageCount unitCount interval { lower upper } } } } }',
      { slug: DEMO.slug },
    );
    const { id, alpha } = dataset.agreementReport;
    const after = await item(`/datasets/${DEMO.slug}`, 'datasheet', '13');
    const told = after.facts.find(({ text }) => text.startsWith('Krippendorff'))!;
    expect(told.basis).toContain(id);
    const short = (value: number) => String(Number(value.toPrecision(3)));
    expect(told.text).toContain(
      `${short(alpha.value)} [${short(alpha.interval.lower)}, ${short(alpha.interval.upper)}], of ${alpha.imageCount} images and ${alpha.unitCount} units`,
    );
    expect(after.asked).toBeNull();
  });

  it('page through the images that lack a field, and count them in the lists of fields', async () => {
    const query = `query ($after: String) { dataset(slug: "plants") { imagesWithout(field: "subject", first: 1, after: $after) {
      nodes { name } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await house.ask(query)).dataset.imagesWithout;
    const second = (await house.ask(query, { after: first.pageInfo.endCursor })).dataset.imagesWithout;
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...first.nodes, ...second.nodes].map(({ name }) => name).sort()).toEqual(['05.png', '06.png']);
    const material = await item('/datasets/plants', 'miappe', 'biologicalMaterialId');
    expect(material.images).toEqual({ name: 'subject', have: 45, missing: 2 });
    expect(material.asked).toContain('2 of 47 images lack it.');
    const { body } = await house.send(
      '{ dataset(slug: "plants") { imagesWithout(field: "colour") { nodes { name } } } }',
    );
    expect(body.errors?.[0]?.message).toContain('field: "colour" is neither');
  });

  it('fill a field of a list from the declared factor of its own name', async () => {
    expect(await item('/datasets/plants', 'miappe', 'organism')).toMatchObject({ kind: 'UNANSWERED' });
    await succeed(house, 'declareFactors', {
      dataset: 'plants',
      factors: [{ name: 'organism', kind: 'NOMINAL' }],
    });
    await succeed(house, 'recordAcquisition', {
      dataset: 'plants',
      source: 'csv',
      rows: NAMES.slice(0, 40).map((image) => ({
        image,
        values: [{ name: 'organism', value: 'NCBITAXON:4577' }],
      })),
    });
    const told = await item('/datasets/plants', 'miappe', 'organism');
    expect(told.images).toEqual({ name: 'organism', have: 40, missing: 7 });
    expect(texts(told)).toContain('organism: 40 of 47 images have it; values: NCBITAXON:4577 (40).');
  });

  it('take the words of people by revision: one answer for every document, none for what is of before', async () => {
    const { dataset: before } = await house.ask('{ dataset(slug: "plants") { revision } }');
    const { items } = await answer({ dataset: 'plants', item: 'datasheet.1', text: MARKUP });
    expect(items).toEqual(['datasheet.1', 'data-card.7']);
    for (const [kind, number] of [
      ['datasheet', '1'],
      ['data-card', '7'],
    ] as const)
      expect(await item('/datasets/plants', kind, number)).toMatchObject({
        kind: 'HUMAN',
        human: { text: MARKUP, since: before.revision + 1 },
        asked: null,
      });
    const past = await item('/datasets/plants', 'datasheet', '1', `?asOf=${before.revision}`);
    expect(past.kind).toBe('UNANSWERED');
    const again = await house.ask('{ dataset(slug: "plants") { revision } }');
    await answer({ dataset: 'plants', item: 'data-card.7', text: MARKUP });
    expect((await house.ask('{ dataset(slug: "plants") { revision } }')).dataset).toEqual(again.dataset);
    await answer({ dataset: 'plants', item: 'datasheet.3', text: 'Grant 7.' });
    await answer({ dataset: 'plants', item: 'datasheet.3', text: null });
    expect(await item('/datasets/plants', 'datasheet', '3')).toMatchObject({ kind: 'UNANSWERED' });
  });

  it('show a snapshot as of its own revision, the same bytes at every asking, whatever is written later', async () => {
    const subject = `/snapshots/${snapshot}`;
    const first = await read(`${subject}/documents/datasheet.html`);
    await answer({ dataset: 'plants', item: 'datasheet.16', text: 'Nothing.' });
    await succeed(house, 'excludeImages', {
      dataset: 'plants',
      exclusions: [{ image: '46.png', stage: 'ELIGIBLE', reason: 'later' }],
    });
    expect(await read(`${subject}/documents/datasheet.html`)).toBe(first);
    expect(await item(subject, 'datasheet', '16')).toMatchObject({ kind: 'UNANSWERED' });
    expect(texts(await item(subject, 'datasheet', '6'))).toContain('47 images');
    const { dataset } = await house.ask('{ dataset(slug: "plants") { revision } }');
    const later = await document(subject, 'datasheet', `?answersAsOf=${dataset.revision}`);
    expect(itemIn(later, '16').human?.text).toBe('Nothing.');
    expect(later.subject).toMatchObject({ snapshot, answersAsOf: dataset.revision });
    expect(texts(itemIn(later, '6'))).toContain('47 images');
    await succeed(house, 'readmitImages', { dataset: 'plants', images: ['46.png'] });
  });

  it('are one document in three forms and in GraphQL, with one digest, and the datasheet at its second address', async () => {
    for (const subject of ['/datasets/plants', `/snapshots/${snapshot}`])
      for (const { slug } of FORMS) {
        const json = await read(`${subject}/documents/${slug}.json`);
        const digest = `sha256:${createHash('sha256').update(json).digest('hex')}`;
        for (const format of ['html', 'md'])
          expect(await read(`${subject}/documents/${slug}.${format}`)).toContain(digest);
      }
    const { snapshot: told } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { document(kind: DATASHEET) { digest address completeness { of } items { number kind facts { code } } } } }',
      { digest: snapshot },
    );
    const json = await read(`${told.document.address}.json`);
    expect(told.document.digest).toBe(`sha256:${createHash('sha256').update(json).digest('hex')}`);
    expect(await read(`/snapshots/${snapshot}/datasheet.json`)).toBe(json);
    expect(await read(`/snapshots/${snapshot}/datasheet.md`)).toContain('# Datasheet of plants');
  });

  it('escape everything that people wrote, and allow the page its one style and nothing else', async () => {
    const response = await house.fetch('/datasets/plants/documents/datasheet.html');
    const html = await response.text();
    expect(html).toContain('To &lt;script&gt;alert(');
    expect(html).toContain('north &lt;b&gt;field&lt;/b&gt;');
    expect(html.toLowerCase()).not.toMatch(/<script|<b>field|javascript:1"/);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `sandbox; default-src 'none'; style-src 'sha256-${hash}'`,
    );
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const markdown = await read('/datasets/plants/documents/datasheet.md');
    expect(markdown).toContain('> To &lt;script&gt;alert("x")&lt;/script&gt; \\| \\*see\\*');
    expect(markdown).toContain('> \\# twice &amp; \\[again\\](javascript:1)');
  });

  it('tell of people no name, no value and no small count, and list their images to nobody without the right', async () => {
    for (const { slug } of FORMS)
      for (const format of FORMATS) {
        const text = await read(`/datasets/people/documents/${slug}.${format}`);
        expect(text).not.toMatch(/plant \d|north|south|\.png|a copy/);
      }
    const missing = texts(await item('/datasets/people', 'datasheet', '10'));
    expect(missing).toContain('subject (not told)');
    expect(texts(await item('/datasets/people', 'ai-act', '3'))).toContain(
      'Excluded: a number of images that is not told',
    );
    const reader = await house.tokenOf('VIEWER', 'people');
    const query = '{ dataset(slug: "people") { imagesWithout(field: "subject") { nodes { imageId } } } }';
    expect((await house.send(query, {}, reader)).body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await house.ask(query)).dataset.imagesWithout.nodes).toHaveLength(2);
  });

  it('are answered by who curates alone, with words, and for items that there are', async () => {
    const viewer = await house.tokenOf('VIEWER', 'plants');
    const input = { dataset: 'plants', item: 'datasheet.1', text: 'x' };
    const document = `mutation ($input: AnswerDocumentInput!) { answerDocument(input: $input) { __typename } }`;
    const refused = await house.send(document, { input }, viewer);
    expect(refused.body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await mutate(house, 'answerDocument', { ...input, text: ' \n ' })).toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(await mutate(house, 'answerDocument', { ...input, item: 'datasheet.60' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await house.fetch('/datasets/plants/documents/letter.html')).status).toBe(404);
    expect((await house.fetch('/datasets/plants/documents/datasheet.pdf')).status).toBe(404);
    for (const asOf of ['-1', '0', '9999', 'now'])
      expect((await house.fetch(`/datasets/plants/documents/datasheet.md?asOf=${asOf}`)).status, asOf).toBe(
        400,
      );
  });

  it('are gathered by as many statements for all documents as for one', async () => {
    const kinds = FORMS.map(({ kind }) => `${kind}: document(kind: ${kind}) { digest }`);
    const ask = (fields: string) => house.ask(`{ dataset(slug: "plants") { ${fields} } }`);
    const one = await countStatements(() => ask(kinds[0]!));
    const all = await countStatements(() => ask(`${kinds.join(' ')} documentCompleteness { answered }`));
    expect(one.length).toBeGreaterThan(10);
    expect(all).toHaveLength(one.length);
  });

  it('count no image that was withdrawn, and say how many were', async () => {
    await certifiedPlants(house, 'garden');
    const digest = await publish(house, 'garden', { splits: ['fair'] });
    await succeed(house, 'withdrawImages', {
      dataset: 'garden',
      images: ['00.png', '01.png'],
      reason: 'LICENCE',
    });
    const subject = `/snapshots/${digest}`;
    expect(texts(await item(subject, 'datasheet', '6'))).toContain('45 images');
    expect(texts(await item(subject, 'datasheet', '10'))).toContain('Withdrawn: 2 images');
    expect(texts(await item('/datasets/garden', 'datasheet', '54'))).toContain('Withdrawn: 2 images');
  });

  it('are printed and answered on the command line', async () => {
    const run = commandsOf(house);
    const printed = await run('document', 'plants', '--kind', 'ai-act', '--format', 'json');
    expect(printed.stdout).toBe(await read('/datasets/plants/documents/ai-act.json'));
    const of = await run('document', `plants@${snapshot}`);
    expect(of.stdout).toBe(await read(`/snapshots/${snapshot}/documents/datasheet.md`));
    const answered = await run('document', 'answer', 'plants', 'ai-act.4', 'Leaves, and nothing else.');
    expect(answered.stdout).toContain('Answered for ai-act.4, miappe.traitName');
    expect((await item('/datasets/plants', 'ai-act', '4')).human?.text).toBe('Leaves, and nothing else.');
  });
});
