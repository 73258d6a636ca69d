import { setTimeout as sleep } from 'node:timers/promises';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { growDataset } from './bias-database.ts';

let house: House;
const CARDS = 'cards { kind colour sentence headline { value status reason } }';

beforeAll(async () => {
  house = await openHouse();
  await growDataset(house.services.db, 'greenhouse', { images: 1200, units: 120 });
});
afterAll(() => house.stop());

async function reportOf(arguments_ = '', field = 'selectionReport') {
  const { dataset } = await house.ask(
    `{ dataset(slug: "greenhouse") { ${field}${arguments_} { id revision madeAt ${CARDS} } } }`,
  );
  return dataset[field];
}

async function ordered(input: object) {
  const { orderReport } = await house.ask(
    `mutation ($input: OrderReportInput!) { orderReport(input: $input) { ... on ReportOrder { id state } ... on Problem { message } } }`,
    { input },
  );
  for (let tries = 0; tries < 200; tries += 1) {
    const { reportOrder } = await house.ask(
      `query ($id: ID!) { reportOrder(id: $id) { state done total fault report { id colour } } }`,
      { id: orderReport.id },
    );
    if (['DONE', 'FAILED'].includes(reportOrder.state)) return reportOrder;
    await sleep(50);
  }
  throw new Error('the order did not end');
}

