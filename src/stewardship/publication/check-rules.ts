import type { Card } from '../../bias/cards/card.ts';
import { estimateText } from '../../bias/cards/estimate-text.ts';
import { hideSmallCounts, hideWith } from '../../bias/cards/hide-small-counts.ts';
import type { BiasReport } from '../../bias/make-report.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import type { Colour } from '../../statistics/colour.ts';
import { type Estimate, estimate } from '../../statistics/estimate.ts';
import { worstColour } from '../../statistics/worst-colour.ts';
import { type Evidence, reportOfRule } from './evidence.ts';
import type { PublicationRule } from './publication-rule.ts';

/** How a snapshot stood to a rule when it was checked. NOT_ESTIMABLE lets nothing through: grey is not green. */
export interface RuleFinding {
  readonly rule: PublicationRule;
  readonly outcome: 'PASSED' | 'FAILED' | 'NOT_ESTIMABLE' | 'AWAITED';
  readonly sentence: string;
  /** The figure it rests on; null where it is no matter of figures. */
  readonly figure: Estimate | null;
}

type Judged = Omit<RuleFinding, 'rule'>;

/** Holds every rule against the evidence: a pure function, so that the same snapshot stands the same to the same rules. */
export function checkRules(rules: readonly PublicationRule[], evidence: Evidence): RuleFinding[] {
  return rules.map((rule) => ({ rule, ...judge(rule, evidence) }));
}

function judge(rule: PublicationRule, evidence: Evidence): Judged {
  const { snapshot } = evidence;
  const header = JSON.parse(snapshot.header) as SnapshotHeader;
  switch (rule.kind) {
    case 'NO_RED_LEAKAGE':
      return judgeLeakage(evidence);
    case 'NO_RED_CARD':
      return judgeCard(rule, evidence);
    case 'AGREEMENT_AT_LEAST':
      return judgeAgreement(rule.threshold!, evidence);
    case 'MISSING_METADATA_AT_MOST':
      return judgeMissing(rule.subject!, rule.threshold!, evidence);
    case 'LICENCE_PRESENT':
      return present(header.license !== null, `Its licence is ${header.license}.`, 'It names no licence.');
    case 'DATA_USE_TERMS_PRESENT': {
      const terms = evidence.dataUseTerms;
      return present(
        terms.length > 0,
        `Its terms of data use are ${terms.join(', ')}.`,
        'No terms of data use are declared.',
      );
    }
    case 'GUIDELINE_PRESENT':
      return judgeGuidelines(evidence);
    case 'SPLIT_PRESENT': {
      const names = Object.keys(header.splits);
      return present(names.length > 0, `It carries ${names.join(', ')}.`, 'It carries no split.');
    }
    case 'NO_UNPINNED_PIXELS':
      return judgePixels(evidence);
    case 'REVIEWED_BY_ANOTHER':
      return { outcome: 'AWAITED', sentence: 'It was not reviewed when it was checked.', figure: null };
  }
}

function present(is: boolean, told: string, lacking: string): Judged {
  return { outcome: is ? 'PASSED' : 'FAILED', sentence: is ? told : lacking, figure: null };
}

function judgeLeakage({ splits, reports }: Evidence): Judged {
  if (splits.length === 0)
    return { outcome: 'PASSED', sentence: 'It carries no split, so none can leak.', figure: null };
  const leaking = splits.filter(({ certificate }) => certificate.leakage.leaks).map(({ name }) => name);
  const judged = worstOf(cardsOf(reports, 'SPLIT', 'LEAKAGE'), 'LEAKAGE');
  if (leaking.length === 0) return judged;
  const sentence = `By its certificate the split ${leaking.join(', ')} leaks. ${judged.sentence}`;
  return { ...judged, outcome: 'FAILED', sentence };
}

function judgeCard(rule: PublicationRule, { reports }: Evidence): Judged {
  return worstOf(cardsOf(reports, reportOfRule(rule)!, rule.subject!), rule.subject!);
}

interface FoundCard {
  readonly split: string | null;
  readonly card: Card;
}

function cardsOf(reports: readonly BiasReport[], kind: BiasReport['kind'], card: string): FoundCard[] {
  return reports
    .filter((report) => report.kind === kind)
    .flatMap(({ cards, request }) =>
      cards
        .filter((held) => held.kind === card)
        .map((held) => ({ split: request.split?.name ?? null, card: held })),
    );
}

/**
 * RED fails, GREY cannot tell; the figure is that of the worst card. A finding is kept for ever, so it quotes no sentence
 * that may name a value of an image which is withdrawn one day: the report tells more.
 */
