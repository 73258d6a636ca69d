import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';

const WORDS = dictionary(
  {
    title: 'Who fetched of it (for stewards)',
    caption: 'Who fetched of it, by name',
    who: 'Who',
    kind: 'Kind',
    first: 'First fetch',
    last: 'Last fetch',
    fetches: 'Fetches',
  },
  {
    title: 'Qui en a récupéré (pour les intendants)',
    caption: 'Qui en a récupéré, par nom',
    who: 'Qui',
    kind: 'Genre',
    first: 'Première récupération',
    last: 'Dernière récupération',
    fetches: 'Récupérations',
  },
);

const ConsumersOf = graphql(`
  query ConsumersOf($digest: String!, $after: String) {
    snapshot(digest: $digest) {
      consumers(first: 50, after: $after) {
        nodes { principal kind firstFetchedAt lastFetchedAt fetches }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** Asked only when it is opened, for who may not see it is refused. */
export function Consumers({ digest }: { digest: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const [isShown, show] = useState(false);
  return (
    <details onToggle={(event) => show(event.currentTarget.open)}>
      <summary>{words.title}</summary>
      {isShown && (
        <More query={ConsumersOf} variables={{ digest }} connection={({ snapshot }) => snapshot.consumers}>
          {(consumers) => (
            <Table
              caption={words.caption}
              rows={consumers}
              keyOf={({ principal }) => principal}
              columns={[
                { title: words.who, cell: ({ principal }) => principal },
                { title: words.kind, cell: ({ kind }) => <code>{kind}</code> },
                { title: words.first, cell: ({ firstFetchedAt }) => format.moment(firstFetchedAt) },
                { title: words.last, cell: ({ lastFetchedAt }) => format.moment(lastFetchedAt) },
                { title: words.fetches, isNumber: true, cell: ({ fetches }) => format.whole(fetches) },
              ]}
            />
          )}
        </More>
      )}
    </details>
  );
}