describe('A report', () => {
  it('asked for again is the one that was made, under the same id', async () => {
    const [first, again] = [await reportOf(), await reportOf()];
    expect(again).toEqual(first);
    const before = await reportOf('(asOf: 2)');
    expect([before.id === first.id, before.revision]).toEqual([false, 2]);
  });

  it('is ordered, made by a job, and kept with how far it was', async () => {
    const order = await ordered({ dataset: 'greenhouse', kind: 'MEASUREMENT', asOf: 2 });
    expect(order).toMatchObject({ state: 'DONE', done: 1200, total: 1200, fault: null });
    expect((await reportOf('(asOf: 2)', 'measurementReport')).id).toBe(order.report.id);
  });

  it('is found by its id, and among the reports of its dataset, latest first', async () => {
    const { id } = await reportOf('(asOf: 1)', 'associationReport');
    const { biasReport, dataset } = await house.ask(
      `query ($id: ID!) { biasReport(id: $id) { kind revision ... on AssociationReport { associationCount } }
        dataset(slug: "greenhouse") { reports(first: 1) { nodes { id kind revision colour } pageInfo { hasNextPage } } } }`,
      { id },
    );
    expect(biasReport).toMatchObject({ kind: 'ASSOCIATION', revision: 1 });
    expect(dataset.reports.nodes[0]).toMatchObject({ id, kind: 'ASSOCIATION', revision: 1 });
    expect(dataset.reports.pageInfo.hasNextPage).toBe(true);
  });

  it('is refused with every reason where what is asked makes no sense', async () => {
    const { body } = await house.send(
      `{ dataset(slug: "greenhouse") { selectionReport(part: "test", target: "moon") { id } } }`,
    );
    expect(body.errors![0]!.extensions.code).toBe('BAD_INPUT');
    const { orderReport } = await house.ask(
      `mutation { orderReport(input: { dataset: "greenhouse", kind: SPLIT, target: "field" }) { ... on ValidationProblem { reasons { path } } } }`,
    );
    expect(orderReport.reasons.map(({ path }: { path: string[] }) => path)).toEqual([['split'], ['target']]);
  });

  it.each(['AGREEMENT', 'SHAPES', 'RATERS'])(
    'on ratings (%s) is of all kept images, and of no part',
    async (kind) => {
      const { orderReport } = await house.ask(
        `mutation ($input: OrderReportInput!) { orderReport(input: $input) { ... on ValidationProblem { reasons { path message } } } }`,
        { input: { dataset: 'greenhouse', kind, part: 'test' } },
      );
      expect(orderReport.reasons.map(({ message }: { message: string }) => message)).toContain(
        'part: a report on ratings is of all kept images; leave it out.',
      );
    },
  );

  it.each(['AGREEMENT', 'SHAPES', 'RATERS'])(
    'on ratings (%s) is ordered and kept as others are',
    async (kind) => {
      const order = await ordered({ dataset: 'greenhouse', kind });
      expect(order).toMatchObject({ state: 'DONE', fault: null });
      expect(order.report.colour).toMatch(/^(RED|AMBER|GREEN|GREY)$/);
    },
  );

  it('is fetched as the JSON that is kept, as CSV with a line a figure, and as a page', async () => {
    const { id } = await reportOf();
    const [json, csv, page] = await Promise.all(
      ['json', 'csv', 'md'].map(async (ending) => house.fetch(`/reports/${id}.${ending}`)),
    );
    expect(json!.headers.get('content-type')).toMatch(/^application\/json/);
    expect(((await json!.json()) as { kind: string }).kind).toBe('SELECTION');
    const lines = (await csv!.text()).split('\r\n');
    expect(lines[0]).toMatch(/^figure,value,lower,upper/);
    expect(lines.some((line) => line.startsWith('factors[site].levels['))).toBe(true);
    expect(await page!.text()).toMatch(/^# Selection: .*\n\n- Dataset: greenhouse, revision 3\n/);
    expect((await house.fetch(`/reports/${id}.pdf`)).status).toBe(404);
    const stranger = await house.tokenOf('READER', null, ['WRITE']);
    expect((await house.fetch(`/reports/${id}.json`, { token: stranger })).status).toBe(403);
  });

  it('has each of its cards as a picture, whose words say what its colour does', async () => {
    const { id } = await reportOf();
    const { biasReport } = await house.ask(
      'query ($id: ID!) { biasReport(id: $id) { cards { kind colour sentence } } }',
      { id },
    );
    const words = {
      RED: 'Problem',
      AMBER: 'Look here',
      GREEN: 'No problem seen',
      GREY: 'Not enough to tell',
    };
    for (const { kind, colour, sentence } of biasReport.cards) {
      const response = await house.fetch(`/reports/${id}/${kind}.svg`);
      expect(response.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
      const { svg } = new XMLParser({ ignoreAttributes: false }).parse(await response.text());
      expect(svg.title).toBe(`${words[colour as 'RED']}: ${sentence}`);
    }
    for (const file of ['NONE.svg', `${biasReport.cards[0].kind}.png`, 'x'])
      expect((await house.fetch(`/reports/${id}/${file}`)).status).toBe(404);
  });

  it('is compared with another of its kind, figure by figure', async () => {
    const [base, other] = [await reportOf('(asOf: 2)'), await reportOf()];
    const { compareReports } = await house.ask(
      `query ($base: ID!, $other: ID!) { compareReports(base: $base, other: $other) {
         changed unchanged cards { kind before after } changes { path difference apart before { value } after { value } } } }`,
      { base: base.id, other: other.id },
    );
    const images = compareReports.changes.filter(({ path }: { path: string }) => path.endsWith('.images'));
    expect(images.length).toBeGreaterThan(0);
    for (const { before, after, difference } of images) expect(difference).toBe(after.value - before.value);
    expect(compareReports.cards.map(({ kind }: { kind: string }) => kind)).toContain('TARGET_COVERAGE');
    const measured = await reportOf('', 'measurementReport');
    const { body } = await house.send(
      `query ($base: ID!, $other: ID!) { compareReports(base: $base, other: $other) { changed } }`,
      { base: base.id, other: measured.id },
    );
    expect(body.errors![0]!.extensions.code).toBe('BAD_INPUT');
  });

  it('is judged by the limits that its dataset has set, and says so; earlier reports stay', async () => {
    const before = await reportOf('', 'measurementReport');
    const declare = (input: object) =>
      house.ask(
        `mutation ($input: DeclareThresholdInput!) { declareThreshold(input: $input) {
           ... on Dataset { revision thresholds { statistic amber red } } ... on ValidationProblem { reasons { path } } } }`,
        {
          input: {
            dataset: 'greenhouse',
            statistic: 'omegaSquared',
            side: 'ABOVE',
            source: 'our pilot',
            ...input,
          },
        },
      );
    const refused = await declare({ amber: 0.9, red: 0.5, source: ' ' });
    expect(refused.declareThreshold.reasons.map(({ path }: { path: string[] }) => path)).toEqual([
      ['red'],
      ['source'],
    ]);
    const { declareThreshold } = await declare({ amber: 0.97, red: 0.99 });
    expect(declareThreshold).toMatchObject({
      revision: 4,
      thresholds: [{ statistic: 'omegaSquared', amber: '0.97', red: '0.99' }],
    });
    expect((await declare({ amber: 0.97, red: 0.99 })).declareThreshold.revision).toBe(4);
    const { dataset } = await house.ask(
      `{ dataset(slug: "greenhouse") { measurementReport { id cards { kind threshold { origin source limits { amber red } } } } } }`,
    );
    expect(dataset.measurementReport.id).not.toBe(before.id);
    expect(
      dataset.measurementReport.cards.find(({ kind }: { kind: string }) => kind === 'FACTOR_EFFECT')
        .threshold,
    ).toEqual({ origin: 'DATASET', source: 'our pilot', limits: [{ amber: 0.97, red: 0.99 }] });
  });
});
