import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { EstimateFields, Figured } from '../../parts/estimate.tsx';
import { Table } from '../../parts/table.tsx';

const WORDS = dictionary(
  {
    snapshot: 'Snapshot',
    metric: 'Metric',
    part: 'Part',
    judge: 'Judge',
    none: 'No snapshot is published yet, so no run can be held against one.',
    models: 'Models',
    model: 'Model',
    mean: 'Mean over runs',
    spread: 'Standard deviation',
    runs: 'Runs',
    varied: 'What varied',
    range: 'Least to greatest',
    pairs: 'Models against one another',
    better: 'Better',
    worse: 'Worse',
    difference: 'Difference',
    detectable: 'Least difference that these runs could show',
    says: 'What may be said',
    change: 'What would change this',
    RED: '✖ Problem',
    AMBER: '▲ Look here',
    GREEN: '✔ No problem seen',
    GREY: '? Not enough to tell',
  },
  {
    snapshot: 'Instantané',
    metric: 'Mesure',
    part: 'Partie',
    judge: 'Juger',
    none: 'Aucun instantané n’est publié ; aucun essai ne peut donc lui être opposé.',
    models: 'Modèles',
    model: 'Modèle',
    mean: 'Moyenne des essais',
    spread: 'Écart type',
    runs: 'Essais',
    varied: 'Ce qui variait',
    range: 'Du plus petit au plus grand',
    pairs: 'Les modèles l’un contre l’autre',
    better: 'Meilleur',
    worse: 'Moins bon',
    difference: 'Différence',
    detectable: 'Plus petite différence que ces essais pourraient montrer',
    says: 'Ce qu’on peut en dire',
    change: 'Ce qui changerait ce constat',
    RED: '✖ Problème',
    AMBER: '▲ À regarder',
    GREEN: '✔ Aucun problème vu',
    GREY: '? Trop peu pour conclure',
  },
);

const RunReport = graphql(
  `
    query RunReport($snapshots: [String!]!, $metric: String!, $part: String!) {
      runReport(snapshots: $snapshots, metric: $metric, part: $part) {
        card { colour sentence wouldChange runs seeds folds caveats headline { ...EstimateFields } }
        models {
          model
          sentence
          spread {
            runs
            smallest
            largest
            varied
            mean { ...EstimateFields }
            standardDeviation { ...EstimateFields }
          }
        }
        pairs {
          better
          worse
          sentence
          difference { ...EstimateFields }
          detectable { ...EstimateFields }
        }
      }
    }
  `,
  [EstimateFields],
);

type Report = ResultOf<typeof RunReport>['runReport'];

interface Snapshot {
  readonly digest: string;
  readonly tags: readonly string[];
}

export function JudgeRuns({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const words = useWords(WORDS);
  const [asked, ask] = useState<{ snapshots: string[]; metric: string; part: string } | null>(null);
  if (snapshots.length === 0) return <p class="none">{words.none}</p>;
  return (
    <>
      <form
        class="toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          ask({ snapshots: [text('snapshot')], metric: text('metric'), part: text('part') });
        }}
      >
        <label>
          <span>{words.snapshot}</span>
          <select name="snapshot">
            {snapshots.map(({ digest, tags }) => (
              <option key={digest} value={digest}>
                {tags[0] ?? digest.slice(0, 19)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words.metric}</span>
          <input name="metric" defaultValue="accuracy" required />
        </label>
        <label>
          <span>{words.part}</span>
          <input name="part" defaultValue="test" required />
        </label>
        <button type="submit" class="primary">
          {words.judge}
        </button>
      </form>
      {asked && (
        <Asked query={RunReport} variables={asked}>
          {({ runReport }) => <Judged report={runReport} />}
        </Asked>
      )}
    </>
  );
}

function Judged({ report: { card, models, pairs } }: { report: Report }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <article class={`card ${card.colour.toLowerCase()}`}>
        <header>
          <strong>{words[card.colour]}</strong>
        </header>
        <p class="sentence" lang="en">
          {card.sentence}
        </p>
        <p>
          <Figured estimate={card.headline} withCounts={false} />
        </p>
        <p class="change">
          <strong>{words.change}</strong> — <span lang="en">{card.wouldChange}</span>
        </p>
        {card.caveats.map((caveat) => (
          <p key={caveat} lang="en">
            {caveat}
          </p>
        ))}
      </article>
      <Table
        caption={words.models}
        rows={models}
        keyOf={({ model }) => model}
        columns={[
          { title: words.model, cell: ({ model }) => model },
          { title: words.mean, cell: ({ spread }) => <Figured estimate={spread.mean} withCounts={false} /> },
          {
            title: words.spread,
            cell: ({ spread }) => <Figured estimate={spread.standardDeviation} withCounts={false} />,
          },
          { title: words.runs, isNumber: true, cell: ({ spread }) => format.whole(spread.runs) },
          { title: words.varied, cell: ({ spread }) => <code>{spread.varied}</code> },
          {
            title: words.range,
            cell: ({ spread }) => `${format.figure(spread.smallest)} – ${format.figure(spread.largest)}`,
          },
        ]}
      />
      {pairs.length > 0 && (
        <Table
          caption={words.pairs}
          rows={pairs}
          keyOf={({ better, worse }) => `${better} ${worse}`}
          columns={[
            { title: words.better, cell: ({ better }) => better },
            { title: words.worse, cell: ({ worse }) => worse },
            {
              title: words.difference,
              cell: ({ difference }) => <Figured estimate={difference} withCounts={false} />,
            },
            {
              title: words.detectable,
              cell: ({ detectable }) => detectable && <Figured estimate={detectable} withCounts={false} />,
            },
            { title: words.says, cell: ({ sentence }) => <span lang="en">{sentence}</span> },
          ]}
        />
      )}
    </>
  );
}
