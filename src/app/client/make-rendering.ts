import { setTimeout as sleep } from 'node:timers/promises';
import type { Loss } from '../../interchange/export-plan.ts';
import { DomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import type { Progress } from './import-report.ts';
import { resolveReference } from './resolve-reference.ts';

export interface RenderingWish {
  /** `sha256:HEX`, `SLUG@TAG` or `SLUG@sha256:HEX`. */
  readonly reference: string;
  readonly format: string;
  readonly consensus: string | null;
  readonly annotator: string | null;
}

export interface RenderingReport {
  readonly snapshot: string;
  readonly format: string;
  /** Of the exporter. */
  readonly version: number;
  readonly limits: readonly string[];
  readonly losses: readonly Loss[];
  readonly files: readonly { readonly address: string; readonly digest: string; readonly size: number }[];
}

interface Rendering {
  readonly id: string;
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
  readonly format: { readonly version: number; readonly limits: readonly string[] };
  readonly losses: readonly Loss[];
  readonly files: RenderingReport['files'];
}

const POLL_MILLISECONDS = 200;
const FIELDS =
  'id state done total fault format { version limits } losses { what count message } files { address digest size }';

/** Has a form of a snapshot made by the server and waits for it; what is made already is there at once. */
export async function makeRendering(
  access: ServerAccess,
  wish: RenderingWish,
  progress: Progress,
): Promise<RenderingReport> {
  const { format, consensus, annotator } = wish;
  const snapshot = await resolveReference(access, wish.reference);
  const { orderRendering } = await ask<{ orderRendering: Rendering }>(
    access,
    `mutation Order($input: OrderRenderingInput!) { orderRendering(input: $input) { ... on Rendering { ${FIELDS} } ${PROBLEM} } }`,
    { input: { snapshot, format, consensus, annotator } },
  );
  const rendering = await finished(access, accepted(orderRendering), progress);
  if (rendering.state === 'FAILED') throw new DomainError('CONFLICT', rendering.fault!);
  const { format: made, losses, files } = rendering;
  return {
    snapshot,
    format,
    version: made.version,
    limits: made.limits,
    losses,
    files: files.map((file) => ({ ...file, address: `${access.server}${file.address}` })),
  };
}

async function finished(access: ServerAccess, ordered: Rendering, progress: Progress): Promise<Rendering> {
  let rendering = ordered;
  let [done, started] = [0, false];
  try {
    while (rendering.state === 'WAITING' || rendering.state === 'RUNNING') {
      await sleep(POLL_MILLISECONDS);
      const answer = await ask<{ rendering: Rendering }>(
        access,
        `query Rendering($id: ID!) { rendering(id: $id) { ${FIELDS} } }`,
        { id: rendering.id },
      );
      rendering = answer.rendering;
      if (!started && rendering.total > 0) progress.start('reading', rendering.total);
      started ||= rendering.total > 0;
      progress.advance(rendering.done - done);
      done = rendering.done;
    }
    return rendering;
  } finally {
    progress.stop();
  }
}
