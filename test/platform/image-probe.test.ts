import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDomainError } from '../../src/kernel/errors.ts';
import { probeImage } from '../../src/platform/image-probe.ts';
import { imageProbePool } from '../../src/platform/image-probe-pool.ts';
import { DIFFERENCES, OUTCOMES } from './awkward-images.ts';

const shared = process.env.HOLOTYPE_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const awkward = join(shared, 'data/awkward_images');
const microscopy = join(shared, 'data/microscopy_tiff');
const hasData = existsSync(awkward) && existsSync(microscopy);
const ABSENT = hasData ? '' : ' (skipped: no data beside the checkout; set HOLOTYPE_SHARED)';
const limits = { maxPixels: 1e8, timeoutSeconds: 60 };

const folder = mkdtempSync(join(tmpdir(), 'holotype-probe-'));
afterAll(() => rmSync(folder, { recursive: true }));

function keep(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** `OK`, or the code; any other error is a failure of its own. */
const outcomeOf = (path: string, options = limits): Promise<string> =>
  probeImage(path, options).then(
    () => 'OK',
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  );

const refusalOf = (path: string, options = limits) =>
  probeImage(path, options).then(
    () => expect.unreachable('the image was taken'),
    (error: unknown) => error as Error & { code: string },
  );

interface Row {
  readonly [column: string]: string;
}

/** The manifest's fields hold no commas but in the last column. */
function manifest(of: string): Row[] {
  const [head, ...lines] = readFileSync(join(of, 'manifest.csv'), 'utf8').trim().split(/\r?\n/);
  const columns = head!.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [columns[at] ?? 'rest', cell])),
  );
}

const PILLOW_CHANNELS: Readonly<Record<string, number>> = {
  ...{ '1': 1, L: 1, I: 1, 'I;16': 1, 'I;16B': 1, LA: 2, RGB: 3, RGBA: 4, CMYK: 4 },
};

/** A PNG of one colour, 1 bit a pixel. */
function blankPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An uncompressed TIFF of one page and one channel. */
function tiff(width: number, height: number, bits: number, sampleFormat: number, data: Buffer): Buffer {
  const tags = [
    ...[
      [256, width],
      [257, height],
      [258, bits],
      [259, 1],
      [262, 1],
      [273, 8],
    ],
    ...[
      [277, 1],
      [278, height],
      [279, data.length],
      [339, sampleFormat],
    ],
  ] as [number, number][];
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length, 0);
  tags.forEach(([tag, value], index) => {
    directory.writeUInt16LE(tag, 2 + index * 12);
    directory.writeUInt16LE(4, 4 + index * 12);
    directory.writeUInt32LE(1, 6 + index * 12);
    directory.writeUInt32LE(value, 10 + index * 12);
  });
  const header = Buffer.from('49492a0000000000', 'hex');
  header.writeUInt32LE(8 + data.length, 4);
  return Buffer.concat([header, data, directory]);
}

const noise = (length: number) =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 7919 + (index >> 5)) % 256));
const picture = () => sharp(noise(96 * 64 * 3), { raw: { width: 96, height: 64, channels: 3 } });

