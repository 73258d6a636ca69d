import { type PullProgress, pullSnapshot } from '../client/pull-snapshot.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

export async function pull(
  reference: string,
  directory: string,
  options: AccessOptions & { part?: string },
): Promise<void> {
  const bar = terminalProgress();
  let last: PullProgress | null = null;
  const onProgress = (now: PullProgress) => {
    if (last?.phase !== now.phase) {
      bar.stop();
      bar.start(now.phase, now.total);
    }
    bar.advance(now.done - (last?.phase === now.phase ? last.done : 0));
    last = now;
  };
  const access = await accessOf(options);
  const result = await pullSnapshot({ ...access, reference, directory, part: options.part, onProgress });
  bar.stop();
  if (options.json) return printJson(result);
  const { fetched, present, bytes, references, withdrawn } = result;
  print(result.digest);
  print(`${fetched} images fetched, ${present} already there; ${bytes} bytes proved, in ${directory}`);
  if (references > 0) print(`${references} images lie elsewhere; their pixels are not pinned.`);
  if (withdrawn > 0) print(`${withdrawn} images were withdrawn.`);
}
