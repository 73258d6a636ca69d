import { DomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { readRows } from './read-rows.ts';

const STAGES = ['COLLECTED', 'DECODED', 'ELIGIBLE', 'ANNOTATED', 'RELEASED'];

export interface ExclusionReport {
  readonly dataset: string;
  readonly revision: number;
  /** Rows of the table; those excluded so already change nothing. */
  readonly excluded: number;
}

/** Excludes the images of a table with the columns image, stage, reason; all or none. */
export async function excludeImages(
  access: ServerAccess,
  dataset: string,
  path: string,
): Promise<ExclusionReport> {
  const rows = await readRows(path, ['image', 'stage', 'reason']);
  const exclusions = rows.map(({ image, stage, reason }) => ({ image, stage: stage.toUpperCase(), reason }));
  const reasons = exclusions.flatMap(({ stage }, index) =>
    STAGES.includes(stage)
      ? []
      : [
          {
            path: [`row ${index + 2}`, 'stage'],
            code: 'BAD_INPUT' as const,
            message: `"${stage}" is none of ${STAGES.join(', ')}.`,
          },
        ],
  );
  if (reasons.length > 0)
    throw new DomainError(
      'BAD_INPUT',
      `${path}: ${reasons.length} rows are refused; nothing was written.`,
      reasons,
    );
  const answer = await ask<{ excludeImages: { revision: number } }>(
    access,
    `mutation Exclude($input: ExcludeImagesInput!) {
       excludeImages(input: $input) { ... on Dataset { revision } ${PROBLEM} } }`,
    { input: { dataset, exclusions } },
  );
  return { dataset, revision: accepted(answer.excludeImages).revision, excluded: rows.length };
}
