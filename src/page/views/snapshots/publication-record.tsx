import type { ComponentChildren } from 'preact';
import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { EstimateFields, Figured } from '../../parts/estimate.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';
import { StateMark } from './state-marks.tsx';

export const FindingFields = graphql(
  `
    fragment FindingFields on PublicationFinding @_unmask {
      rule { key kind meaning threshold }
      outcome
      sentence
      figure { ...EstimateFields }
      waiver { reason waivedBy at }
    }
  `,
  [EstimateFields],
);

export const ReviewFields = graphql(`
  fragment ReviewFields on PublicationReview @_unmask {
    reviewer
    verdict
    comment
    at
  }
`);

export type Finding = ResultOf<typeof FindingFields>;
export type Review = ResultOf<typeof ReviewFields>;

const WORDS = dictionary(
  {
    rules: (version: number) => `The rules (version ${version}) and how it stands to each`,
    noRules: 'No rule of publication was in force.',
    outcome: 'Outcome',
    found: 'What was found',
    figure: 'Figure',
    waived: (who: string, when: string) => `Waived by ${who} on ${when}:`,
    act: 'Waive',
    reviews: 'What others said of it',
    noReviews: 'Nobody has reviewed it yet.',
    said: (who: string, when: string) => `${who}, ${when}`,
  },
  {
    rules: (version: number) => `Les règles (version ${version}) et leur respect`,
    noRules: 'Aucune règle de publication n’était en vigueur.',
    outcome: 'Issue',
    found: 'Ce qui a été constaté',
    figure: 'Chiffre',
    waived: (who: string, when: string) => `Dérogation de ${who} le ${when} :`,
    act: 'Déroger',
    reviews: 'Ce qu’en ont dit d’autres',
    noReviews: 'Personne ne l’a encore relu.',
    said: (who: string, when: string) => `${who}, ${when}`,
  },
);

interface FindingsProps {
  version: number;
  findings: readonly Finding[];
  /** What can be done about a rule that is not met; without it the record is closed. */
  waive?: (finding: Finding) => ComponentChildren;
}

export function Findings({ version, findings, waive }: FindingsProps) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  if (findings.length === 0) return <p>{words.noRules}</p>;
  const columns: Column<Finding>[] = [
    {
      title: words.rule,
      cell: ({ rule }) => (
        <>
          <code>{rule.key}</code>
          {rule.threshold !== null && ` (${rule.threshold})`}
          <br />
          <small lang="en">{rule.meaning}</small>
        </>
      ),
    },
    { title: words.outcome, cell: ({ outcome }) => <StateMark state={outcome} /> },
    { title: words.found, cell: (finding) => <Found finding={finding} /> },
    {
      title: words.figure,
      cell: ({ figure }) => (figure ? <Figured estimate={figure} /> : '—'),
    },
    ...(waive ? [{ title: words.act, cell: waive }] : []),
  ];
  return (
    <Table caption={words.rules(version)} rows={findings} keyOf={({ rule }) => rule.key} columns={columns} />
  );
}

function Found({ finding: { sentence, waiver } }: { finding: Finding }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <span lang="en">{sentence}</span>
      {waiver && (
        <p>
          {words.waived(waiver.waivedBy, format.moment(waiver.at))} <q>{waiver.reason}</q>
        </p>
      )}
    </>
  );
}

export function Reviews({ reviews }: { reviews: readonly Review[] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <>
      <h2>{words.reviews}</h2>
      {reviews.length === 0 ? (
        <p class="none">{words.noReviews}</p>
      ) : (
        <ul>
          {reviews.map(({ reviewer, verdict, comment, at }) => (
            <li key={`${reviewer} ${at}`}>
              <StateMark state={verdict} /> {words.said(reviewer, format.moment(at))}
              {comment && (
                <>
                  : <q>{comment}</q>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
