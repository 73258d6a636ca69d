import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type House, openHouse } from '../support/house.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

const REPORT = `mutation ($input: ReportTrainingRunInput!) { reportTrainingRun(input: $input) {
  __typename ... on TrainingRun { model seed metrics { part name value } } ... on Problem { code reasons { path code } } } }`;

describe('a training run comes back', () => {
  let house: House;
  let digest: string;
  beforeAll(async () => {
    house = await openHouse();
    await newDataset(house, 'trained');
    await addImages(house, 'trained', { 'a.png': await noiseImage(1) });
    digest = await publish(house, 'trained');
  });
  afterAll(() => house?.stop());

  const run = (input: object = {}) => ({
    input: {
      snapshot: digest,
      model: 'resnet',
      seed: '7',
      metrics: [{ part: 'test', name: 'accuracy', value: 0.5 }],
      ...input,
    },
  });

  it('is told by whoever may fetch the snapshot, and stands beside it', async () => {
    const reader = await house.tokenOf('READER', 'trained', ['READ']);
    const { reportTrainingRun } = await house.ask(REPORT, run(), reader);
    expect(reportTrainingRun).toMatchObject({ __typename: 'TrainingRun', model: 'resnet', seed: '7' });
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { trainingRuns { nodes { model metrics { part name value } } } } }',
      { digest },
    );
    expect(snapshot.trainingRuns.nodes).toEqual([
      { model: 'resnet', metrics: [{ part: 'test', name: 'accuracy', value: 0.5 }] },
    ]);
  });

  it('is refused whole with every fault it has', async () => {
    const twice = { part: 'test', name: 'accuracy', value: 0.5 };
    const { reportTrainingRun } = await house.ask(REPORT, run({ model: ' ', metrics: [twice, twice] }));
    expect(reportTrainingRun.reasons).toEqual([
      { path: ['model'], code: 'BAD_INPUT' },
      { path: ['metrics', '1'], code: 'DUPLICATE_ROW' },
    ]);
  });

  it('is refused of a snapshot that is not there', async () => {
    const { reportTrainingRun } = await house.ask(REPORT, run({ snapshot: `sha256:${'0'.repeat(64)}` }));
    expect(reportTrainingRun).toMatchObject({ __typename: 'ValidationProblem', code: 'NOT_FOUND' });
  });

  it('is refused of a stranger', async () => {
    const { body } = await house.send(REPORT, run(), await house.tokenOf(null));
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  const post = (body: object, init: object = {}) =>
    house.fetch('/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...init,
    });
  const answer = async (response: Response): Promise<Answer> => response.json();
  const told = (more: object = {}) => ({ snapshot: digest, model: 'vit', key: 'k-1', seed: 3, ...more });

  it('is one run when it is sent twice under one key, and refused when it says something else', async () => {
    const first = await post(told());
    expect(first.status, await first.clone().text()).toBe(201);
    const again = await post(told());
    expect(again.status).toBe(200);
    expect((await answer(again)).id).toBe((await answer(first)).id);
    const other = await post(told({ seed: 4 }));
    expect([other.status, (await answer(other)).code]).toEqual([409, 'CONFLICT']);
  });

  it('is refused over HTTP with every fault, as a form of another site, and of a split that is not carried', async () => {
    const faulty = await post({ snapshot: digest, colour: 1, fold: 'x' });
    const { reasons } = await answer(faulty);
    expect([faulty.status, reasons.map((reason: { path: string[] }) => reason.path)]).toEqual([
      400,
      [['colour'], ['model'], ['fold']],
    ]);
    const form = await post(told(), { headers: { 'content-type': 'text/plain' } });
    expect(form.status).toBe(400);
    const split = await post(told({ key: 'k-2', split: 'holdout' }));
    expect((await answer(split)).reasons[0].message).toBe(
      'split: the snapshot carries no split "holdout"; it carries none.',
    );
  });

  it('takes how each image came out, once', async () => {
    const { id } = await answer(await post(told({ key: 'k-3' })));
    const { dataset } = await house.ask('{ dataset(slug: "trained") { images { nodes { id } } } }');
    const global = Buffer.from(dataset.images.nodes[0].id, 'base64url').toString();
    const image = /[0-9a-f]{32}/.exec(`${dataset.images.nodes[0].id} ${global}`)![0];
    const put = async (outcome: object) => {
      const response = await house.fetch(`/runs/${id}/outcomes`, {
        method: 'PUT',
        headers: { 'content-type': 'application/jsonl' },
        body: `${JSON.stringify(outcome)}\n`,
      });
      return [response.status, await answer(response)];
    };
    const outcome = { image, part: 'test', correct: 1, predicted: 'leaf' };
    expect(await put(outcome)).toEqual([200, { run: id, received: 1, kept: 1 }]);
    expect(await put(outcome)).toEqual([200, { run: id, received: 1, kept: 0 }]);
    expect((await put({ ...outcome, correct: 0 }))[1]).toMatchObject({ code: 'CONFLICT' });
    expect((await put({ ...outcome, image: '0'.repeat(32) }))[1]).toMatchObject({ code: 'UNKNOWN_IMAGE' });
    const { trainingRun } = await house.ask(
      'query ($id: ID!) { trainingRun(id: $id) { outcomes { nodes { image part correct predicted } } } }',
      { id },
    );
    expect(trainingRun.outcomes.nodes).toEqual([outcome]);
  });

  it('is withdrawn once, with a reason, and stays', async () => {
    const { id } = await answer(await post(told({ key: 'k-4' })));
    const WITHDRAW = `mutation ($input: WithdrawTrainingRunInput!) { withdrawTrainingRun(input: $input) {
      ... on TrainingRun { id withdrawnReason } ... on Problem { code } } }`;
    const input = { id, reason: 'trained on the wrong labels' };
    expect((await house.ask(WITHDRAW, { input })).withdrawTrainingRun).toEqual({
      id,
      withdrawnReason: input.reason,
    });
    expect((await house.ask(WITHDRAW, { input })).withdrawTrainingRun).toEqual({ code: 'CONFLICT' });
  });

  it('is reported by the very lines of Python that the documentation shows', async () => {
    const page = await readFile(resolve(import.meta.dirname, '../../docs/runs.md'), 'utf8');
    const script = /```python\n([\s\S]*?)```/.exec(page)![1]!;
    const env = { ...process.env, SNAPSHOT: digest, HOLOTYPE_SERVER: house.url, HOLOTYPE_TOKEN: house.token };
    const { stdout } = await promisify(execFile)('python3', ['-c', script], { env });
    const { trainingRun } = await house.ask(
      'query ($id: ID!) { trainingRun(id: $id) { snapshot libraries { name value } metrics { images } } }',
      { id: stdout.trim() },
    );
    expect(trainingRun).toEqual({
      snapshot: digest,
      libraries: [{ name: 'torch', value: '2.4.1' }],
      metrics: [{ images: 120 }],
    });
  });
});
