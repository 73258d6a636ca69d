import '../../style/publishing.css';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { SplitBalance } from './balance.tsx';
import { Findings } from './findings.tsx';
import { FreezeSplit } from './freeze-split.tsx';
import { PartTally } from './part-tally.tsx';
import { Proof } from './proof.tsx';
import { LeakMark, SplitState } from './split-marks.tsx';
import { type SplitData, SplitOf } from './split-query.ts';
import { SPLIT_WORDS } from './split-words.ts';

const WORDS = dictionary(
  {
    heading: (name: string) => `Split ${name}`,
    unknown: 'This dataset has no split of this name.',
    all: 'All splits of this dataset',
    revision: 'Revision divided',
    digest: 'Digest',
    algorithm: 'Algorithm',
    made: 'Made',
    frozen: 'Frozen',
  },
  {
    heading: (name: string) => `Partition ${name}`,
    unknown: 'Ce jeu n’a pas de partition de ce nom.',
    all: 'Toutes les partitions de ce jeu',
    revision: 'Révision répartie',
    digest: 'Empreinte',
    algorithm: 'Algorithme',
    made: 'Faite',
    frozen: 'Gelée',
  },
);

export default function Split({ dataset, split: name }: { dataset: string; split: string }) {
  const words = useWords(WORDS);
  return (
    <Asked query={SplitOf} variables={{ dataset, name }}>
      {({ dataset: { title, unit, split } }, again) => (
        <DatasetFrame dataset={dataset} title={title}>
          {split ? (
            <Found dataset={dataset} unit={unit} split={split} changed={again} />
          ) : (
            <p class="notice">{words.unknown}</p>
          )}
          <p>
            <a href={`/page/datasets/${dataset}/splits`}>{words.all}</a>
          </p>
        </DatasetFrame>
      )}
    </Asked>
  );
}

interface FoundProps {
  dataset: string;
  unit: string;
  split: SplitData;
  changed(): void;
}

function Found({ dataset, unit, split, changed }: FoundProps) {
  const words = useWords(WORDS);
  return (
    <>
      <h2>
        {words.heading(split.name)} <SplitState state={split.state} />{' '}
        <LeakMark leaks={split.certificate.leaks} />
      </h2>
      {split.state === 'DRAFT' && (
        <FreezeSplit dataset={dataset} unit={unit} split={split} changed={changed} />
      )}
      <Facts split={split} />
      <PartTally split={split} />
      <Findings dataset={dataset} certificate={split.certificate} />
      {split.state === 'FROZEN' && <Proof dataset={dataset} split={split.name} />}
      <SplitBalance dataset={dataset} split={split.name} isFrozen={split.state === 'FROZEN'} />
    </>
  );
}

function Facts({ split }: { split: SplitData }) {
  const words = { ...useWords(SPLIT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  return (
    <dl class="facts">
      <dt>{words.strategy}</dt>
      <dd>{words[split.strategy]}</dd>
      <dt>{words.seed}</dt>
      <dd>
        <code>{split.seed}</code>
      </dd>
      {split.folds !== null && (
        <>
          <dt>{words.folds}</dt>
          <dd>{split.folds}</dd>
        </>
      )}
      <dt>{words.groupBy}</dt>
      <dd>{split.groupBy ?? words.none}</dd>
      <dt>{words.stratifyBy}</dt>
      <dd>{split.stratifyBy ?? words.none}</dd>
      <dt>{words.revision}</dt>
      <dd>{format.whole(split.revision)}</dd>
      <dt>{words.algorithm}</dt>
      <dd>
        <code>{split.certificate.algorithm}</code>
      </dd>
      <dt>{words.digest}</dt>
      <dd class="digest">{split.digest}</dd>
      <dt>{words.made}</dt>
      <dd>{format.moment(split.createdAt)}</dd>
      {split.frozenAt && (
        <>
          <dt>{words.frozen}</dt>
          <dd>{format.moment(split.frozenAt)}</dd>
        </>
      )}
    </dl>
  );
}
