import { dictionary, useFormat, useWords } from '../language.tsx';
import type { Estimate } from './estimate.tsx';

const WORDS = dictionary(
  {
    described: (value: string, low: string, high: string, marks: string) =>
      `${value}, between ${low} and ${high}; limits at ${marks}`,
  },
  {
    described: (value: string, low: string, high: string, marks: string) =>
      `${value}, entre ${low} et ${high} ; seuils à ${marks}`,
  },
);

const WIDTH = 320;
const HEIGHT = 44;
const MARGIN = 12;

/** An effect with its interval against the limits of its card, on one line. */
export function IntervalBar({ estimate, marks }: { estimate: Estimate; marks: readonly number[] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { value, interval } = estimate;
  if (value === null) return null;
  const low = interval?.lower ?? value;
  const high = interval?.upper ?? value;
  const span = extent([value, low, high, ...marks]);
  const at = (figure: number) =>
    MARGIN + ((figure - span.from) / (span.to - span.from)) * (WIDTH - 2 * MARGIN);
  return (
    <svg
      class="interval-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.described(
        format.figure(value),
        format.figure(low),
        format.figure(high),
        marks.map((mark) => format.figure(mark)).join(', '),
      )}
    >
      <line class="axis" x1={MARGIN} x2={WIDTH - MARGIN} y1={18} y2={18} />
      {marks.map((mark) => (
        <g key={mark} class="mark">
          <line x1={at(mark)} x2={at(mark)} y1={6} y2={30} />
          <text x={at(mark)} y={42} text-anchor="middle">
            {format.figure(mark)}
          </text>
        </g>
      ))}
      <line class="interval" x1={at(low)} x2={at(high)} y1={18} y2={18} />
      <circle class="value" cx={at(value)} cy={18} r={5} />
    </svg>
  );
}

function extent(figures: readonly number[]): { from: number; to: number } {
  const from = Math.min(...figures);
  const to = Math.max(...figures);
  const room = (to - from || Math.abs(to) || 1) * 0.08;
  return { from: from - room, to: to + room };
}
