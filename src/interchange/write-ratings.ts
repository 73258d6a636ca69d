import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { ExportPlan, ExportSource, Loss } from './export-plan.ts';
import { statementsByImage } from './statements-by-image.ts';

const COLUMNS = 'image annotator pass label attribute value votes confidence seconds annotatedAt'.split(' ');

/** What a row cannot say, in the order in which it is asked. */
const LOST: readonly (readonly [string, string, (draft: AnnotationDraft) => boolean])[] = [
  ['shapes', 'A row speaks of a whole image.', ({ geometry }) => geometry !== null],
  [
    'EMPTY and SKIP',
    'A row without a rating says nothing.',
    ({ kind }) => kind === 'EMPTY' || kind === 'SKIP',
  ],
  ['repeated statements', 'Equal rows are one.', ({ occurrence }) => occurrence > 0],
];
const LOST_IN_PART: typeof LOST = [
  ['attributes', 'A row has no place for them.', ({ attributes }) => attributes.length > 0],
  ['corrections', 'The link to the statement corrected is lost.', ({ corrects }) => corrects !== undefined],
  [
    'named numbers',
    'They are read back as texts of their name.',
    ({ kind, attribute }) => kind === 'VALUE' && attribute !== null,
  ],
];

/**
 * Writes `ratings.csv`: one row a rating, the layout long of ratings.codec.ts (RFC 4180, LF, UTF-8), an image without
 * one in a row of its own. Kinds of annotators are said by the import (`--annotator-kind`), but for groups, which are
 * told by their votes.
 */
export function writeRatings(source: ExportSource): ExportPlan {
  const losses: Loss[] = [];
  const count = (list: typeof LOST, drafts: readonly AnnotationDraft[]) => {
    for (const [what, message, isLost] of list) {
      const lost = drafts.filter(isLost).length;
      if (lost > 0) losses.push({ what, count: lost, message });
    }
  };
  const isKept = (draft: AnnotationDraft) => !LOST.some(([, , isLost]) => isLost(draft));
  count(LOST, source.annotations);
  count(LOST_IN_PART, source.annotations.filter(isKept));
  const kinds = source.annotators.filter(({ kind }) => kind !== 'HUMAN' && kind !== 'GROUP').length;
  if (kinds > 0)
    losses.push({
      what: 'annotator kinds',
      count: kinds,
      message: 'A row names annotators, not what they are.',
    });
  const rows = [COLUMNS];
  for (const [image, drafts] of statementsByImage(source)) {
    const kept = drafts.filter(isKept);
    if (kept.length === 0) rows.push([image, ...COLUMNS.slice(1).map(() => '')]);
    for (const draft of kept) {
      const { pass = 1, votes = 1, ...said } = draft;
      const cells: Record<string, unknown> = {
        ...said,
        pass: pass > 1 ? pass : '',
        votes: votes > 1 ? votes : '',
      };
      rows.push(COLUMNS.map((column) => String(cells[column] ?? '')));
    }
  }
  const content = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
  return { files: [{ path: 'ratings.csv', content }], losses };
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
