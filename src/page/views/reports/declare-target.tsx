import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Table } from '../../parts/table.tsx';
import { marginOf, type Share } from './target-margin.ts';

const WORDS = dictionary(
  {
    open: 'Declare a target population…',
    title: 'Declare a target population',
    verb: 'Declare',
    lead: 'What the model will meet, a share a level of one factor. Without it nothing says which shares would be right.',
    name: 'Name',
    source: 'Where the shares come from',
    factor: 'Factor',
    shares: 'Shares, a line each: level = share, such as “north = 0.5”; they add up to 1',
    consequence: (inside: string, outside: string) =>
      `Of the kept images, ${inside} lie at these levels and ${outside} do not.`,
    replaces: 'A target of the same name is replaced; reports made before keep theirs.',
    wrong: (line: string) => `This line is no “level = share”: ${line}`,
    sum: (sum: string) => `The shares add up to ${sum}, not to 1.`,
    level: 'Level',
    share: 'Share in the target',
    images: 'Images held',
  },
  {
    open: 'Déclarer une population cible…',
    title: 'Déclarer une population cible',
    verb: 'Déclarer',
    lead: 'Ce que le modèle rencontrera, une part par niveau d’un facteur. Sans elle, rien ne dit quelles parts seraient justes.',
    name: 'Nom',
    source: 'D’où viennent les parts',
    factor: 'Facteur',
    shares: 'Parts, une par ligne : niveau = part, comme « north = 0.5 » ; leur somme est 1',
    consequence: (inside: string, outside: string) =>
      `Des images gardées, ${inside} sont à ces niveaux et ${outside} n’y sont pas.`,
    replaces: 'Une cible du même nom est remplacée ; les rapports déjà faits gardent la leur.',
    wrong: (line: string) => `Cette ligne n’est pas « niveau = part » : ${line}`,
    sum: (sum: string) => `La somme des parts est ${sum}, et non 1.`,
    level: 'Niveau',
    share: 'Part dans la cible',
    images: 'Images présentes',
  },
);

const Declare = graphql(
  `
    mutation DeclareTarget($input: DeclareTargetInput!) {
      declareTarget(input: $input) {
        __typename
        ... on Dataset { slug revision }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const HeldLevels = graphql(`
  query HeldLevels($dataset: String!, $factor: String!) {
    dataset(slug: $dataset) {
      imageCounts { kept }
      tally(by: FACTOR, factor: $factor, first: 500, filter: { kept: true }) { rows { value images } }
    }
  }
`);

interface DeclareTargetProps {
  dataset: string;
  factors: readonly string[];
  done(): void;
}

export function DeclareTarget({ dataset, factors, done }: DeclareTargetProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('field');
  const [source, setSource] = useState('');
  const [factor, setFactor] = useState(factors[0] ?? 'site');
  const [text, setText] = useState('');
  const { run, isRunning, refusal, forget } = useAct(Declare);
  const margin = marginOf(text);
  const close = () => {
    forget();
    setOpen(false);
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      <Confirm
        title={words.title}
        verb={words.verb}
        isOpen={isOpen}
        isRunning={isRunning || margin.fault !== null || Math.abs(margin.sum - 1) > 1e-9}
        refusal={refusal}
        onCancel={close}
        onConfirm={async () => {
          const shares = margin.shares.map(({ level, share }) => ({ factor, level, share }));
          if (!(await run({ input: { dataset, target: name, source, shares } }))) return;
          close();
          done();
        }}
      >
        <p>{words.lead}</p>
        <label>
          <span>{words.name}</span>
          <input value={name} required onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          <span>{words.source}</span>
          <input value={source} required onInput={(event) => setSource(event.currentTarget.value)} />
        </label>
        <label>
          <span>{words.factor}</span>
          <select value={factor} onChange={(event) => setFactor(event.currentTarget.value)}>
            {factors.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words.shares}</span>
          <textarea value={text} required onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        {margin.fault !== null && <p class="notice">{words.wrong(margin.fault)}</p>}
        {margin.fault === null && margin.shares.length > 0 && Math.abs(margin.sum - 1) > 1e-9 && (
          <p class="notice">{words.sum(format.figure(margin.sum))}</p>
        )}
        <Asked query={HeldLevels} variables={{ dataset, factor }}>
          {({ dataset: { imageCounts, tally } }) => (
            <Consequence shares={margin.shares} held={tally.rows} kept={imageCounts.kept} />
          )}
        </Asked>
        <p>{words.replaces}</p>
      </Confirm>
    </>
  );
}

interface ConsequenceProps {
  shares: readonly Share[];
  held: readonly { readonly value: string; readonly images: number | null }[];
  kept: number;
}

function Consequence({ shares, held, kept }: ConsequenceProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const counts = new Map(held.map(({ value, images }) => [value, images ?? 0]));
  const inside = shares.reduce((sum, { level }) => sum + (counts.get(level) ?? 0), 0);
  const rows = [
    ...shares.map(({ level, share }) => ({ level, share })),
    ...held
      .filter(({ value }) => !shares.some(({ level }) => level === value))
      .map(({ value }) => ({ level: value, share: null })),
  ];
  return (
    <>
      <p role="status">{words.consequence(format.whole(inside), format.whole(kept - inside))}</p>
      <Table
        caption={words.images}
        isCaptionHidden
        rows={rows}
        keyOf={({ level }) => level}
        columns={[
          { title: words.level, cell: ({ level }) => level },
          { title: words.share, isNumber: true, cell: ({ share }) => share ?? '—' },
          {
            title: words.images,
            isNumber: true,
            cell: ({ level }) => format.whole(counts.get(level) ?? 0),
          },
        ]}
      />
    </>
  );
}
