import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { FileLink } from '../../parts/file-link.tsx';
import { Table } from '../../parts/table.tsx';

const WORDS = dictionary(
  {
    title: 'Documents filled from facts',
    document: 'Document',
    answered: 'Answered',
    partly: 'Partly',
    of: 'Of items',
    required: 'Demanded fields',
    files: 'Files',
    some: (answered: number, of: number) => `${answered} of ${of}`,
    DATASHEET: 'Datasheet for datasets',
    DATA_CARD: 'Data card',
    NEURIPS: 'NeurIPS checklist, items on data',
    AI_ACT: 'EU AI Act, Article 10 and Annex IV',
    MIAPPE: 'MIAPPE',
    REMBI_MIFA: 'REMBI and MIFA',
  },
  {
    title: 'Documents remplis par les faits',
    document: 'Document',
    answered: 'Renseignés',
    partly: 'En partie',
    of: 'Sur',
    required: 'Champs exigés',
    files: 'Fichiers',
    some: (answered: number, of: number) => `${answered} sur ${of}`,
    DATASHEET: 'Fiche de jeu de données (datasheet)',
    DATA_CARD: 'Carte de données (data card)',
    NEURIPS: 'Liste NeurIPS, points sur les données',
    AI_ACT: 'Règlement européen sur l’IA, article 10 et annexe IV',
    MIAPPE: 'MIAPPE',
    REMBI_MIFA: 'REMBI et MIFA',
  },
);

const DocumentsOfDataset = graphql(`
  query DocumentsOfDataset($dataset: String!) {
    dataset(slug: $dataset) { documentCompleteness { kind answered partly of requiredAnswered requiredOf } }
  }
`);

const FORMATS = ['html', 'md', 'json'] as const;

/** How far each document of the dataset is answered, and its files. */
export function Documents({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  return (
    <section>
      <h2>{words.title}</h2>
      <Asked query={DocumentsOfDataset} variables={{ dataset }}>
        {({ dataset: { documentCompleteness } }) => (
          <Table
            caption={words.title}
            isCaptionHidden
            rows={documentCompleteness}
            keyOf={({ kind }) => kind}
            columns={[
              { title: words.document, cell: ({ kind }) => words[kind] },
              { title: words.answered, isNumber: true, cell: ({ answered }) => answered },
              { title: words.partly, isNumber: true, cell: ({ partly }) => partly },
              { title: words.of, isNumber: true, cell: ({ of }) => of },
              {
                title: words.required,
                isNumber: true,
                cell: ({ requiredAnswered, requiredOf }) =>
                  requiredOf > 0 ? words.some(requiredAnswered, requiredOf) : '—',
              },
              { title: words.files, cell: ({ kind }) => <Files dataset={dataset} name={nameOf(kind)} /> },
            ]}
          />
        )}
      </Asked>
    </section>
  );
}

/** A document's name in addresses: `REMBI_MIFA` is `rembi-mifa`. */
const nameOf = (kind: string) => kind.toLowerCase().replaceAll('_', '-');

function Files({ dataset, name }: { dataset: string; name: string }) {
  return (
    <>
      {FORMATS.map((format, place) => (
        <span key={format}>
          {place > 0 && ' · '}
          <FileLink
            address={`/datasets/${dataset}/documents/${name}.${format}`}
            name={`${dataset}-${name}.${format}`}
            label={format}
          />
        </span>
      ))}
    </>
  );
}