describe.skipIf(!hasData)(`the awkward images${ABSENT}`, () => {
  const rows = hasData ? manifest(awkward) : [];
  const outcomes = new Map<string, string>(
    Object.entries(OUTCOMES).flatMap(([group, byOutcome]) =>
      Object.entries(byOutcome).flatMap(([outcome, names]) =>
        names.split(' ').map((name) => [`${group}/${name}`, outcome] as const),
      ),
    ),
  );

  it('all have an expected outcome in the table', () => {
    expect([...outcomes.keys()].sort()).toEqual(rows.map(({ file }) => file).sort());
    expect(outcomes.size).toBe(233);
  });

  it.each(rows.map(({ file }) => file!))(
    '%s is decoded, or refused with a code and a sentence',
    async (file) => {
      const expected = outcomes.get(file);
      if (expected === 'OK') return expect(await outcomeOf(join(awkward, file))).toBe('OK');
      const { code, message } = await refusalOf(join(awkward, file));
      expect(code).toBe(expected);
      expect(message).toContain(file.split('/')[1]);
      expect(message).toMatch(/\.$/);
      expect(message).not.toMatch(/vips|libpng|sharp|Input file/i);
    },
  );

  it('are as large, as deep and as many as Pillow says, but for the differences stated', async () => {
    const found: string[] = [];
    for (const row of rows.filter(({ file }) => outcomes.get(file!) === 'OK')) {
      const file = row.file!;
      if (row.decodes !== 'yes') {
        found.push(`${file} decodes`);
        continue;
      }
      const facts = await probeImage(join(awkward, file), limits);
      const note = (what: string, same: boolean) => same || found.push(`${file} ${what}`);
      note('size', `${facts.width}x${facts.height}` === `${row.width}x${row.height}`);
      note('pages', String(facts.pages) === row.frames);
      note('orientation', String(facts.orientation ?? '') === row.exif_orientation!.replace(/\D.*/, ''));
      note('channels', (PILLOW_CHANNELS[row.mode!] ?? facts.channels) === facts.channels);
      note('bitDepth', (facts.bitDepth === 16) === /int32|u2|uint16/.test(row.dtype!));
      note('media type', facts.mediaType === `image/${row.format!.toLowerCase()}`);
    }
    for (const { file, decodes } of rows) {
      const known = file!.startsWith('dicom/') || decodes !== 'yes';
      if (outcomes.get(file!) !== 'OK' && !known) found.push(`${file} decodes`);
    }
    const stated = DIFFERENCES.flatMap((entry) =>
      entry.files.split(' ').flatMap((file) => entry.in.map((what) => `${file} ${what}`)),
    );
    expect(found.sort()).toEqual(stated.sort());
  });

  it('of PngSuite have the bit depth that their names state', async () => {
    for (const { file } of rows.filter((row) => /^pngsuite\/.*\d[a-z]\d\d\.png$/.test(row.file!))) {
      const { bitDepth } = await probeImage(join(awkward, file!), limits);
      expect(`${file} ${bitDepth}`).toBe(`${file} ${Number(/(\d\d)\.png$/.exec(file!)![1])}`);
    }
  });

  it('with GPS give coordinates, and their thumbnails carry no metadata', async () => {
    const gps = rows.filter(({ file }) => file!.includes('gps__'));
    expect(gps.length).toBe(9);
    for (const { file } of gps) {
      const { exif, exifProblem, thumbnail } = await probeImage(join(awkward, file!), limits);
      expect(exif?.gps).toHaveProperty('GPSLatitude');
      expect(exifProblem).toBeNull();
      const { exif: left, xmp, icc } = await sharp(thumbnail).metadata();
      expect([left, xmp, icc]).toEqual([undefined, undefined, undefined]);
    }
  });

  it('in portrait keep the stored frame, thumbnail included', async () => {
    const { width, height, orientation, thumbnail } = await probeImage(
      join(awkward, 'sharp_fixtures/Portrait_6.jpg'),
      limits,
    );
    const small = await sharp(thumbnail).metadata();
    expect([width, height, orientation, small.width, small.height]).toEqual([600, 450, 6, 256, 192]);
  });
});

describe.skipIf(!hasData)(`the microscopy images${ABSENT}`, () => {
  it('all decode, 16-bit ones stay 16-bit, and two pairs are the same bytes', async () => {
    const rows = manifest(microscopy);
    const deep: string[] = [];
    for (const { file, width, height } of rows) {
      const facts = await probeImage(join(microscopy, file!), limits);
      expect(`${facts.width}x${facts.height}`).toBe(`${width}x${height}`);
      if (facts.bitDepth === 16) deep.push(file!);
    }
    expect(deep).toEqual(rows.filter(({ mode }) => /^I/.test(mode!)).map(({ file }) => file));
    expect(rows.length - new Set(rows.map(({ sha256 }) => sha256)).size).toBe(2);
  });

  it('are measured on their 16-bit samples', async () => {
    const path = join(microscopy, 'ExampleColocalization/images/0_1_N_R.png');
    const { data } = await sharp(path)
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    const samples = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
    const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length / 257;
    expect((await probeImage(path, limits)).quality.mean).toBeCloseTo(mean, 9);
  });
});

