import { useEffect, useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Refusal, RefusalFields, useAct } from '../../parts/act.tsx';
import { Asked } from '../../parts/asked.tsx';
import { KIND_WORDS, type Kind } from './report-kinds.ts';

const WORDS = dictionary(
  {
    make: 'Make it now',
    split: 'Split',
    no: 'No split to judge: draft one first.',
    waiting: 'Waiting for a server to begin…',
    running: (done: string, total: string) => `Reading images: ${done} of ${total}`,
    failed: 'It could not be made:',
  },
  {
    make: 'Le faire maintenant',
    split: 'Partition',
    no: 'Aucune partition à juger : ébauchez-en une.',
    waiting: 'En attente qu’un serveur commence…',
    running: (done: string, total: string) => `Lecture des images : ${done} sur ${total}`,
    failed: 'Il n’a pu être fait :',
  },
);

const Order = graphql(
  `
    mutation OrderReport($input: OrderReportInput!) {
      orderReport(input: $input) {
        __typename
        ... on ReportOrder { id }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const Progress = graphql(`
  query ReportProgress($order: ID!) {
    reportOrder(id: $order) { id state done total fault report { id } }
  }
`);

const POLL_MILLISECONDS = 700;

interface OrderReportProps {
  dataset: string;
  kind: Kind;
  splits: readonly string[];
  done(report: string): void;
}

/** Orders a report and follows the job; a lost connection is told and waited out, for the job goes on without the page. */
export function OrderReport({ dataset, kind, splits, done }: OrderReportProps) {
  const words = useWords(WORDS);
  const kinds = useWords(KIND_WORDS);
  const [order, setOrder] = useState<string | null>(null);
  const [split, setSplit] = useState(splits[0] ?? '');
  const { run, isRunning, refusal } = useAct(Order);
  if (kind === 'SPLIT' && splits.length === 0) return <p class="none">{words.no}</p>;
  return (
    <div class="toolbar">
      {kind === 'SPLIT' && (
        <label>
          <span>{words.split}</span>
          <select value={split} onChange={(event) => setSplit(event.currentTarget.value)}>
            {splits.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button
        type="button"
        disabled={isRunning || order !== null}
        aria-label={`${words.make}: ${kinds[kind]}`}
        onClick={async () => {
          const input = { dataset, kind, ...(kind === 'SPLIT' ? { split } : {}) };
          const ordered = await run({ input });
          if (ordered) setOrder(ordered.id);
        }}
      >
        {words.make}
      </button>
      <Refusal refusal={refusal} />
      {order && (
        <Followed
          order={order}
          done={(report) => {
            setOrder(null);
            done(report);
          }}
        />
      )}
    </div>
  );
}

function Followed({ order, done }: { order: string; done(report: string): void }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked
      query={Progress}
      variables={{ order }}
      every={({ reportOrder: { state } }) =>
        state === 'WAITING' || state === 'RUNNING' ? POLL_MILLISECONDS : null
      }
    >
      {({ reportOrder }) => (
        <div role="status">
          {reportOrder.state === 'WAITING' && words.waiting}
          {reportOrder.state === 'RUNNING' && (
            <>
              {words.running(format.whole(reportOrder.done), format.whole(reportOrder.total))}{' '}
              <progress
                value={reportOrder.done}
                max={reportOrder.total || 1}
                aria-label={words.running(String(reportOrder.done), String(reportOrder.total))}
              />
            </>
          )}
          {reportOrder.state === 'FAILED' && (
            <p class="notice">
              {words.failed} <span lang="en">{reportOrder.fault}</span>
            </p>
          )}
          {reportOrder.report && <Arrived report={reportOrder.report.id} done={done} />}
        </div>
      )}
    </Asked>
  );
}

function Arrived({ report, done }: { report: string; done(report: string): void }) {
  useEffect(() => done(report), [report]);
  return null;
}
