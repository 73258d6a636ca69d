import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaResample, resamplePlane } from '../../src/statistics/area-resample.ts';
import { differenceHash } from '../../src/statistics/difference-hash.ts';
import { imageQuality } from '../../src/statistics/image-quality.ts';
import { normalisedCrossCorrelation } from '../../src/statistics/normalised-cross-correlation.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

const grey = (rows: readonly (readonly number[])[]) => ({
  samples: Uint8Array.from(rows.flat()),
  width: rows[0]!.length,
  height: rows.length,
  channels: 1 as const,
});

const colour = (width: number, height: number, ...pixels: (readonly [number, number, number])[]) => ({
  samples: Uint8Array.from(
    { length: width * height * 3 },
    (_, at) => pixels[Math.floor(at / 3) % pixels.length]![at % 3]!,
  ),
  width,
  height,
  channels: 3 as const,
});

const anyGrey = fc
  .tuple(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 3, max: 12 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((samples) => ({ samples, width, height, channels: 1 as const })),
  );

describe.skipIf(!hasOracles)(`quality measures against the oracle${ORACLES_ABSENT}`, () => {
  it.each(['image_measures_12x16', 'image_measures_constant'])('agree with %s', (id) => {
    const { input, expected, tolerance } = oracle('02_measurement', id);
    const { quality } = imageQuality(grey(input.gray));
    expectClose(quality.mean, expected.mean, tolerance);
    expectClose(quality.contrast, expected.rms_contrast, tolerance);
    expectClose(quality.sharpness, expected.lap_var, tolerance);
    expectClose(quality.noise, expected.immerkaer_sigma, tolerance);
    expectClose(quality.clippedHigh, expected.share_ge_254 ?? 0, tolerance);
    expectClose(quality.clippedLow, expected.share_le_1 ?? 0, tolerance);
  });

  it('the difference hash agrees with dhash_bits', () => {
    const { input, expected } = oracle('05_split', 'dhash_bits');
    expect(differenceHash(input.gray_8rows_9cols.flat())).toBe(expected.hex);
  });
});

