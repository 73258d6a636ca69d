import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import type { Progress } from './import-report.ts';

export interface ConsensusWish {
  readonly dataset: string;
  readonly name: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly annotators: readonly string[] | null;
}

export interface ConsensusReport {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly revision: number;
  readonly digest: string;
  readonly inputDigest: string;
  readonly itemCount: number;
  readonly tiedCount: number;
  readonly unnamedVotes: number;
  readonly severalClasses: boolean;
  readonly fits: readonly {
    readonly images: number;
    readonly status: string;
    readonly iterations: number;
    readonly faults: readonly string[];
    readonly classPrior: readonly { readonly label: string; readonly share: string }[];
    readonly annotators: readonly {
      readonly annotator: string;
      readonly accuracy: string | null;
      readonly information: string | null;
    }[];
    readonly labelSwitchRisks: readonly string[];
  }[];
}

interface Order {
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  readonly done: number;
  readonly total: number;
  readonly fault: string | null;
  readonly consensus: ConsensusReport | null;
}

const POLL_MILLISECONDS = 200;
const FIELDS = `id name method revision digest inputDigest itemCount tiedCount unnamedVotes severalClasses
  fits { images status iterations faults classPrior { label share } annotators { annotator accuracy information } labelSwitchRisks }`;

/** Orders a consensus of a dataset as it stands and waits for it. */
export async function makeConsensus(
  access: ServerAccess,
  wish: ConsensusWish,
  progress: Progress,
): Promise<ConsensusReport> {
  const { orderConsensus } = await ask<{ orderConsensus: { id: string } }>(
    access,
    `mutation Order($input: OrderConsensusInput!) { orderConsensus(input: $input) { ... on ConsensusOrder { id } ${PROBLEM} } }`,
    { input: wish },
  );
  const { id } = accepted(orderConsensus);
  let [done, started] = [0, false];
  try {
    for (;;) {
      const { consensusOrder } = await ask<{ consensusOrder: Order }>(
        access,
        `query Order($id: ID!) { consensusOrder(id: $id) { state done total fault consensus { ${FIELDS} } } }`,
        { id },
      );
      if (!started && consensusOrder.total > 0) progress.start('reading', consensusOrder.total);
      started ||= consensusOrder.total > 0;
      progress.advance(consensusOrder.done - done);
      done = consensusOrder.done;
      if (consensusOrder.consensus !== null) return consensusOrder.consensus;
      if (consensusOrder.state === 'FAILED' || consensusOrder.state === 'CANCELLED')
        throw new DomainError(
          'CONFLICT',
          consensusOrder.fault ?? `The consensus "${wish.name}" was cancelled.`,
        );
      await sleep(POLL_MILLISECONDS);
    }
  } finally {
    progress.stop();
  }
}
