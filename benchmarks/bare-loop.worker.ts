import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { measureImage } from '../src/platform/measure-image.ts';

/** Everything ingestion does with pixels and nothing else: hash, decode, measure, thumbnail. */
sharp.cache(false);
sharp.concurrency(1);
parentPort!.on('message', async ({ paths, next }: { paths: string[]; next: SharedArrayBuffer }) => {
  const turn = new Int32Array(next);
  for (let index = Atomics.add(turn, 0, 1); index < paths.length; index = Atomics.add(turn, 0, 1)) {
    const path = paths[index]!;
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    const depth = path.endsWith('.tif') ? 'ushort' : 'uchar';
    const { data, info } = await sharp(path, { failOn: 'error', sequentialRead: true })
      .toColourspace(depth === 'ushort' ? 'rgb16' : 'srgb')
      .raw({ depth })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const { thumbnail } = await measureImage({ bytes: data, width, height, channels, depth }, (shown) =>
      sharp(shown.samples, { raw: { width, height, channels: shown.channels } })
        .resize({ width: 256, height: 256, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80, effort: 1 })
        .toBuffer(),
    );
    createHash('sha256').update(thumbnail).digest('hex');
  }
  parentPort!.postMessage('done');
});
parentPort!.postMessage('ready');
