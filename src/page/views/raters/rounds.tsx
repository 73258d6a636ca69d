import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';

const WORDS = dictionary(
  {
    title: 'Rounds',
    none: 'No round was opened.',
    name: 'Round',
    purpose: 'Purpose',
    blind: 'Blind',
    yes: 'yes',
    no: 'no',
    state: 'State',
    guideline: 'Guideline',
    progress: 'Progress',
    done: (done: string, of: string) => `${done} of ${of}`,
  },
  {
    title: 'Tours',
    none: 'Aucun tour n’a été ouvert.',
    name: 'Tour',
    purpose: 'But',
    blind: 'En aveugle',
    yes: 'oui',
    no: 'non',
    state: 'État',
    guideline: 'Consigne',
    progress: 'Avancement',
    done: (done: string, of: string) => `${done} sur ${of}`,
  },
);

interface Round {
  readonly name: string;
  readonly purpose: string;
  readonly state: string;
  readonly blind: boolean;
  readonly guidelineVersion: string | null;
  readonly progress: { readonly assigned: number; readonly done: number };
}

export function Rounds({ rounds }: { rounds: readonly Round[] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <h2>{words.title}</h2>
      {rounds.length === 0 ? (
        <p class="none">{words.none}</p>
      ) : (
        <Table
          caption={words.title}
          isCaptionHidden
          rows={rounds}
          keyOf={({ name }) => name}
          columns={[
            { title: words.name, cell: ({ name }) => name },
            { title: words.purpose, cell: ({ purpose }) => <code>{purpose}</code> },
            { title: words.blind, cell: ({ blind }) => (blind ? words.yes : words.no) },
            { title: words.state, cell: ({ state }) => <code>{state}</code> },
            { title: words.guideline, cell: ({ guidelineVersion }) => guidelineVersion ?? '—' },
            {
              title: words.progress,
              cell: ({ progress: { done, assigned } }) => (
                <>
                  {words.done(format.whole(done), format.whole(assigned))}{' '}
                  <progress value={done} max={assigned || 1} aria-label={words.progress} />
                </>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
