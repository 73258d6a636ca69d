import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';
import type { SplitData } from './split-query.ts';
import { SPLIT_WORDS } from './split-words.ts';

const WORDS = dictionary(
  {
    tally: 'What each part got',
    asked: 'Share asked for',
    got: 'Share it got',
    without: 'Images of unknown group',
  },
  {
    tally: 'Ce que chaque partie a reçu',
    asked: 'Proportion demandée',
    got: 'Proportion obtenue',
    without: 'Images de groupe inconnu',
  },
);

export function PartTally({ split }: { split: Pick<SplitData, 'certificate'> }) {
  const words = { ...useWords(SPLIT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const count = (number: number | null) => (number === null ? '—' : format.whole(number));
  const share = (text: string | null) => (text === null ? '—' : format.share(Number(text)));
  return (
    <Table
      caption={words.tally}
      rows={split.certificate.counts}
      keyOf={({ part }) => part}
      columns={[
        { title: words.part, cell: ({ part }) => part },
        { title: words.images, isNumber: true, cell: ({ images }) => count(images) },
        { title: words.asked, isNumber: true, cell: ({ asked }) => share(asked) },
        { title: words.got, isNumber: true, cell: (row) => share(row.share) },
        { title: words.groups, isNumber: true, cell: ({ groups }) => count(groups) },
        {
          title: words.without,
          isNumber: true,
          cell: ({ imagesWithoutGroup }) => count(imagesWithoutGroup),
        },
      ]}
    />
  );
}
