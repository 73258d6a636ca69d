import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { DomainError } from '../kernel/errors.ts';
import type { ImageFacts } from '../kernel/image-facts.ts';
import type { ProbeOptions } from './image-probe.ts';
import type { ProbeAnswer, ProbeTask } from './image-probe.worker.ts';
import { loaderOf, threadEntry } from './thread.ts';

export interface ImageProbePool {
  /** Waits for a free thread. @throws DomainError as `probeImage`, and UNAVAILABLE where too many wait already */
  probe(path: string, options: ProbeOptions): Promise<ImageFacts>;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly threads: number;
  /** Probes that may wait for a thread. Default 1024. */
  readonly maxWaiting?: number;
  /** JavaScript heap of one thread in MiB; decoded pixels are not in it. Default 512. */
  readonly heapMegabytes?: number;
  /** What the threads run; the image probe by default. */
  readonly worker?: URL;
}

/** The decoder keeps time itself; a thread that has not answered by twice the limit is ended from outside. */
const GRACE = 2;

function refusalOf(error: unknown, path: string, options: ProbeOptions): unknown {
  const name = options.name ?? path;
  const { name: kind, code, message } = error as Partial<Record<'name' | 'code' | 'message', string>>;
  if (kind === 'AbortError' || kind === 'TimeoutError') {
    return new DomainError(
      'DECODE_TIMEOUT',
      `Decoding "${name}" took longer than ${options.timeoutSeconds} s.`,
    );
  }
  if (code === 'ERR_WORKER_OUT_OF_MEMORY' || /worker (exited|terminated)/i.test(message ?? '')) {
    return new DomainError(
      'CORRUPT_IMAGE',
      `The decoder died of "${name}"; re-encode it and keep the original.`,
    );
  }
  return error;
}

/**
 * Probes images on worker threads. A loader of TypeScript that the threads need is found from here and not
 * from the working directory. A thread that dies refuses its image and is replaced.
 */
export function imageProbePool(pool: PoolOptions): ImageProbePool {
  const entry = pool.worker ?? threadEntry('platform/image-probe.worker');
  const piscina = new Piscina<ProbeTask, ProbeAnswer>({
    filename: entry.href,
    minThreads: pool.threads,
    maxThreads: pool.threads,
    concurrentTasksPerWorker: 1,
    execArgv: loaderOf(entry),
    resourceLimits: { maxOldGenerationSizeMb: pool.heapMegabytes ?? 512 },
  });
  // A dying thread is reported here as well as to its task; without a listener it would end the process.
  piscina.on('error', () => {});
  const turn = pLimit(pool.threads);
  const run = async (path: string, options: ProbeOptions): Promise<ImageFacts> => {
    const signal = AbortSignal.timeout(options.timeoutSeconds * 1000 * GRACE);
    const answer = await piscina.run({ path, options }, { signal }).catch((error: unknown) => {
      throw refusalOf(error, path, options);
    });
    if ('refused' in answer) throw new DomainError(answer.refused.code, answer.refused.message);
    return answer.facts;
  };
  return {
    probe: async (path, options) => {
      if (turn.pendingCount >= (pool.maxWaiting ?? 1024)) {
        throw new DomainError(
          'UNAVAILABLE',
          `${turn.pendingCount} images wait to be read; try again in a moment.`,
        );
      }
      return turn(() => run(path, options));
    },
    close: () => piscina.destroy(),
  };
}
