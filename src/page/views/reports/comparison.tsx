import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { EstimateFields, Figured } from '../../parts/estimate.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { KIND_WORDS } from './report-kinds.ts';

const WORDS = dictionary(
  {
    title: (kind: string) => `Two reports compared — ${kind}`,
    of: (revision: number, when: string) => `revision ${revision}, made ${when}`,
    before: 'Before',
    after: 'After',
    counts: (changed: string, unchanged: string) => `${changed} figures changed, ${unchanged} did not.`,
    cards: 'Cards',
    card: 'Card',
    same: 'No card changed its colour.',
    figures: 'Figures, what changed most first',
    path: 'Figure',
    difference: 'Difference',
    apart: 'Intervals apart',
    yes: 'yes',
    no: 'no',
    unknown: 'not to be told',
    none: 'not there',
    RED: '✖ Problem',
    AMBER: '▲ Look here',
    GREEN: '✔ No problem seen',
    GREY: '? Not enough to tell',
  },
  {
    title: (kind: string) => `Deux rapports comparés — ${kind}`,
    of: (revision: number, when: string) => `révision ${revision}, fait le ${when}`,
    before: 'Avant',
    after: 'Après',
    counts: (changed: string, unchanged: string) => `${changed} chiffres ont changé, ${unchanged} non.`,
    cards: 'Cartes',
    card: 'Carte',
    same: 'Aucune carte n’a changé de couleur.',
    figures: 'Chiffres, ce qui a le plus changé d’abord',
    path: 'Chiffre',
    difference: 'Différence',
    apart: 'Intervalles disjoints',
    yes: 'oui',
    no: 'non',
    unknown: 'impossible à dire',
    none: 'absent',
    RED: '✖ Problème',
    AMBER: '▲ À regarder',
    GREEN: '✔ Aucun problème vu',
    GREY: '? Trop peu pour conclure',
  },
);

const Compared = graphql(
  `
    query Compared($dataset: String!, $base: ID!, $other: ID!) {
      dataset(slug: $dataset) { title }
      compareReports(base: $base, other: $other) {
        base { id kind revision madeAt }
        other { id revision madeAt }
        changed
        unchanged
        cards { kind before after sentenceBefore sentenceAfter }
        changes { path difference apart before { ...EstimateFields } after { ...EstimateFields } }
      }
    }
  `,
  [EstimateFields],
);

interface ComparisonProps {
  dataset: string;
  base: string;
  other: string;
}

export default function Comparison({ dataset, base, other }: ComparisonProps) {
  const words = useWords(WORDS);
  const kinds = useWords(KIND_WORDS);
  const format = useFormat();
  const address = (id: string) => `/page/datasets/${dataset}/reports/${encodeURIComponent(id)}`;
  return (
    <Asked query={Compared} variables={{ dataset, base, other }}>
      {({ dataset: { title }, compareReports: found }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <h2>{words.title(kinds[found.base.kind])}</h2>
          <dl class="facts">
            <dt>{words.before}</dt>
            <dd>
              <a href={address(found.base.id)}>
                {words.of(found.base.revision, format.moment(found.base.madeAt))}
              </a>
            </dd>
            <dt>{words.after}</dt>
            <dd>
              <a href={address(found.other.id)}>
                {words.of(found.other.revision, format.moment(found.other.madeAt))}
              </a>
            </dd>
          </dl>
          <p>{words.counts(format.whole(found.changed), format.whole(found.unchanged))}</p>
          {found.cards.length === 0 ? (
            <p>{words.same}</p>
          ) : (
            <Table
              caption={words.cards}
              rows={found.cards}
              keyOf={({ kind }) => kind}
              columns={[
                { title: words.card, cell: ({ kind }) => <code>{kind}</code> },
                {
                  title: words.before,
                  cell: ({ before, sentenceBefore }) => (
                    <>
                      <strong>{before ? words[before] : words.none}</strong>{' '}
                      <span lang="en">{sentenceBefore}</span>
                    </>
                  ),
                },
                {
                  title: words.after,
                  cell: ({ after, sentenceAfter }) => (
                    <>
                      <strong>{after ? words[after] : words.none}</strong>{' '}
                      <span lang="en">{sentenceAfter}</span>
                    </>
                  ),
                },
              ]}
            />
          )}
          {found.changes.length > 0 && (
            <Table
              caption={words.figures}
              rows={found.changes}
              keyOf={({ path }) => path}
              columns={[
                { title: words.path, cell: ({ path }) => <code>{path}</code> },
                {
                  title: words.before,
                  cell: ({ before }) =>
                    before ? <Figured estimate={before} withCounts={false} /> : words.none,
                },
                {
                  title: words.after,
                  cell: ({ after }) => (after ? <Figured estimate={after} withCounts={false} /> : words.none),
                },
                {
                  title: words.difference,
                  isNumber: true,
                  cell: ({ difference }) => (difference === null ? '—' : format.figure(difference)),
                },
                {
                  title: words.apart,
                  cell: ({ apart }) => (apart === null ? words.unknown : apart ? words.yes : words.no),
                },
              ]}
            />
          )}
        </DatasetFrame>
      )}
    </Asked>
  );
}
