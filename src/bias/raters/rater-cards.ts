import { colour } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { THRESHOLDS } from '../../statistics/thresholds.ts';
import { type Card, card } from '../cards/card.ts';
import { estimateText, notEnoughData } from '../cards/estimate-text.ts';
import { judgedAmong } from '../cards/worst-first.ts';
import type { RaterIdentity } from './rater-identities.ts';
import type { RaterRow } from './rater-row.ts';

/** The rater who stands worst in the use of classes, and in fatigue; a suspected identity is told with the first. */
export function raterCards(
  rows: readonly RaterRow[],
  identities: readonly RaterIdentity[],
  imagesOfUnknownUnit: number,
  personal: boolean,
): Card[] {
  return [
    raterCard(
      'RATER_SHIFT',
      rows,
      ({ shift }) => shift,
      shiftText,
      identities,
      imagesOfUnknownUnit,
      personal,
    ),
    raterCard('RATER_FATIGUE', rows, (row) => row.fatigue, fatigueText, [], imagesOfUnknownUnit, personal),
  ];
}

const shiftText = (row: RaterRow) =>
  `"${row.rater}" uses the classes otherwise than the others on the same images: total variation ${estimateText(row.shift)}, most of all "${row.classes[0]?.label ?? ''}".`;
const fatigueText = (row: RaterRow) =>
  `"${row.rater}" disagrees more in the last tenth of a session than in the first by ${estimateText(row.fatigue)}.`;

function raterCard(
  kind: 'RATER_SHIFT' | 'RATER_FATIGUE',
  rows: readonly RaterRow[],
  figureOf: (row: RaterRow) => Estimate,
  textOf: (row: RaterRow) => string,
  identities: readonly RaterIdentity[],
  imagesOfUnknownUnit: number,
  personal: boolean,
): Card {
  const threshold = kind === 'RATER_SHIFT' ? THRESHOLDS.raterShift : THRESHOLDS.raterFatigue;
  const judged = judgedAmong(
    rows.map((row) => ({ row, verdict: colour(figureOf(row), threshold.bands) })),
    ({ row }) => figureOf(row),
  );
  const order = ['RED', 'AMBER', 'GREY', 'GREEN'];
  const [worst] = judged.toSorted(
    (a, b) =>
      order.indexOf(a.verdict.colour) - order.indexOf(b.verdict.colour) ||
      (figureOf(b.row).value ?? -1) - (figureOf(a.row).value ?? -1),
  );
  const suspicion = identities.length > 0 ? ` ${identities[0]!.sentence}` : '';
  const nobody = notEstimable('NOT_APPLICABLE', 'NO_OVERLAP', { imageCount: 0, unitCount: 0, method: kind });
  const headline = worst ? figureOf(worst.row) : nobody;
  const verdict = worst?.verdict ?? colour(nobody, threshold.bands);
  const told =
    worst && headline.value !== null
      ? textOf(worst.row)
      : 'Nobody can be held against others: let several label the same images, in sessions whose times are recorded.';
  return card({
    kind,
    verdict,
    sentence: `${verdict.colour === 'GREY' ? `${notEnoughData(verdict)} ` : ''}${told}${suspicion}`,
    headline,
    threshold,
    caveats: [imagesOfUnknownUnit > 0 ? 'UNIT_UNKNOWN' : null, personal ? 'SMALL_COUNTS_SUPPRESSED' : null],
  });
}