describe('quality measures', () => {
  it('weigh the channels .299, .587 and .114', () => {
    expectClose(imageQuality(colour(4, 4, [200, 100, 50])).quality.mean, 124.2, 1e-12);
  });

  it('are the same of grey samples whether stored in one channel or in three', () => {
    fc.assert(
      fc.property(anyGrey, (image) => {
        const samples = Uint8Array.from(
          { length: image.samples.length * 3 },
          (_, i) => image.samples[Math.floor(i / 3)]!,
        );
        const one = imageQuality(image).quality;
        const other = imageQuality({ ...image, samples, channels: 3 }).quality;
        for (const name of [
          'mean',
          'contrast',
          'robustContrast',
          'sharpness',
          'noise',
          'clippedLow',
        ] as const) {
          expectClose(other[name], one[name]!, 1e-4);
        }
        expect(other.reasons).toEqual(one.reasons);
      }),
    );
  });

  it('are the same at 16 bits as at 8 when every sample is multiplied by 257', () => {
    fc.assert(
      fc.property(anyGrey, (image) => {
        const one = imageQuality(image).quality;
        const other = imageQuality({
          ...image,
          samples: Uint16Array.from(image.samples, (value) => value * 257),
        });
        for (const name of [
          'mean',
          'contrast',
          'robustContrast',
          'sharpness',
          'noise',
          'clippedHigh',
        ] as const) {
          expectClose(other.quality[name], one[name]!, 1e-4);
        }
      }),
    );
  });

  it('take p95 − p5 between order statistics', () => {
    const ramp = grey([Array.from({ length: 101 }, (_, index) => index)]);
    expectClose(imageQuality(ramp).quality.robustContrast, 90, 1e-9);
    expectClose(imageQuality(grey([[0, 10]])).quality.robustContrast, 9, 1e-9);
  });

  it('count Y ≥ 254 as clipped high and Y ≤ 1 as clipped low', () => {
    const { quality } = imageQuality(grey([[0, 1, 2, 253, 254, 255, 100, 100]]));
    expect([quality.clippedLow, quality.clippedHigh]).toEqual([2 / 8, 2 / 8]);
  });

  it('take saturation over the pixels that are not black', () => {
    const { quality } = imageQuality(colour(4, 4, [200, 100, 50], [0, 0, 0]));
    expectClose(quality.saturation, 0.75, 1e-12);
  });

  it('take the cast as log2 of the ratio of channel means, each plus one', () => {
    const { quality } = imageQuality(colour(4, 4, [127, 63, 31]));
    expect([quality.redGreenCast, quality.blueGreenCast]).toEqual([1, -1]);
  });

  it('give no cast for a grey image, and say so', () => {
    const { quality } = imageQuality(colour(4, 4, [90, 90, 90]));
    expect(quality.redGreenCast).toBeNull();
    expect(quality.reasons).toEqual({ redGreenCast: 'GREY_IMAGE', blueGreenCast: 'GREY_IMAGE' });
  });

  it('give no saturation for a black image, and say so', () => {
    const { quality } = imageQuality(grey(Array(4).fill([0, 0, 0, 0])));
    expect([quality.saturation, quality.reasons.saturation]).toEqual([null, 'BLACK_IMAGE']);
  });

  it('give no sharpness and noise below three rows or columns, and say so', () => {
    const { quality } = imageQuality(grey([[1, 2, 3]]));
    expect([quality.sharpness, quality.noise]).toEqual([null, null]);
    expect(quality.reasons).toMatchObject({ sharpness: 'TOO_SMALL', noise: 'TOO_SMALL' });
  });

  it('never give NaN, and a reason for exactly the measures that are null', () => {
    const size = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.constantFrom(1, 2, 3, 4),
        fc.infiniteStream(fc.nat(255)),
        (width, height, n, stream) => {
          const samples = Uint8Array.from({ length: width * height * n }, () => stream.next().value!);
          const { quality } = imageQuality({ samples, width, height, channels: n as 1 | 2 | 3 | 4 });
          const { reasons, pixelCount, ...measures } = quality;
          expect(pixelCount).toBe(width * height);
          for (const [name, value] of Object.entries(measures)) {
            if (value === null) expect(reasons).toHaveProperty(name);
            else expect(Number.isFinite(value)).toBe(true);
          }
          expect(Object.keys(reasons).length).toBe(
            Object.values(measures).filter((value) => value === null).length,
          );
        },
      ),
    );
  });

  it('bring the long side to 1024 before sharpness and noise, so that a larger copy is as sharp', () => {
    const wide = {
      samples: Uint8Array.from({ length: 4096 * 8 }, (_, index) => (index >> 2) & 0xff),
      width: 4096,
    };
    const { plane } = imageQuality({ ...wide, height: 8, channels: 1 });
    expect([plane.width, plane.height]).toEqual([1024, 2]);
    const small = imageQuality({ samples: new Uint8Array(300 * 200), width: 300, height: 200, channels: 1 });
    expect([small.plane.width, small.plane.height]).toEqual([300, 200]);
  });
});

describe('area resampling', () => {
  it('keeps the mean', () => {
    const size = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(anyGrey, size, size, (image, width, height) => {
        const plane = { ...image, samples: Float32Array.from(image.samples) };
        const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;
        expectClose(mean(resamplePlane(plane, width, height).samples), mean(plane.samples), 1e-4);
      }),
    );
  });

  it('weighs cells on the edge by the share that is covered', () => {
    const row = () => Float32Array.of(0, 30, 60);
    const { samples } = areaResample({ width: 3, height: 1, row }, 2, 1);
    expect([...samples]).toEqual([10, 50]);
  });
});

describe('normalised cross-correlation', () => {
  it('is 1 for a positive linear copy and −1 for the negative', () => {
    const image = Uint8Array.of(1, 5, 2, 90);
    expect(
      normalisedCrossCorrelation(
        image,
        image.map((value) => 2 * value + 3),
      ),
    ).toBeCloseTo(1, 12);
    expect(
      normalisedCrossCorrelation(
        image,
        image.map((value) => 200 - value),
      ),
    ).toBeCloseTo(-1, 12);
  });

  it('is not defined for a constant image', () => {
    expect(normalisedCrossCorrelation(Uint8Array.of(7, 7), Uint8Array.of(1, 2))).toBeNull();
  });
});
