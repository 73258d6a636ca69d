import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { SnapshotLink } from '../snapshots/snapshot-list.tsx';

const WORDS = dictionary(
  {
    who: 'Who had fetched, and is told (for stewards)',
    runs: 'Training runs affected',
    principal: 'Who',
    kind: 'Kind',
    snapshot: 'Snapshot',
    last: 'Last fetch',
    fetches: 'Fetches',
    run: (id: string) => `Run ${id}`,
  },
  {
    who: 'Qui avait récupéré, et en est averti (pour les intendants)',
    runs: 'Entraînements touchés',
    principal: 'Qui',
    kind: 'Genre',
    snapshot: 'Instantané',
    last: 'Dernière récupération',
    fetches: 'Récupérations',
    run: (id: string) => `Entraînement ${id}`,
  },
);

const ToldOf = graphql(`
  query ToldOf($id: ID!, $after: String) {
    withdrawal(id: $id) {
      consumers(first: 50, after: $after) {
        nodes { principal kind snapshot lastFetchedAt fetches }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const AffectedRunsOf = graphql(`
  query AffectedRunsOf($id: ID!, $after: String) {
    withdrawal(id: $id) {
      affectedRuns(first: 50, after: $after) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** Whom a withdrawal concerns; asked when it is opened, for who may not see it is refused. */
export function ToldConsumers({ dataset, withdrawal }: { dataset: string; withdrawal: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const [shown, show] = useState({ who: false, runs: false });
  const variables = { id: withdrawal };
  return (
    <>
      <details onToggle={({ currentTarget: { open } }) => show((before) => ({ ...before, who: open }))}>
        <summary>{words.who}</summary>
        {shown.who && (
          <More query={ToldOf} variables={variables} connection={({ withdrawal: held }) => held.consumers}>
            {(consumers) => (
              <Table
                caption={words.who}
                isCaptionHidden
                rows={consumers}
                keyOf={({ principal, snapshot }) => `${principal} ${snapshot}`}
                columns={[
                  { title: words.principal, cell: ({ principal }) => principal },
                  { title: words.kind, cell: ({ kind }) => <code>{kind}</code> },
                  { title: words.snapshot, cell: ({ snapshot }) => <SnapshotLink digest={snapshot} /> },
                  { title: words.last, cell: ({ lastFetchedAt }) => format.moment(lastFetchedAt) },
                  { title: words.fetches, isNumber: true, cell: ({ fetches }) => format.whole(fetches) },
                ]}
              />
            )}
          </More>
        )}
      </details>
      <details onToggle={({ currentTarget: { open } }) => show((before) => ({ ...before, runs: open }))}>
        <summary>{words.runs}</summary>
        {shown.runs && (
          <More
            query={AffectedRunsOf}
            variables={variables}
            connection={({ withdrawal: held }) => held.affectedRuns}
          >
            {(runs) => (
              <ul>
                {runs.map(({ id }) => (
                  <li key={id}>
                    <a href={`/page/datasets/${dataset}/runs/${id}`}>{words.run(id)}</a>
                  </li>
                ))}
              </ul>
            )}
          </More>
        )}
      </details>
    </>
  );
}
