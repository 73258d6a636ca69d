import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf } from '../app/cli/command.ts';
import { type House, openHouse } from '../support/house.ts';
import { succeed } from '../support/mutate.ts';
import { addImages, newDataset, noiseImage, publish } from '../support/specimens.ts';

/** Twelve images of six plants; three people, one group of three who are only counted, and a model that labels three. */
describe('holotype methods', () => {
  let house: House;
  let digest: string;
  let bare: string;
  const names = Array.from({ length: 12 }, (_, index) => `leaf-${String(index).padStart(2, '0')}.png`);
  const methods = (...words: string[]) => commandsOf(house)('methods', ...words);
  const paragraph = async (...words: string[]) => {
    const { status, stdout, stderr } = await methods(...words);
    expect([status, stderr]).toEqual([0, '']);
    return stdout.trimEnd().replaceAll('\u202f', '~');
  };
  const run = (seed: number | null, more: object = {}) =>
    succeed(
      house,
      'reportTrainingRun',
      {
        ...{ snapshot: digest, model: 'resnet18', split: 'holdout', part: 'train', durationSeconds: 90 },
        ...{ seed: seed === null ? null : String(seed), libraries: [{ name: 'torch', value: '2.4.1' }] },
        ...more,
      },
      '... on TrainingRun { id }',
    );

  beforeAll(async () => {
    house = await openHouse();
    const dataset = 'leaves';
    await newDataset(house, dataset, { title: 'Leaves', unit: 'subject' });
    const bytes = await Promise.all(names.map((_, index) => noiseImage(index)));
    await addImages(house, dataset, Object.fromEntries(names.map((name, index) => [name, bytes[index]!])));
    bare = await publish(house, dataset);
    await succeed(house, 'recordAcquisition', {
      dataset,
      source: 'csv',
      rows: names.map((image, index) => ({
        image,
        values: [
          ...(index === 11 ? [] : [{ name: 'subject', value: `plant ${index % 6}` }]),
          { name: 'capturedAt', value: `2025-06-${String(index + 1).padStart(2, '0')}T10:00:00` },
          ...(index < 6 ? [{ name: 'site', value: 'north' }] : []),
        ],
      })),
    });
    await succeed(house, 'defineLabelSchema', { dataset, classes: [{ name: 'healthy' }, { name: 'ill' }] });
    await succeed(house, 'declareAnnotators', {
      dataset,
      annotators: [
        { pseudonym: 'crowd', kind: 'GROUP' },
        { pseudonym: 'net', kind: 'MODEL' },
      ],
    });
    const said = (annotator: string, from: number, to: number, more: object = {}) =>
      names.slice(from, to).map((image, index) => ({
        image,
        annotator,
        kind: 'CLASS',
        label: index % 2 === 0 ? 'ill' : 'healthy',
        ...more,
      }));
    await succeed(house, 'recordAnnotations', {
      dataset,
      source: 'test',
      annotations: [
        ...[...said('ann', 0, 11), ...said('ben', 0, 11), ...said('eve', 0, 4)],
        ...[...said('crowd', 0, 1, { votes: 3 }), ...said('net', 9, 12)],
        {
          image: names[0],
          annotator: 'ann',
          kind: 'BOX',
          label: 'ill',
          geometry: { box: { x: '1', y: '2', width: '9', height: '9' } },
        },
      ],
    });
    const command = commandsOf(house);
    const made = await command(
      ...[
        'split',
        '--dataset',
        dataset,
        '--name',
        'holdout',
        '--strategy',
        'grouped',
        '--group-by',
        'subject',
      ],
      ...['--parts', 'train=0.75,test=0.25', '--seed', '7', '--freeze'],
    );
    expect([made.status, made.stderr]).toEqual([0, '']);
    const voted = await command(
      'consensus',
      '--dataset',
      dataset,
      '--name',
      'vote',
      '--method',
      'vote-share',
    );
    expect([voted.status, voted.stderr]).toEqual([0, '']);
    digest = await publish(house, dataset, { splits: ['holdout'], consensuses: ['vote'], tag: 'v1' });
    await run(10, { energyKilowattHours: 0.5, energyMethod: 'a meter at the wall' });
    await run(9, { key: 'b' });
    await run(null, { key: 'c', model: 'vit', libraries: [] });
    const { id } = await run(99, { key: 'mistaken', libraries: [{ name: 'jax', value: '0.1' }] });
    await succeed(house, 'withdrawTrainingRun', { id, reason: 'wrong labels' });
  });
  afterAll(() => house?.stop());

  it('writes what is on record, by tag or by digest, and that agreement was not computed', async () => {
    const text = await paragraph('leaves@v1');
    expect(text).toContain(
      `dataset “Leaves” (licence CC0-1.0), snapshot ${digest}, tagged “v1”, published on `,
    );
    expect(text).toContain(
      'It holds 12 images of 6 independent units (field “subject”); the unit of 1 image is not recorded',
    );
    expect(text).toContain(
      'They were captured between 1 June 2025 and 12 June 2025, at 1 site (north; recorded for 6 of 12 images).',
    );
    expect(text).toContain(
      '(30 whole-image classes and 1 box), over 2 classes (“healthy” and “ill”), made by 3 people, 1 group of people and 1 model.',
    );
    expect(text).toContain(
      'An image was annotated by 2.42 people on average (minimum 0, maximum 6); 1 image was annotated by nobody.',
    );
    expect(text).toContain('Agreement between annotators was not computed.');
    expect(text).toContain(
      'The consensus “vote” was derived from these annotations (method: share of votes;',
    );
    expect(text).toMatch(
      /The split “holdout” divides the images at random, keeping all images of one “subject” together \(holotype-split\/1; seed “7”; sha256:[0-9a-f]{64}\): \d+ images in “train” and \d+ in “test”\./,
    );
    expect(text).toContain(
      'The model “resnet18” was trained in 2 runs (seeds 9 and 10; on the split “holdout”).',
    );
    expect(text).toContain(
      'The model “vit” was trained in 1 run (seed not recorded; on the split “holdout”).',
    );
    expect(text).toContain(
      'Software: torch 2.4.1 (recorded for 2 of 3 runs). Training took 4.5~min in total.',
    );
    expect(text).toContain(
      'The energy used was 0.5~kWh (method: “a meter at the wall”; recorded for 1 of 3 runs).',
    );
    expect(text).toContain(`\`holotype pull leaves@${digest}\``);
    expect(text).not.toMatch(/jax|99/);
    expect(await paragraph(digest)).toBe(text);
  });

  it('writes in French, of one model', async () => {
    const text = await paragraph('leaves@v1', '--language', 'fr', '--model', 'vit');
    expect(text).toContain(
      'Le modèle «~vit~» a été entraîné 1 fois (graine non renseignée~; sur la partition «~holdout~»). Les versions des bibliothèques ne sont pas renseignées.',
    );
    expect(text).toContain('par 2,42 personnes en moyenne (minimum 0, maximum 6)');
    expect(text).not.toMatch(/resnet18|kWh/);
  });

  it('takes the agreement from the report that was kept of the snapshot, and names it', async () => {
    const { snapshot } = await house.ask(
      'query ($digest: String!) { snapshot(digest: $digest) { biasReport(kind: AGREEMENT) { id ... on AgreementReport { alpha { value imageCount interval { lower } } } } } }',
      { digest },
    );
    const { alpha } = snapshot.biasReport;
    const text = await paragraph('leaves@v1');
    expect(text).not.toContain('not computed');
    expect(text).toContain(
      alpha.value === null
        ? 'could not be estimated'
        : `Krippendorff’s α = ${alpha.value.toFixed(2)} (nominal;`,
    );
    expect(text).toContain(`${alpha.imageCount} images annotated at least twice`);
    const { facts } = JSON.parse((await methods('leaves@v1', '--json')).stdout);
    expect(facts).toContainEqual(
      expect.objectContaining({ name: 'agreement', source: expect.stringContaining('report ') }),
    );
  });

  it('says of a snapshot of images alone what it does not hold', async () => {
    const text = await paragraph(bare);
    expect(text).toContain(
      'It holds 12 images; the independent unit (field “subject”) is not recorded for any of them. They carry no annotations. The snapshot carries no split. No training run is recorded on this snapshot. The exact data',
    );
  });

  it('refuses a model of which no run is told, and says so', async () => {
    const { status, stdout, stderr } = await methods('leaves@v1', '--model', 'vgg');
    expect([status === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain(
      'models: no run of "vgg" is told on this snapshot; name one that its trainingRuns list.',
    );
  });

  it('is refused of a stranger', async () => {
    const { body } = await house.send(
      'query ($digest: String!) { snapshot(digest: $digest) { methods(language: EN) { text } } }',
      { digest },
      await house.tokenOf(null),
    );
    expect(JSON.stringify(body)).not.toContain('Leaves');
    expect(body.errors?.length).toBeGreaterThan(0);
  });
});
