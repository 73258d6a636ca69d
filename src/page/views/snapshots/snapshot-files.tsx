import { dictionary, useFormat, useWords } from '../../language.tsx';
import { FileLink } from '../../parts/file-link.tsx';
import { Table } from '../../parts/table.tsx';
import type { SnapshotData } from './snapshot-query.ts';

const WORDS = dictionary(
  { title: 'Files', name: 'File', size: 'Size', digest: 'SHA-256' },
  { title: 'Fichiers', name: 'Fichier', size: 'Taille', digest: 'SHA-256' },
);

/** Its shards, at their addresses; images are fetched by pulling. */
export function SnapshotFiles({ snapshot }: { snapshot: SnapshotData }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <h2>{words.title}</h2>
      <Table
        caption={words.title}
        isCaptionHidden
        rows={snapshot.files}
        keyOf={({ name }) => name}
        columns={[
          {
            title: words.name,
            cell: ({ name }) => (
              <FileLink address={`/snapshots/${snapshot.digest}/${name}`} name={name} label={name} />
            ),
          },
          { title: words.size, isNumber: true, cell: ({ size }) => format.bytes(size) },
          { title: words.digest, cell: ({ digest }) => <span class="digest">{digest}</span> },
        ]}
      />
    </>
  );
}
