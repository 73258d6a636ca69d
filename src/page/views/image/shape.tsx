import { useEffect, useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../graphql.ts';
import { maskPixels, runLengths } from './run-lengths.ts';

export const GeometryFields = graphql(`
  fragment GeometryFields on Geometry @_unmask {
    __typename
    ... on BoxGeometry { x y width height }
    ... on RotatedBoxGeometry { centreX centreY width height degrees }
    ... on EllipseGeometry { centreX centreY radiusX radiusY degrees }
    ... on PolygonGeometry { rings }
    ... on PolylineGeometry { points }
    ... on PointGeometry { x y }
    ... on MaskGeometry { size counts }
  }
`);

type Geometry = ResultOf<typeof GeometryFields>;

/** One label's shape, in the stored-pixel frame. `hue` tells its rater apart; the name beside the picture says it in words. */
export function Shape({ geometry, rater }: { geometry: Geometry; rater: number }) {
  const look = { class: `shape rater-${rater % 8}`, 'vector-effect': 'non-scaling-stroke' } as const;
  switch (geometry.__typename) {
    case 'BoxGeometry':
      return <rect {...look} x={geometry.x} y={geometry.y} width={geometry.width} height={geometry.height} />;
    case 'RotatedBoxGeometry': {
      const { centreX, centreY, width, height, degrees } = geometry;
      return (
        <rect
          {...look}
          x={Number(centreX) - Number(width) / 2}
          y={Number(centreY) - Number(height) / 2}
          width={width}
          height={height}
          transform={`rotate(${degrees} ${centreX} ${centreY})`}
        />
      );
    }
    case 'EllipseGeometry': {
      const { centreX, centreY, radiusX, radiusY, degrees } = geometry;
      return (
        <ellipse
          {...look}
          cx={centreX}
          cy={centreY}
          rx={radiusX}
          ry={radiusY}
          transform={`rotate(${degrees} ${centreX} ${centreY})`}
        />
      );
    }
    case 'PolygonGeometry':
      return <path {...look} d={geometry.rings.map((ring) => `M${ring.map(String).join('L')}Z`).join('')} />;
    case 'PolylineGeometry':
      return (
        <polyline {...look} class={`${look.class} line`} points={geometry.points.map(String).join(' ')} />
      );
    case 'PointGeometry':
      return <path {...look} class={`${look.class} point`} d={`M${geometry.x},${geometry.y}h0`} />;
    case 'MaskGeometry':
      return <Mask size={geometry.size} counts={geometry.counts} rater={rater} />;
  }
}

/** Of a palette that stays apart under the common colour blindnesses (Okabe & Ito 2008), as style/images.css names it. */
const MASK_COLOURS = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167],
  [255, 255, 255],
] as const;

function Mask({ size, counts, rater }: { size: readonly number[]; counts: string; rater: number }) {
  const [address, setAddress] = useState<string | null>(null);
  const [height, width] = size as [number, number];
  useEffect(() => {
    let isGone = false;
    let made: string | null = null;
    const [red, green, blue] = MASK_COLOURS[rater % 8]!;
    const pixels = maskPixels(runLengths(counts), [height, width], [red, green, blue, 140]);
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
    canvas.toBlob((png) => {
      if (isGone || !png) return;
      made = URL.createObjectURL(png);
      setAddress(made);
    });
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [height, width, counts, rater]);
  return address ? <image class="mask" href={address} width={width} height={height} /> : null;
}
