import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { PartRows, type WishedPart, writtenShare } from './part-rows.tsx';
import {
  hasFolds,
  hasShares,
  isGrouped,
  isStratified,
  SPLIT_WORDS,
  STRATEGIES,
  type Strategy,
} from './split-words.ts';

/** What acquisition knows of an image besides the declared factors (docs/imports.md). */
const COLUMNS = ['subject', 'site', 'device', 'operator', 'session', 'protocol', 'stage', 'view'];

const WORDS = dictionary(
  {
    title: 'Draft a split',
    verb: 'Draft it',
    divides: (kept: string, revision: string) =>
      `It divides the ${kept} kept images of revision ${revision}. A draft changes nothing else: its parts, its leaks and its balance are shown before you freeze it, and a draft of the same name is made again.`,
    name: 'Name',
    folds: 'Number of folds',
    each: (images: string) => `About ${images} images a fold.`,
    seedHint: 'Any text; the same seed divides the same way.',
    groupHint: 'Images of one group never stand in two parts.',
    groupBy: 'Keep together by',
    stratifyBy: 'Keep in proportion by',
  },
  {
    title: 'Préparer une partition',
    verb: 'La préparer',
    divides: (kept: string, revision: string) =>
      `Elle répartit les ${kept} images gardées de la révision ${revision}. Un brouillon ne change rien d’autre : ses parties, ses fuites et son équilibre sont montrés avant que vous ne la geliez, et un brouillon du même nom est refait.`,
    name: 'Nom',
    folds: 'Nombre de plis',
    each: (images: string) => `Environ ${images} images par pli.`,
    seedHint: 'Un texte quelconque ; la même graine répartit de la même façon.',
    groupHint: 'Les images d’un groupe ne sont jamais dans deux parties.',
    groupBy: 'Garder ensemble par',
    stratifyBy: 'Stratifier par',
  },
);

const CreateSplit = graphql(
  `
    mutation CreateSplit($input: CreateSplitInput!) {
      createSplit(input: $input) {
        __typename
        ... on Split { id name }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface DraftSplitProps {
  dataset: string;
  unit: string;
  revision: number;
  kept: number;
  factors: readonly string[];
  isOpen: boolean;
  close(): void;
}

export function DraftSplit({ dataset, unit, revision, kept, factors, isOpen, close }: DraftSplitProps) {
  const words = { ...useWords(SPLIT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const { route } = useLocation();
  const act = useAct(CreateSplit);
  const [name, setName] = useState('');
  const [strategy, setStrategy] = useState<Strategy>('GROUPED_STRATIFIED');
  const [parts, setParts] = useState<readonly WishedPart[]>([
    { name: 'train', share: '0.7' },
    { name: 'validation', share: '0.15' },
    { name: 'test', share: '0.15' },
  ]);
  const [folds, setFolds] = useState('5');
  const [seed, setSeed] = useState('0');
  const [groupBy, setGroupBy] = useState('unit');
  const [stratifyBy, setStratifyBy] = useState('label');
  const keys = [...new Set([unit, ...COLUMNS, ...factors])];
  const submit = async () => {
    const made = await act.run({
      input: {
        ...{ dataset, name, strategy, seed },
        parts: hasShares(strategy) ? parts.map((part) => ({ ...part, share: writtenShare(part.share) })) : [],
        folds: hasFolds(strategy) ? Number(folds) : null,
        groupBy: isGrouped(strategy) ? groupBy : null,
        stratifyBy: isStratified(strategy) ? stratifyBy : null,
      },
    });
    if (made) route(`/page/datasets/${dataset}/splits/${made.name}`);
  };
  return (
    <Confirm
      title={words.title}
      verb={words.verb}
      isOpen={isOpen}
      isRunning={act.isRunning}
      refusal={act.refusal}
      onConfirm={submit}
      onCancel={() => {
        act.forget();
        close();
      }}
    >
      <p>{words.divides(format.whole(kept), format.whole(revision))}</p>
      <Text label={words.name} value={name} set={setName} />
      <label>
        <span>{words.strategy}</span>
        <select value={strategy} onChange={(event) => setStrategy(event.currentTarget.value as Strategy)}>
          {STRATEGIES.map((each) => (
            <option key={each} value={each}>
              {words[each]}
            </option>
          ))}
        </select>
      </label>
      {hasShares(strategy) && <PartRows parts={parts} kept={kept} change={setParts} />}
      {hasFolds(strategy) && (
        <Text
          label={words.folds}
          value={folds}
          set={setFolds}
          isNumber
          hint={Number(folds) >= 2 ? words.each(format.whole(kept / Number(folds))) : undefined}
        />
      )}
      {isGrouped(strategy) && (
        <Key
          label={words.groupBy}
          value={groupBy}
          set={setGroupBy}
          keys={['unit', ...keys]}
          hint={words.groupHint}
        />
      )}
      {isStratified(strategy) && (
        <Key label={words.stratifyBy} value={stratifyBy} set={setStratifyBy} keys={['label', ...keys]} />
      )}
      <Text label={words.seed} value={seed} set={setSeed} hint={words.seedHint} />
    </Confirm>
  );
}

interface TextProps {
  label: string;
  value: string;
  set(value: string): void;
  hint?: string;
  isNumber?: boolean;
}

function Text({ label, value, set, hint, isNumber = false }: TextProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        value={value}
        required
        autocomplete="off"
        inputMode={isNumber ? 'numeric' : 'text'}
        pattern={isNumber ? '[0-9]+' : undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {hint && <small>{hint}</small>}
    </label>
  );
}

interface KeyProps {
  label: string;
  value: string;
  set(value: string): void;
  keys: readonly string[];
  hint?: string;
}

function Key({ label, value, set, keys, hint }: KeyProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        {keys.map((key) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </select>
      {hint && <small>{hint}</small>}
    </label>
  );
}