function worstOf(found: readonly FoundCard[], what: string): Judged {
  const colour = worst(found.map(({ card }) => card.colour));
  const decisive = found.filter(({ card }) => card.colour === colour);
  if (decisive.length === 0)
    return { outcome: 'NOT_ESTIMABLE', sentence: `The reports have no card ${what} of it.`, figure: null };
  const told = colour === 'GREY' ? 'GREY, for there is not enough data to tell' : colour;
  const sentence = decisive
    .map(({ split, card: { headline } }) => {
      const of = split === null ? '' : ` of the split ${split}`;
      return `The card ${what}${of} is ${told}: ${estimateText(headline)} on ${headline.imageCount} images.`;
    })
    .join(' ');
  const outcome = colour === 'RED' ? 'FAILED' : colour === 'GREY' ? 'NOT_ESTIMABLE' : 'PASSED';
  return { outcome, sentence, figure: decisive[0]!.card.headline };
}

/** Unlike in a report's colour GREY wins over AMBER here: amber lets through, and what cannot be told does not. */
function worst(colours: readonly Colour[]): Colour {
  return colours.includes('GREY') && !colours.includes('RED') ? 'GREY' : worstColour(colours);
}

function judgeAgreement(least: number, { reports }: Evidence): Judged {
  const [found] = cardsOf(reports, 'AGREEMENT', 'AGREEMENT');
  const figure = found?.card.headline ?? null;
  if (figure === null)
    return { outcome: 'NOT_ESTIMABLE', sentence: 'The reports have no agreement of it.', figure };
  const text = `Krippendorff’s α is ${estimateText(figure)} on ${figure.imageCount} images`;
  if (figure.interval === null) {
    const reason = figure.value === null ? '' : `, without an interval (${figure.reason ?? figure.status})`;
    return { outcome: 'NOT_ESTIMABLE', sentence: `${text}${reason}.`, figure };
  }
  const passes = figure.interval.lower >= least;
  const sentence = `${text}; its lower limit is ${passes ? 'at least' : 'below'} ${least}.`;
  return { outcome: passes ? 'PASSED' : 'FAILED', sentence, figure };
}

function judgeMissing(field: string, most: number, { snapshot, reports }: Evidence): Judged {
  const report = reports.find((held) => held.kind === 'SELECTION')!;
  const { unit } = JSON.parse(snapshot.header) as SnapshotHeader;
  const counted = report.missing.find(({ name }) => name === field)?.share;
  const share = counted ?? (field === unit ? shareWithoutUnit(report) : null);
  if (share === null)
    return {
      outcome: 'NOT_ESTIMABLE',
      sentence: `The selection report counts no field ${field}; it counts ${[unit, ...report.missing.map(({ name }) => name)].join(', ')}.`,
      figure: null,
    };
  const text = `${field} is missing in ${estimateText(share, 'PERCENT')} of ${share.imageCount} images`;
  if (share.value === null) return { outcome: 'NOT_ESTIMABLE', sentence: `${text}.`, figure: share };
  const passes = share.value <= most;
  const sentence = `${text}; ${passes ? 'at most' : 'more than'} ${Number((100 * most).toPrecision(6))} % may be.`;
  return { outcome: passes ? 'PASSED' : 'FAILED', sentence, figure: share };
}

/** The unit is no factor, and so among no missing fields of the report. */
function shareWithoutUnit({ imageCount, unitCount, imagesOfUnknownUnit, request }: BiasReport): Estimate {
  const counts = [imagesOfUnknownUnit, imageCount - imagesOfUnknownUnit];
  const basis = { imageCount, unitCount, method: 'share missing' };
  const [count] = hideSmallCounts(counts, basis, request.personal);
  const share = imageCount === 0 ? null : imagesOfUnknownUnit / imageCount;
  return hideWith(count!, estimate({ ...basis, value: share }));
}

function judgeGuidelines({ guidelines, rounds }: Evidence): Judged {
  const without = rounds.filter(({ guidelineVersion }) => guidelineVersion === null).map(({ name }) => name);
  if (guidelines.length > 0 && without.length > 0)
    return present(false, '', `Rounds name no guideline: ${without.join(', ')}.`);
  return present(
    guidelines.length > 0,
    `Its guidelines are ${guidelines.join(', ')}.`,
    'No guideline is kept.',
  );
}

function judgePixels({ snapshot: { imageCount, referenceCount } }: Evidence): Judged {
  const figure = estimate({ value: referenceCount, imageCount, unitCount: imageCount, method: 'images' });
  const told = `The digest pins the pixels of all ${imageCount} images.`;
  const lacking = `The pixels of ${referenceCount} of ${imageCount} images are by reference, and not pinned.`;
  return { ...present(referenceCount === 0, told, lacking), figure };
}
