import { escapeXml } from '../../kernel/escape-xml.ts';
import type { Colour } from '../../statistics/colour.ts';
import type { Card } from './card.ts';
import { estimateText } from './estimate-text.ts';

const WIDTH = 480;
const MARGIN = 20;
/** Letters of 15 pixels on a line of the card's width. */
const LETTERS = 58;
const LINE = 22;

/** Never colour alone: a sign and words beside it. */
const LOOKS: Readonly<Record<Colour, { ink: string; ground: string; sign: string; words: string }>> = {
  RED: { ink: '#b3261e', ground: '#fdeceb', sign: '✖', words: 'Problem' },
  AMBER: { ink: '#8a5300', ground: '#fdf3e1', sign: '▲', words: 'Look here' },
  GREEN: { ink: '#22662f', ground: '#ebf5ec', sign: '✔', words: 'No problem seen' },
  GREY: { ink: '#5c5a53', ground: '#f0eee8', sign: '?', words: 'Not enough to tell' },
};

/** A card as a picture for pages elsewhere (SVG 1.1, no style sheet, no script): what §8 of the specification has a card say. */
export function cardImage(card: Card): string {
  const { ink, ground, sign, words } = LOOKS[card.colour];
  const lines = [
    ...wrapped(card.sentence),
    '',
    `Effect ${estimateText(card.headline)}`,
    `${card.threshold.limits.map(({ amber, red }) => `amber ${amber}, red ${red}`).join('; ')}`,
    `${card.imageCount} images of ${card.unitCount} units`,
    ...(card.unitsNeeded === null ? [] : [`About ${card.unitsNeeded} units would tell`]),
    ...(card.caveats.length === 0 ? [] : [`${card.caveats.length} caveats in the report`]),
  ];
  const height = 2 * MARGIN + LINE * (lines.length + 2);
  const label = `${words}: ${card.sentence}`;
  const text = lines.map(
    (line, index) =>
      `<text x="${MARGIN}" y="${MARGIN + LINE * (index + 3)}" fill="#1f1e1b">${escapeXml(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(label)}" font-family="system-ui, sans-serif" font-size="15">`,
    `<title>${escapeXml(label)}</title>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="${ground}"/>`,
    `<rect width="${WIDTH}" height="6" fill="${ink}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + LINE}" fill="${ink}" font-weight="700">${sign} ${words} <tspan font-weight="400">(${card.certainty.toLowerCase()}, ${card.kind})</tspan></text>`,
    ...text,
    '</svg>',
    '',
  ].join('\n');
}

/** Words on lines of at most `LETTERS`; a longer word has a line of its own. */
function wrapped(sentence: string): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LETTERS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