describe('the image probe', () => {
  it('refuses a decompression bomb by its header, naming its pixels and the limit', async () => {
    const path = keep('bomb.png', blankPng(40_000));
    const { code, message } = await refusalOf(path);
    expect(code).toBe('DECOMPRESSION_BOMB');
    expect(message).toContain('1600000000');
  });

  it('counts the pixels of all frames against the limit', async () => {
    const frames = await sharp(noise(8 * 80), { raw: { width: 8, height: 80, channels: 1, pageHeight: 8 } })
      .webp({ lossless: true })
      .toBuffer();
    const path = keep('frames.webp', frames);
    expect((await probeImage(path, { ...limits, maxPixels: 640 })).pages).toBe(10);
    expect(await outcomeOf(path, { ...limits, maxPixels: 639 })).toBe('DECOMPRESSION_BOMB');
  });

  it.each(['jpeg', 'png', 'tiff', 'webp', 'gif', 'avif'] as const)('finds a truncated %s', async (format) => {
    const bytes = await picture().toFormat(format).toBuffer();
    expect(await outcomeOf(keep(`whole.${format}`, bytes))).toBe('OK');
    for (const share of [0.4, 0.7, 0.95]) {
      const path = keep(`cut.${format}`, bytes.subarray(0, Math.floor(bytes.length * share)));
      expect(await outcomeOf(path)).toBe('TRUNCATED_IMAGE');
    }
  });

  it('finds a flipped bit in a PNG', async () => {
    const bytes = await picture().png().toBuffer();
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    expect(await outcomeOf(keep('flipped.png', bytes))).toBe('CORRUPT_IMAGE');
  });

  it('refuses a PNG named .jpg and says what it is', async () => {
    const { code, message } = await refusalOf(keep('lying.jpg', await picture().png().toBuffer()));
    expect(code).toBe('MEDIA_TYPE_MISMATCH');
    expect(message).toContain('image/png');
  });

  it('holds the name given against the content, not the path', async () => {
    const path = keep('blob', await picture().png().toBuffer());
    expect(await outcomeOf(path)).toBe('OK');
    await expect(probeImage(path, { ...limits, name: 'a.tiff' })).rejects.toMatchObject({
      code: 'MEDIA_TYPE_MISMATCH',
    });
  });

  it.each([
    ['text/plain', 'notes.png', 'just some text\n'],
    ['image/svg+xml', 'drawing.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['application/pdf', 'paper.png', '%PDF-1.7\n%âãÏÓ'],
    ['image/heic', 'phone.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['video/mp4', 'film.mp4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'latin1')],
    ['application/octet-stream', 'noise.png', Buffer.from([0, 1, 2, 3, 250, 251])],
  ])('names %s when it refuses %s', async (type, name, bytes) => {
    const { code, message } = await refusalOf(keep(name, bytes));
    expect(code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(message).toContain(type);
  });

  it('refuses an empty file', async () => {
    expect(await outcomeOf(keep('empty.png', ''))).toBe('EMPTY_FILE');
  });

  it('refuses what is not decoded in time', async () => {
    const path = keep('slow.png', await picture().png().toBuffer());
    expect(await outcomeOf(path, { ...limits, timeoutSeconds: 0 })).toBe('DECODE_TIMEOUT');
  });

  it('takes floating-point samples, measures none of them and says why', async () => {
    const data = Buffer.from(
      Float32Array.from({ length: 64 * 48 }, (_, index) => Math.sin(index / 50)).buffer,
    );
    const facts = await probeImage(keep('float.tif', tiff(64, 48, 32, 3, data)), limits);
    expect([facts.sampleFormat, facts.bitDepth]).toEqual(['FLOAT', 32]);
    expect([facts.quality.mean, facts.quality.reasons.mean]).toEqual([null, 'UNSCALED_SAMPLES']);
    expect(facts.thumbnail32).toHaveLength(1024);
  });

  it('does not refuse an image for its broken EXIF, but says that it is broken', async () => {
    const bytes = await picture()
      .withExif({ IFD0: { Make: 'Maker' } })
      .jpeg()
      .toBuffer();
    const whole = await probeImage(keep('exif.jpg', bytes), limits);
    expect([whole.exif?.image.Make, whole.exifProblem]).toEqual(['Maker', null]);
    const at = bytes.indexOf('Exif\0\0');
    bytes.writeUInt32LE(0xffffff, at + 10);
    const broken = await probeImage(keep('broken-exif.jpg', bytes), limits);
    expect(broken.exifProblem).toMatch(/EXIF/);
  });

  it('knows lossy from lossless WebP', async () => {
    const lossy = await probeImage(keep('lossy.webp', await picture().webp().toBuffer()), limits);
    const lossless = await probeImage(
      keep('lossless.webp', await picture().webp({ lossless: true }).toBuffer()),
      limits,
    );
    expect([lossy.wasLossy, lossless.wasLossy]).toEqual([true, false]);
  });

  it('does not grow over 200 refusals', async () => {
    const whole = await sharp(noise(512 * 512 * 3), { raw: { width: 512, height: 512, channels: 3 } })
      .jpeg()
      .toBuffer();
    const files = [
      keep('grow.jpg', whole.subarray(0, whole.length / 2)),
      keep('grow-bomb.png', blankPng(12_000)),
      keep('grow.txt.png', 'text'),
    ];
    const refuse = async (times: number) => {
      for (let index = 0; index < times; index++) expect(await outcomeOf(files[index % 3]!)).not.toBe('OK');
    };
    await refuse(60);
    const before = process.memoryUsage().rss;
    await refuse(200);
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 2 ** 20);
  });
});

