import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
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
});
