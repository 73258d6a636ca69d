import type { ResultOf } from '../../graphql.ts';
import { Picture } from '../../parts/picture.tsx';
import { displayedFrame } from './displayed-frame.ts';
import { type GeometryFields, Shape } from './shape.tsx';

export interface LaidLabel {
  readonly id: string;
  readonly rater: number;
  readonly geometry: ResultOf<typeof GeometryFields>;
}

interface LaidOverProps {
  preview: string;
  alt: string;
  /** Of the stored pixels, in which labels are kept. */
  width: number;
  height: number;
  orientation: number | null;
  labels: readonly LaidLabel[];
}

/** A preview, which is turned as its EXIF orientation asks, and labels over it, turned the same way. */
export function LaidOver({ preview, alt, width, height, orientation, labels }: LaidOverProps) {
  const frame = displayedFrame(width, height, orientation);
  return (
    <div class="laid">
      <Picture address={preview} alt={alt} />
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} preserveAspectRatio="none" aria-hidden="true">
        <g class="shapes" transform={`matrix(${frame.matrix.join(' ')})`}>
          {labels.map(({ id, rater, geometry }) => (
            <Shape key={id} geometry={geometry} rater={rater} />
          ))}
        </g>
      </svg>
    </div>
  );
}