describe('the image probe pool', () => {
  let good: string;
  beforeAll(async () => {
    good = keep('good.png', await picture().png().toBuffer());
  });

  it('gives the facts that the probe gives, and its refusals', async () => {
    const pool = imageProbePool({ threads: 2 });
    try {
      expect(await pool.probe(good, limits)).toEqual({
        ...(await probeImage(good, limits)),
        thumbnail: expect.any(Uint8Array),
      });
      const refused = pool.probe(keep('pool.png', 'text'), limits);
      await expect(refused).rejects.toSatisfy(isDomainError);
      await expect(refused).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    } finally {
      await pool.close();
    }
  });

  it.each(['exits.png', 'fills-the-heap.png'])(
    'refuses the image whose thread dies (%s) and goes on',
    async (name) => {
      const worker = new URL('./dying-worker.ts', import.meta.url);
      const pool = imageProbePool({ threads: 1, heapMegabytes: 96, worker });
      try {
        const [dead, alive] = await Promise.allSettled([
          pool.probe(good, { ...limits, name }),
          pool.probe(good, limits),
        ]);
        expect(dead).toMatchObject({ status: 'rejected', reason: { code: 'CORRUPT_IMAGE' } });
        expect(alive).toMatchObject({ status: 'fulfilled', value: { width: 96, height: 64 } });
      } finally {
        await pool.close();
      }
    },
  );

  it('turns away what would wait in too long a queue', async () => {
    const pool = imageProbePool({ threads: 1, maxWaiting: 2 });
    try {
      const all = await Promise.allSettled(Array.from({ length: 6 }, () => pool.probe(good, limits)));
      const reasons = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
      expect(reasons.length).toBeGreaterThan(0);
      expect(new Set(reasons)).toEqual(new Set(['UNAVAILABLE']));
    } finally {
      await pool.close();
    }
  });

  it.each([
    ['node --import tsx', (tsx: string, script: string) => ['--import', tsx, script]],
    ['a plain script that registers tsx', (_: string, script: string) => [script.replace('.ts', '.mjs')]],
  ])('runs under %s, from any working directory', async (_, argumentsOf) => {
    const from = fileURLToPath(new URL('../../src/platform/image-probe-pool.ts', import.meta.url));
    const script = keep(
      'pool.ts',
      `import { imageProbePool } from ${JSON.stringify(from)};
       const pool = imageProbePool({ threads: 1 });
       console.log((await pool.probe(${JSON.stringify(good)}, { maxPixels: 1e6, timeoutSeconds: 60 })).width);
       await pool.close();`,
    );
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const api = import.meta.resolve('tsx/esm/api');
    keep(
      'pool.mjs',
      `import { register } from ${JSON.stringify(api)}; register(); await import('./pool.ts');`,
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      argumentsOf(import.meta.resolve('tsx'), script),
      {
        cwd: folder,
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    expect(stdout).toBe('96\n');
  });
});
