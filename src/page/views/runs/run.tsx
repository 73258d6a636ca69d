import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';

const WORDS = dictionary(
  {
    model: 'Model',
    snapshot: 'Trained on',
    split: 'Split',
    fold: 'Fold, repeat',
    seed: 'Seed',
    code: 'Code version',
    reported: 'Reported',
    duration: 'Duration',
    seconds: (count: string) => `${count} s`,
    energy: 'Energy',
    unknown: 'not reported',
    images: 'Images trained on, tested on',
    withdrawn: 'Withdrawn',
    metrics: 'Metrics',
    name: 'Name',
    part: 'Part',
    value: 'Value',
    software: 'Libraries',
    hardware: 'Hardware',
    settings: 'Hyperparameters',
  },
  {
    model: 'Modèle',
    snapshot: 'Entraîné sur',
    split: 'Partition',
    fold: 'Pli, répétition',
    seed: 'Graine',
    code: 'Version du code',
    reported: 'Rapporté',
    duration: 'Durée',
    seconds: (count: string) => `${count} s`,
    energy: 'Énergie',
    unknown: 'non rapporté',
    images: 'Images d’entraînement, de test',
    withdrawn: 'Retiré',
    metrics: 'Mesures',
    name: 'Nom',
    part: 'Partie',
    value: 'Valeur',
    software: 'Bibliothèques',
    hardware: 'Matériel',
    settings: 'Hyperparamètres',
  },
);

const OneRun = graphql(`
  query OneRun($dataset: String!, $run: ID!) {
    dataset(slug: $dataset) { title }
    trainingRun(id: $run) {
      id
      model
      snapshot
      split
      part
      fold
      repeat
      seed
      codeVersion
      reportedAt
      durationSeconds
      energyKilowattHours
      energyMethod
      trainImages
      testImages
      withdrawnReason
      metrics { name part value images }
      libraries { name value }
      hardware { name value }
      hyperparameters { name value }
    }
  }
`);

export default function Run({ dataset, run }: { dataset: string; run: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const figure = (value: number | null) => (value === null ? words.unknown : format.figure(value));
  return (
    <Asked query={OneRun} variables={{ dataset, run }}>
      {({ dataset: { title }, trainingRun }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <h2>{trainingRun.model}</h2>
          {trainingRun.withdrawnReason && (
            <p class="notice">
              <strong>{words.withdrawn}</strong>: {trainingRun.withdrawnReason}
            </p>
          )}
          <dl class="facts">
            <dt>{words.snapshot}</dt>
            <dd>
              <a class="digest" href={`/page/snapshots/${trainingRun.snapshot}`}>
                {trainingRun.snapshot}
              </a>
            </dd>
            <dt>{words.split}</dt>
            <dd>{[trainingRun.split, trainingRun.part].filter(Boolean).join(' / ') || words.unknown}</dd>
            <dt>{words.fold}</dt>
            <dd>
              {trainingRun.fold ?? '—'}, {trainingRun.repeat ?? '—'}
            </dd>
            <dt>{words.seed}</dt>
            <dd>{trainingRun.seed ?? words.unknown}</dd>
            <dt>{words.code}</dt>
            <dd>
              <code>{trainingRun.codeVersion ?? words.unknown}</code>
            </dd>
            <dt>{words.images}</dt>
            <dd>
              {figure(trainingRun.trainImages)}, {figure(trainingRun.testImages)}
            </dd>
            <dt>{words.duration}</dt>
            <dd>
              {trainingRun.durationSeconds === null
                ? words.unknown
                : words.seconds(format.figure(trainingRun.durationSeconds))}
            </dd>
            <dt>{words.energy}</dt>
            <dd>
              {trainingRun.energyKilowattHours === null
                ? words.unknown
                : `${format.figure(trainingRun.energyKilowattHours)} kWh (${trainingRun.energyMethod ?? '—'})`}
            </dd>
            <dt>{words.reported}</dt>
            <dd>{format.moment(trainingRun.reportedAt)}</dd>
          </dl>
          <Table
            caption={words.metrics}
            rows={trainingRun.metrics}
            keyOf={({ name, part }) => `${name} ${part}`}
            columns={[
              { title: words.name, cell: ({ name }) => name },
              { title: words.part, cell: ({ part }) => part },
              { title: words.value, isNumber: true, cell: ({ value }) => format.figure(value) },
            ]}
          />
          <Named caption={words.software} rows={trainingRun.libraries} />
          <Named caption={words.hardware} rows={trainingRun.hardware} />
          <Named caption={words.settings} rows={trainingRun.hyperparameters} />
        </DatasetFrame>
      )}
    </Asked>
  );
}

function Named({ caption, rows }: { caption: string; rows: readonly { name: string; value: string }[] }) {
  const words = useWords(WORDS);
  if (rows.length === 0) return null;
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ name }) => name}
      columns={[
        { title: words.name, cell: ({ name }) => name },
        { title: words.value, cell: ({ value }) => value },
      ]}
    />
  );
}
