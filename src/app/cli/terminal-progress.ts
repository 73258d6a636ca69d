import { SingleBar } from 'cli-progress';
import { type Progress, SILENT } from '../client/import-report.ts';

/** A bar on stderr where that is a terminal; nothing else. */
export function terminalProgress(): Progress {
  if (!process.stderr.isTTY) return SILENT;
  let bar: SingleBar | null = null;
  return {
    start(what, total) {
      const format = `${what.padEnd(12)} {bar} {value}/{total} {eta_formatted}`;
      bar = total > 0 ? new SingleBar({ format, stream: process.stderr, hideCursor: true }) : null;
      bar?.start(total, 0);
    },
    advance: (by) => bar?.increment(by),
    stop: () => bar?.stop(),
  };
}
